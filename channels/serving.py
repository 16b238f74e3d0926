"""The one web server: widget, desk and health on one port, with what must run beside them."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable
from threading import Thread
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from bot.going_on.codes import GoingOnCodes
from bot.insight.tallying import Tallies
from bot.privacy.exporting import Export
from bot.steady_clock import SteadyClock, bring_ends_near, bring_promises_near, last_word
from channels.app import build_app
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.routes import desk_routes
from channels.health import HealthReport, Rounds
from channels.metrics import Metrics, metrics_route
from channels.open_api.routes import open_api_routes
from channels.outgoing.post import build_worker
from channels.patience import PatientProtocol
from channels.rendering.papers import Papers
from channels.root import House
from channels.telegram.building import build_telegram, day_links, exports_of
from channels.telegram.links import COPY_PATH
from channels.telegram.routes import telegram_routes
from channels.threshold import names_of
from channels.web.callback_desk import CallbackDesk
from channels.web.places import municipality_named
from channels.web.request_view import request_watcher
from channels.web.routes import web_routes
from knowledge.curation.reports import ReportedBy

log = logging.getLogger(__name__)
NOTICES_EVERY = 2.0  # seconds between looking for notices that another process left behind
PURGE_EVERY = 3600.0
REMIND_EVERY = 60.0  # office minutes are counted in minutes


def application(house: House) -> Starlette:
    """All routes of the house as one application."""
    settings = house.settings
    papers = Papers(settings.templates_dir, house.services.now, house.requests.office)
    export = Export(house.sessions, house.wording)
    telegram = build_telegram(house, settings.telegram) if settings.telegram is not None else None
    clock, rounds = SteadyClock(house.services.now, last_word(house.sessions)), Rounds()
    health = HealthReport(
        model=house.model,
        stored=house.figures,
        outage=house.reception.outage,
        disk=settings.data_dir,
        mail=house.outgoing.mail is not None,
        municipalities=len(house.regions.municipalities()),
        clock_trusted=clock.trusted,
        rounds=rounds,
        chats=telegram.channel if telegram is not None else None,
    )
    metrics = Metrics(health)
    routes = [
        *web_routes(
            conversations=house.conversations,
            reception=metrics.counting(house.reception),
            wording=house.wording,
            facts=house.facts,
            settings=settings,
            health=health,
            erase=house.erase,
            report_offer=lambda offer_id, reason: house.reports.add(offer_id, reason, ReportedBy.CARER),
            known_municipality=municipality_named(house.regions),
            latest_request=house.requests.for_conversation,
            papers=papers,
            export_of=lambda conversation_id: export.of_talk(conversation_id, house.services.now()),
            request_now=request_watcher(house.wording, house.requests.for_conversation, house.services.now),
            codes=GoingOnCodes(house.sessions, settings.secret, house.services.now),
            bot_name=telegram.channel.name if telegram is not None else None,
            callback=CallbackDesk(
                house.conversations, house.requests, house.services.access_rules, house.wording, house.services.now
            ),
        ),
        *desk_routes(
            requests=house.requests,
            staff=house.staff,
            wording=house.wording,
            settings=settings,
            editors=EditorsHouse.of(house),
            audit=house.audit,
            regions=house.regions,
            papers=papers,
            outbox=house.outbox,
            clock=house.services.now,
            export_request=lambda request: export.of_request(request, house.services.now()),
            erase=house.erase,
        ),
        *open_api_routes(
            offers=house.catalogue,
            changes=house.records,
            regions=house.regions,
            wording=house.wording,
            base_url=settings.base_url,
            now=house.services.now,
        ),
        metrics_route(metrics, settings.metrics_token),
        *telegram_routes(
            telegram.channel if telegram is not None else None,
            day_links(house, COPY_PATH),
            papers,
            house.requests.for_conversation,
            exports_of(house),
        ),
    ]

    tallies = Tallies(house.sessions, house.services.now, house.requests.office_for)

    async def tell_carers() -> None:
        while True:
            await run_in_threadpool(house.requests.deliver_notices)
            rounds.came_round("tell_carers", NOTICES_EVERY)
            await asyncio.sleep(NOTICES_EVERY)

    async def keep_tidy() -> None:
        while True:
            if clock.trusted():  # else a clock that jumped ahead would remove every talk there is
                await run_in_threadpool(tallies.catch_up)  # counted before what is counted goes
                await run_in_threadpool(bring_ends_near, house.sessions, house.services.now())
                offices = house.requests.office_for
                await run_in_threadpool(bring_promises_near, house.sessions, house.services.now(), offices)
                await run_in_threadpool(house.purge)
            else:
                log.error("the clock jumped, or stands far from what happened last: nothing is removed for now")
            rounds.came_round("keep_tidy", PURGE_EVERY)
            await asyncio.sleep(PURGE_EVERY)

    async def watch_the_clock() -> None:
        while True:
            if clock.calm():  # just after a jump, people would be told what is not so
                await run_in_threadpool(house.requests.remind)
                await run_in_threadpool(house.requests.ask_what_is_due)
            rounds.came_round("watch_the_clock", REMIND_EVERY)
            await asyncio.sleep(REMIND_EVERY)

    async def carry_letters() -> None:
        worker = build_worker(
            house.outgoing,
            sessions=house.sessions,
            base_url=settings.base_url,
            office=house.requests.office,
            text_of=papers.open_klant,
            clock=house.services.now,
        )
        await worker.run()

    return build_app(
        routes=routes,
        wording=house.wording,
        facts=house.facts,
        secure=settings.base_url.startswith("https:"),
        names=names_of(settings.base_url, settings.hosts),
        proxies=settings.proxies,
        refused=metrics.refused,
        background=(
            tell_carers,
            keep_tidy,
            watch_the_clock,
            carry_letters,
            *([telegram.run] if telegram is not None else []),
        ),
    )


def warm_up(house: House) -> None:
    """Do before the first person comes what she would otherwise wait for.

    The patterns of danger follow beside the serving: compiling all of them takes many seconds, in which a house that
    was just started again would help nobody, and a message needs only the few that its own words call for.
    """
    if house.assistant is not None:
        asyncio.run(house.assistant.warm_up())
    gc.collect()
    gc.freeze()  # what is loaded by now stays: the collector need not walk through it in the middle of a turn
    Thread(target=house.reception.warm_up, name="danger patterns", daemon=True).start()


def serve(house: House, ready: Callable[[], None] = lambda: None, **options: Any) -> None:
    """Warm up, say that it is ``ready``, and serve until stopped.

    WebSockets are off: uvicorn's need a newer library than Rasa allows (ADR 2).
    """
    app = application(house)
    warm_up(house)
    ready()
    uvicorn.run(
        app,
        host=house.settings.host,
        port=house.settings.port,
        ws="none",
        http=PatientProtocol,
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # who is in front of us is a setting (channels/threshold.py), not a guess
        server_header=False,
        timeout_keep_alive=75,  # longer than the proxy's own, or it reuses a line at the moment we hang up
        timeout_graceful_shutdown=5,
        **options,
    )
