"""Every address of the desk, with who may come there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.request.base import utc_now
from bot.request.desk import RequestDesk
from bot.settings import Settings
from bot.staff import StaffAccounts, StaffRole
from bot.wording import Wording
from channels.desk.catalogue.routes import HOME as CATALOGUE
from channels.desk.catalogue.routes import catalogue_routes
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.doors import EVERYONE, HANDLING, SIGNED_IN, Door, View, Visit
from channels.desk.forms import SMALL, RefusedError, Room
from channels.desk.pages import HERE, Pages
from channels.desk.request_views import RequestViews
from channels.desk.sessions import DeskSessions
from channels.desk.sign_in_views import SignInViews


def desk_routes(
    *,
    requests: RequestDesk,
    staff: StaffAccounts,
    wording: Wording,
    settings: Settings,
    editors: EditorsHouse | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> list[BaseRoute]:
    """The desk under ``/desk``; the catalogue is there when ``editors`` gives what it needs.

    ``clock`` is of the sessions: how long somebody stays signed in.
    """
    sessions = DeskSessions(settings.secret, settings.base_url, staff, clock)
    pages = Pages(requests.office, catalogue=editors is not None)
    people = SignInViews(staff, sessions, pages, CATALOGUE if editors else "/desk/account")
    work = RequestViews(requests, wording, pages)

    def get(path: str, view: View, roles: frozenset[StaffRole] | None, **headers: str) -> Route:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Route(path, Door(view, roles, sessions, pages, headers=named), methods=["GET"])

    def post(path: str, view: View, roles: frozenset[StaffRole] | None, room: Room = SMALL) -> Route:
        return Route(path, Door(view, roles, sessions, pages, room), methods=["POST"])

    one = "/requests/{reference}"
    return [
        Mount(
            "/desk",
            routes=[
                get("/", work.inbox, HANDLING),
                get("/inbox/list", work.inbox_list, HANDLING),
                get("/find", work.find, HANDLING),
                get(one, work.show, HANDLING),
                post(f"{one}/accept", work.accept, HANDLING),
                post(f"{one}/contacted", work.contacted, HANDLING),
                post(f"{one}/message", work.message, HANDLING),
                post(f"{one}/end-chat", work.end_chat, HANDLING),
                post(f"{one}/resolve", work.resolve, HANDLING),
                get("/account", people.account, SIGNED_IN),
                post("/account/password", people.set_password, SIGNED_IN),
                post("/sign-out", people.sign_out, SIGNED_IN),
                get("/sign-in", people.ask, EVERYONE),
                post("/sign-in", people.sign_in, EVERYONE),
                get("/enter/{token}", people.show_entrance, EVERYONE, Referrer_Policy="no-referrer"),
                post("/enter/{token}", people.use_entrance, EVERYONE),
                *(catalogue_routes(editors, pages, get, post) if editors else ()),
                Mount("/static", StaticFiles(directory=HERE / "static")),
                get("/{rest:path}", _nothing_here, EVERYONE),
            ],
        )
    ]


def _nothing_here(_visit: Visit) -> Response:
    raise RefusedError(404, "page")
