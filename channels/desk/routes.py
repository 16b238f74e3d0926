"""Every address of the desk, with who may come there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.audit.log import AuditLog
from bot.chats.reach import Reach
from bot.insight.book import Insight
from bot.outbox.carrying import Outbox
from bot.request.base import utc_now
from bot.request.desk import RequestDesk
from bot.request.team_management import TeamManagement
from bot.settings import Settings
from bot.staff.accounts import StaffAccounts, StaffRole
from bot.wording import Wording
from channels.desk.catalogue.routes import HOME as CATALOGUE
from channels.desk.catalogue.routes import catalogue_routes
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.doors import EVERYONE, Door, Hall, View, Visit, act_of
from channels.desk.forms import SMALL, RefusedError, Room
from channels.desk.insight.views import InsightViews, insight_routes
from channels.desk.letters_views import letter_routes
from channels.desk.pages import HERE, Pages
from channels.desk.people_routes import people_routes
from channels.desk.print_views import print_routes
from channels.desk.request_routes import proposal_routes, request_routes
from channels.desk.request_views import RequestViews
from channels.desk.rights_views import Erase, ExportRequest, rights_routes
from channels.desk.sessions import DeskSessions
from channels.desk.team_views import TeamViews, team_routes
from channels.rendering.papers import Papers
from knowledge.places.regions import Regions


def desk_routes(
    *,
    requests: RequestDesk,
    staff: StaffAccounts,
    wording: Wording,
    settings: Settings,
    editors: EditorsHouse | None = None,
    papers: Papers | None = None,
    audit: AuditLog | None = None,
    regions: Regions | None = None,
    outbox: Outbox | None = None,
    export_request: ExportRequest | None = None,
    erase: Erase | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> list[BaseRoute]:
    """The desk under ``/desk``; the catalogue is there when ``editors`` gives what it needs.

    ``clock`` is of the sessions: how long somebody stays signed in. There is no desk without an audit log: without
    ``audit`` one is opened beside the accounts.
    """
    sessions = DeskSessions(settings.secret, settings.base_url, staff, clock, settings.sign_in.second_factor)
    audit = audit or AuditLog(staff.sessions, clock)
    pages = Pages(requests.office, catalogue=editors is not None)
    hall = Hall(sessions, pages, audit)
    places = regions or Regions.load()
    teams = TeamViews(
        TeamManagement(staff.sessions, lambda name: getattr(places.municipality(name), "name", None)),
        pages,
        places,
        requests.office_for,
    )
    pages.know(without_second=teams.without_second, unreached=Reach(staff.sessions))
    work = RequestViews(requests, wording, pages)
    offers = editors.catalogue.offers if editors is not None else tuple
    figures = InsightViews(Insight(staff.sessions, requests.now), pages, places, offers)

    def get(
        path: str,
        view: View,
        roles: frozenset[StaffRole] | None,
        *,
        act: str | None = None,
        unfinished: bool = False,
        **headers: str,
    ) -> Route:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        door = Door(view, roles, hall, headers=named, act=act or act_of("GET", path), unfinished=unfinished)
        return Route(path, door, methods=["GET"])

    def post(
        path: str, view: View, roles: frozenset[StaffRole] | None, room: Room = SMALL, *, unfinished: bool = False
    ) -> Route:
        door = Door(view, roles, hall, room, act=act_of("POST", path), unfinished=unfinished)
        return Route(path, door, methods=["POST"])

    return [
        Mount(
            "/desk",
            routes=[
                *request_routes(work, get, post),
                *people_routes(hall, staff, settings, CATALOGUE if editors else "", regions, clock, get, post),
                *team_routes(teams, get, post),
                *insight_routes(figures, get),
                *letter_routes(outbox or Outbox(staff.sessions, clock), pages, get, post),
                *print_routes(requests, papers or Papers(settings.templates_dir), get),
                *(rights_routes(requests, export_request, erase, pages, get, post) if export_request and erase else ()),
                *(catalogue_routes(editors, pages, get, post, settings.secret) if editors else ()),
                *(proposal_routes(work, editors, wording, pages, get, post) if editors else ()),
                Mount("/static", StaticFiles(directory=HERE / "static")),
                get("/{rest:path}", _nothing_here, EVERYONE),
            ],
        )
    ]


def _nothing_here(_visit: Visit) -> Response:
    raise RefusedError(404, "page")
