"""The open catalogue to call in tests: the real routes, records and catalogue, on a database of its own."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import cache

import httpx
import pytest
import pytest_asyncio

from bot.wording import Wording
from channels.app import build_app
from channels.open_api.document import openapi_document
from channels.open_api.routes import open_api_routes
from channels.web.guards import TokenBuckets
from knowledge.catalogue import Catalogue
from knowledge.curation.records import Records
from knowledge.places.regions import Regions
from knowledge.storage import metadata, open_engine, open_sessions
from tests.house import SetClock
from tests.unit.channels.open_api.promises import Promises
from tests.web.browser import KnownNumbers

BASE = "https://adempauze.example"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc)


@cache
def _wording():
    return Wording.load({})


class OpenHouse:
    """A served open catalogue. Every answer that is fetched is held against what the document promises."""

    def __init__(self, folder, regions, pace=None):
        self.clock = SetClock(NOW)
        self.engine = open_engine(f"sqlite:///{folder / 'open.db'}")
        metadata.create_all(self.engine)
        sessions = open_sessions(self.engine)
        self.records = Records(sessions, self.clock)
        self.catalogue = Catalogue(sessions, regions, self.clock, self.records)
        wording = _wording()
        routes = open_api_routes(
            offers=self.catalogue,
            changes=self.records,
            regions=regions,
            wording=wording,
            base_url=BASE,
            now=self.clock,
            pace=pace or TokenBuckets(most=10_000, per_second=1_000),
        )
        self.app = build_app(routes=routes, wording=wording, facts=KnownNumbers(), secure=True)
        self.promises = Promises(openapi_document(BASE))
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=BASE)

    async def get(self, path="", **options):
        response = await self.http.get(f"/api/v1{path}", **options)
        self.promises.check(path.partition("?")[0], response)
        return response

    async def contents(self, path="", **options):
        response = await self.get(f"/offers{path}", **options)
        assert response.status_code == 200
        return response.json()["contents"]


@pytest.fixture(scope="session")
def regions():
    return Regions.load()


@pytest_asyncio.fixture
async def house(tmp_path, regions):
    opened = OpenHouse(tmp_path, regions)
    yield opened
    opened.engine.dispose()


@pytest_asyncio.fixture
async def seeded(house):
    house.catalogue.load_seed()
    return house
