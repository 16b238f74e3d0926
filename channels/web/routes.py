"""All routes of the web channel, given what it needs."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.conversations.store import ConversationStore
from bot.going_on.codes import GoingOnCodes
from bot.settings import Settings
from channels.inside import is_inside
from channels.rendering.papers import Papers
from channels.web.api import MOST_SIGNS, TalkAPI
from channels.web.browsers import Browsers
from channels.web.callback import CallbackForm
from channels.web.callback_desk import CallbackDesk
from channels.web.copies import CopyEndpoints, LatestRequest
from channels.web.going_on import PAGE as GOING_ON_PAGE
from channels.web.going_on import BotName, GoingOn
from channels.web.leaving import LeavableIdentity
from channels.web.offer_reports import OfferReports
from channels.web.page import HERE, WidgetPage
from channels.web.ports import Erase, Facts, Health, KnownMunicipality, Reception, ReportOffer, Wording
from channels.web.presenting import RequestNow
from channels.web.refusals import where_it_failed
from channels.web.request_api import RequestEndpoints
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
    codes: GoingOnCodes | None = None,
    bot_name: BotName | None = None,
) -> list[BaseRoute]:
    """The page, the widget, its API and health.

    ``erase`` removes a conversation everywhere (thread, dialogue state, drafts), by default from the store only;
    ``known_municipality`` gives the proper name of a municipality named in a link, or ``None``; ``health`` gives a
    JSON-ready report with "status", served with 200 when that is "ok" and with 503 otherwise, whole to who is inside;
    ``report_offer`` keeps what somebody says is wrong with an offer; ``latest_request`` gives the request of a
    conversation, and ``papers`` how it looks as a copy to keep; ``request_now`` gives its card as it is at this moment,
    for the form; ``callback`` takes requests of the plain form; ``export_of`` gives everything of a conversation, for
    who asks what we know; ``codes`` with which she goes on elsewhere, in Telegram too when ``bot_name`` is there.
    """
    websites = Websites.load(settings.websites_file, known_municipality)
    page = WidgetPage(wording, facts, leave_url, MOST_SIGNS, websites, known_municipality)
    identity = LeavableIdentity(settings.secret, settings.base_url.startswith("https:"), Browsers(conversations))
    api = TalkAPI(
        conversations=conversations,
        reception=reception,
        wording=wording,
        identity=identity,
        erase=erase or conversations.erase,
        known_municipality=known_municipality,
        websites=websites,
        request_now=request_now,
    )
    routes = [
        Route("/", page.page),
        Route("/g/{gemeente}", page.page),
        Route(GOING_ON_PAGE, page.page),
        Route("/thema/{gemeente}.css", page.theme),
        Route("/toegankelijkheid", page.accessibility),
        Route("/adempauze.js", page.script),
        Route("/health", health_endpoint(health, settings.metrics_token)),
        Mount("/assets", StaticFiles(directory=HERE / "static")),
        *api.routes(),
        *OfferReports(conversations, report_offer, identity, wording).routes(),
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
    if codes is not None:
        routes += GoingOn(codes, conversations, identity, wording, request_now, settings.base_url, bot_name).routes()
    page.has_callback = callback is not None
    if callback is not None:
        routes += CallbackForm(callback, page, identity, known_municipality, settings.secret).routes()
    return welcome_visitors(routes, websites)


def health_endpoint(health: Health, token: str):  # type: ignore[no-untyped-def]
    async def report(request: Request) -> Response:
        try:
            found = await run_in_threadpool(health)
        except Exception as error:
            log.error("health failed: %s", where_it_failed(error))
            found = {"status": "failing"}
        status = 200 if found.get("status") == "ok" else 503
        shown = found if is_inside(request, token) else {"status": found["status"]}
        return JSONResponse(shown, status, headers={"Cache-Control": "no-store"})

    return report
