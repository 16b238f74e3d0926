"""Anyone does anything, in any order: the real service against a plain model, on both databases."""

from __future__ import annotations

from contextlib import ExitStack

from hypothesis import HealthCheck, settings

from knowledge.storage import metadata, open_engine
from tests.database import postgresql
from tests.unit.bot.request.anyone import AnyoneDoesAnything

ENOUGH = settings(max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))


class OnPostgreSQL(AnyoneDoesAnything):
    """The same, on one real server for all examples."""

    engine_of_all = None

    def open(self):
        return OnPostgreSQL.engine_of_all

    def close(self, engine):
        pass


class TestOnSQLite(AnyoneDoesAnything.TestCase):
    settings = ENOUGH


class TestOnPostgreSQL(OnPostgreSQL.TestCase):
    settings = settings(ENOUGH, max_examples=12)

    @classmethod
    def setUpClass(cls):
        cls.opened = ExitStack()
        engine = open_engine(cls.opened.enter_context(postgresql()))
        cls.opened.callback(engine.dispose)
        metadata.create_all(engine)
        OnPostgreSQL.engine_of_all = engine

    @classmethod
    def tearDownClass(cls):
        cls.opened.close()
