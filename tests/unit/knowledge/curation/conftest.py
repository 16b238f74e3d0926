"""A store of records on SQLite and on a real PostgreSQL, emptied for every test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from knowledge.curation.records import Records
from knowledge.storage import Sessions, metadata, open_engine, open_sessions
from tests.database import database

MOMENT = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.utc)


class Ticking:
    """A clock that goes on a second with every look."""

    def __init__(self) -> None:
        self.moment = MOMENT

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with database(request.param, tmp_path_factory.mktemp("records")) as address:
        engine = open_engine(address)
        yield engine
        engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    metadata.drop_all(engine)
    metadata.create_all(engine)
    return open_sessions(engine)


@pytest.fixture
def records(sessions: Sessions) -> Records:
    return Records(sessions, Ticking())
