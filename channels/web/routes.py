"""All routes of the web channel, given what it needs."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.conversations import ConversationStore
from bot.settings import Settings
from channels.rendering.papers import Papers
from channels.web.api import MOST_SIGNS, TalkAPI
from channels.web.callback import CallbackDesk, CallbackForm
from channels.web.copies import CopyEndpoints, LatestRequest
from channels.web.identity import TalkIdentity
from channels.web.page import HERE, WidgetPage
from channels.web.ports import Erase, Facts, Health, KnownMunicipality, Reception, ReportOffer, Wording
from channels.web.refusals import where_it_failed
from channels.web.request_api import RequestEndpoints, RequestNow
from channels.web.rights import ExportOf, RightsEndpoints
from channels.web.visiting import welcome_visitors
from channels.web.websites import Websites

log = logging.getLogger(__name__)
NEUTRAL_PAGE = "https://www.buienradar.nl/"  # where "snel weg" goes: a page anybody could be looking at


def web_routes(
    *,
    conversations: ConversationStore,
    reception: Reception,
    wording: Wording,
    facts: Facts,
    settings: Settings,
    health: Health,
    report_offer: ReportOffer,
    erase: Erase | None = None,
    known_municipality: KnownMunicipality = lambda name: name or None,
    leave_url: str = NEUTRAL_PAGE,
    latest_request: LatestRequest = lambda conversation_id: None,
    papers: Papers | None = None,
    request_now: RequestNow = lambda conversation_id: None,
    callback: CallbackDesk | None = None,
    export_of: ExportOf | None = None,
) -> list[BaseRoute]:
    """The page, the widget, its API and health.

    ``erase`` removes a conversation everywhere (thread, dialogue state, drafts), by default from the store only;
    ``known_municipality`` gives the proper name of a municipality named in a link, or ``None``; ``health`` gives a
    JSON-ready report with "status", served with 200 when that is "ok" and with 503 otherwise; ``report_offer`` keeps
    what somebody says is wrong with an offer; ``latest_request`` gives the request of a conversation, and ``papers``
    how it looks as a copy to keep; ``request_now`` gives its card as it is at this moment, for the form; ``callback``
    takes requests of the plain form; ``export_of`` gives everything of a conversation, for who asks what we know.
    """
    websites = Websites.load(settings.websites_file, known_municipality)
    page = WidgetPage(wording, facts, leave_url, MOST_SIGNS, websites, known_municipality)
    identity = TalkIdentity(settings.secret, secure=settings.base_url.startswith("https:"))
    api = TalkAPI(
        conversations=conversations,
        reception=reception,
        wording=wording,
        identity=identity,
        erase=erase or conversations.erase,
        known_municipality=known_municipality,
        websites=websites,
        report_offer=report_offer,
    )
    routes = [
        Route("/", page.page),
        Route("/g/{gemeente}", page.page),
        Route("/thema/{gemeente}.css", page.theme),
        Route("/toegankelijkheid", page.accessibility),
        Route("/adempauze.js", page.script),
        Route("/health", _health_endpoint(health)),
        Mount("/assets", StaticFiles(directory=HERE / "static")),
        *api.routes(),
        *RequestEndpoints(
            conversations=conversations,
            reception=reception,
            request_now=request_now,
            identity=identity,
            wording=wording,
        ).routes(),
        *CopyEndpoints(latest_request, papers or Papers(settings.templates_dir), identity, wording).routes(),
    ]
    if export_of is not None:
        routes += RightsEndpoints(export_of, page, identity, wording, settings.base_url).routes()
    page.has_callback = callback is not None
    if callback is not None:
        routes += CallbackForm(callback, page, identity, known_municipality).routes()
    return welcome_visitors(routes, websites)


def _health_endpoint(health: Health):  # type: ignore[no-untyped-def]
    async def report(_request: Request) -> Response:
        try:
            found = await run_in_threadpool(health)
        except Exception as error:
            log.error("health failed: %s", where_it_failed(error))
            found = {"status": "failing"}
        status = 200 if found.get("status") == "ok" else 503
        return JSONResponse(found, status, headers={"Cache-Control": "no-store"})

    return report
