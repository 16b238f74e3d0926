"""Several processes that start at the same moment on a database that is not up to date: one does the work."""

from __future__ import annotations

import threading

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.schema import differences, migrate
from knowledge.storage import open_engine
from tests.unit.bot.migrating import go

TOGETHER = 4


@pytest.mark.parametrize("begin", ["base", "0009"])
def test_who_comes_second_waits_and_finds_it_done(engine: Engine, begin: str) -> None:
    if begin != "base":
        go(engine, command.upgrade, begin)
    address, gate = engine.url.render_as_string(hide_password=False), threading.Barrier(TOGETHER)
    failed: list[Exception] = []

    def one() -> None:
        own = open_engine(address)
        try:
            gate.wait()
            migrate(own)
        except Exception as error:
            failed.append(error)
        finally:
            own.dispose()

    together = [threading.Thread(target=one) for _ in range(TOGETHER)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert not failed
    assert differences(engine) == []


def test_a_step_that_breaks_leaves_the_database_as_it_was(engine: Engine) -> None:
    go(engine, command.upgrade, "0009")
    with engine.begin() as connection:  # what the last step is going to make is in its way
        connection.execute(text("create table staff_sessions (id integer)"))
    with pytest.raises(Exception, match="already exists"):
        migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("select version_num from alembic_version")).scalar_one() == "0009"
    with engine.begin() as connection:
        connection.execute(text("drop table staff_sessions"))
    migrate(engine)
    assert differences(engine) == []
