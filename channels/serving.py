"""The one web server: widget, desk and health on one port, with what must run beside them."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from channels.app import build_app
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.routes import desk_routes
from channels.open_api.routes import open_api_routes
from channels.outgoing.post import build_worker
from channels.rendering.papers import Papers
from channels.root import House
from channels.web.routes import web_routes
from knowledge.curation.reports import ReportedBy

NOTICES_EVERY = 2.0  # seconds between looking for notices that another process left behind
PURGE_EVERY = 3600.0
REMIND_EVERY = 60.0  # office minutes are counted in minutes


def application(house: House) -> Starlette:
    """All routes of the house as one application."""
    settings = house.settings
    papers = Papers(settings.templates_dir, house.services.now, house.requests.office)
    routes = [
        *web_routes(
            conversations=house.conversations,
            reception=house.reception,
            wording=house.wording,
            facts=house.facts,
            settings=settings,
            health=house.health,
            erase=house.erase,
            report_offer=lambda offer_id, reason: house.reports.add(offer_id, reason, ReportedBy.CARER),
            known_municipality=lambda name: getattr(house.regions.municipality(name), "name", None),
            latest_request=house.requests.for_conversation,
            papers=papers,
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
        ),
        *open_api_routes(
            offers=house.catalogue,
            changes=house.records,
            regions=house.regions,
            wording=house.wording,
            base_url=settings.base_url,
            now=house.services.now,
        ),
    ]

    async def tell_carers() -> None:
        while True:
            await run_in_threadpool(house.requests.deliver_notices)
            await asyncio.sleep(NOTICES_EVERY)

    async def keep_tidy() -> None:
        while True:
            await run_in_threadpool(house.purge)
            await asyncio.sleep(PURGE_EVERY)

    async def watch_the_clock() -> None:
        while True:
            await run_in_threadpool(house.requests.remind)
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
        background=(tell_carers, keep_tidy, watch_the_clock, carry_letters),
    )


def warm_up(house: House) -> None:
    """Do before the first person comes what she would otherwise wait for (about two seconds)."""
    house.reception.warm_up()
    if house.assistant is not None:
        asyncio.run(house.assistant.warm_up())
    gc.collect()
    gc.freeze()  # what is loaded by now stays: the collector need not walk through it in the middle of a turn


def serve(house: House, **options: Any) -> None:
    """Warm up, and serve until stopped. WebSockets are off: uvicorn's need a newer library than Rasa allows (ADR 2)."""
    warm_up(house)
    uvicorn.run(
        application(house),
        host=house.settings.host,
        port=house.settings.port,
        ws="none",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
        **options,
    )
