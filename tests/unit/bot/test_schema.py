"""Migrations make exactly the tables that the code has, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect

from bot.schema import differences, migrate
from knowledge.storage import open_engine
from tests.database import database


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path):  # type: ignore[no-untyped-def]
    with database(request.param, tmp_path) as address:
        yield address


def test_migrating_twice_gives_the_tables_of_the_code(address: str) -> None:
    engine = open_engine(address)
    try:
        migrate(engine)
        migrate(engine)
        assert differences(engine) == []
        tables = set(inspect(engine).get_table_names())
        assert {"conversations", "messages", "talks", "requests", "records", "unmet_needs", "staff_accounts"} <= tables
        assert "events" not in tables, "that name is Rasa's"
    finally:
        engine.dispose()
