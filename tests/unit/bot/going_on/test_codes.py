"""The life of a code, on SQLite and PostgreSQL: it works once, for one conversation, for a week, until the next."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from bot.conversations.records import UnknownConversationError
from bot.conversations.store import ConversationStore
from bot.going_on.code import read_code
from bot.going_on.codes import AGAIN_FOR, LASTS, GoingOnCodes
from bot.going_on.tables import going_on_codes
from bot.privacy.erasing import erase_everywhere
from bot.privacy.retention import Retention
from bot.schema import migrate
from knowledge.storage import Sessions, metadata, open_engine, open_sessions
from tests.database import postgresql
from tests.house import MONDAY_MORNING, SetClock

SECRET = "een geheim van het huis, lang genoeg"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    folder = tmp_path_factory.mktemp("codes")
    if request.param == "sqlite":
        yield from _opened(f"sqlite:///{folder / 'codes.db'}")
    else:
        with postgresql(folder / "pg") as uri:
            yield from _opened(uri)


def _opened(address: str) -> Iterator[Sessions]:
    engine = open_engine(address)
    migrate(engine)
    yield open_sessions(engine)
    engine.dispose()


class Stage:
    """Codes, conversations and a clock."""

    def __init__(self, sessions: Sessions) -> None:
        self.clock = SetClock(MONDAY_MORNING)
        self.sessions = sessions
        self.talks = ConversationStore(sessions, self.clock)
        self.codes = GoingOnCodes(sessions, SECRET, self.clock)

    def talk(self) -> str:
        return self.talks.start("web").id


@pytest.fixture
def stage(sessions: Sessions) -> Stage:
    return Stage(sessions)


def test_a_code_opens_its_conversation_once(stage: Stage) -> None:
    talk = stage.talk()
    given = stage.codes.make(talk)
    assert given.ends_at == stage.clock() + LASTS
    assert stage.codes.find(given.text, "phone") == talk
    assert stage.codes.use(given.text.lower().replace("-", " "), "phone") == talk
    assert stage.codes.use(given.text, "somebody else") is None
    assert stage.codes.find(given.text, "somebody else") is None


def test_a_lost_answer_is_given_again_to_who_used_it_and_not_for_ever(stage: Stage) -> None:
    talk = stage.talk()
    given = stage.codes.make(talk)
    stage.codes.use(given.text, "phone")
    assert stage.codes.use(given.text, "phone") == talk
    stage.clock.moment += AGAIN_FOR
    assert stage.codes.use(given.text, "phone") is None


def test_a_newer_code_ends_the_one_before(stage: Stage) -> None:
    talk = stage.talk()
    first, second = stage.codes.make(talk), stage.codes.make(talk)
    assert stage.codes.use(first.text, "phone") is None
    assert stage.codes.use(second.text, "phone") == talk


def test_a_code_can_be_taken_back(stage: Stage) -> None:
    talk = stage.talk()
    given = stage.codes.make(talk)
    stage.codes.end(talk)
    assert stage.codes.use(given.text, "phone") is None


def test_a_code_ends_after_its_week_and_is_tidied_away(stage: Stage) -> None:
    talk = stage.talk()
    given = stage.codes.make(talk)
    stage.clock.moment += LASTS - timedelta(seconds=1)
    assert stage.codes.find(given.text, "phone") == talk
    stage.clock.forward(seconds=1)
    assert stage.codes.use(given.text, "phone") is None
    Retention(stage.sessions, stage.clock).tidy()
    assert talk not in _rows(stage)


def test_an_erased_talk_takes_its_code_along(stage: Stage) -> None:
    talk, other = stage.talk(), stage.talk()
    given, kept = stage.codes.make(talk), stage.codes.make(other)
    with stage.sessions.begin() as session:
        erase_everywhere(session, talk)
    assert stage.codes.use(given.text, "phone") is None
    assert stage.codes.use(kept.text, "phone") == other
    third = stage.talk()
    given = stage.codes.make(third)
    stage.talks.erase(third)
    assert stage.codes.find(given.text, "phone") is None


def test_there_is_no_code_of_a_talk_that_is_not_there(stage: Stage) -> None:
    with pytest.raises(UnknownConversationError):
        stage.codes.make("never was")


def test_the_database_holds_no_code_and_nothing_it_follows_from(stage: Stage) -> None:
    talk = stage.talk()
    given = stage.codes.make(talk)
    stage.codes.use(given.text, "phone")
    row = _rows(stage)[talk]
    bare = read_code(given.text)
    assert bare is not None
    assert not any(bare in str(value) or given.text in str(value) or "phone" in str(value) for value in row)
    assert GoingOnCodes(stage.sessions, "another secret", stage.clock).find(given.text, "phone") is None


def test_of_many_who_use_it_at_once_one_goes_on(stage: Stage) -> None:
    talk = stage.talk()
    given = stage.codes.make(talk)
    found: list[str | None] = []
    tries = [
        threading.Thread(target=lambda by=str(number): found.append(stage.codes.use(given.text, by)))
        for number in range(6)
    ]
    for each in tries:
        each.start()
    for each in tries:
        each.join()
    assert (found.count(talk), found.count(None)) == (1, 5)


def test_asked_for_at_the_same_moment_the_last_one_works(stage: Stage) -> None:
    talk = stage.talk()
    made: list[str] = []
    tries = [threading.Thread(target=lambda: made.append(stage.codes.make(talk).text)) for _ in range(4)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()
    assert sum(stage.codes.find(text, "phone") == talk for text in made) == 1


def _rows(stage: Stage) -> dict[str, tuple[object, ...]]:
    with stage.sessions() as session:
        return {row.conversation_id: tuple(row) for row in session.execute(select(going_on_codes))}


class LifeOfCodes(RuleBasedStateMachine):
    """Any order of making, using, waiting and erasing, against a plain account of what each code should do."""

    @initialize()
    def begin(self) -> None:
        engine = open_engine("sqlite://")
        metadata.create_all(engine)
        self.engine, self.stage = engine, Stage(open_sessions(engine))
        self.live: dict[str, str] = {}  # conversation: its newest code
        self.ends: dict[str, datetime] = {}
        self.used: dict[str, tuple[str, datetime]] = {}
        self.codes: list[str] = []

    @rule()
    def starts(self) -> None:
        self.live.setdefault(self.stage.talk(), "")

    @rule(data=st.data())
    def makes(self, data: st.DataObject) -> None:
        if self.live:
            talk = data.draw(st.sampled_from(sorted(self.live)))
            given = self.stage.codes.make(talk)
            self.live[talk] = given.text
            self.ends[given.text] = given.ends_at
            self.codes.append(given.text)

    @rule(data=st.data(), by=st.sampled_from(["phone", "tablet"]))
    def uses(self, data: st.DataObject, by: str) -> None:
        if not self.codes:
            return
        code = data.draw(st.sampled_from(self.codes))
        expected = self._opens(code, by)
        assert self.stage.codes.find(code, by) == expected
        assert self.stage.codes.use(code, by) == expected
        if expected is not None:
            self.used.setdefault(code, (by, self.stage.clock()))

    @rule(minutes=st.sampled_from([1, 9, 11, 60 * 24, 60 * 24 * 8]))
    def waits(self, minutes: int) -> None:
        self.stage.clock.forward(minutes=minutes)

    @rule(data=st.data())
    def erases(self, data: st.DataObject) -> None:
        if self.live:
            talk = data.draw(st.sampled_from(sorted(self.live)))
            self.stage.talks.erase(talk)
            del self.live[talk]

    @invariant()
    def a_talk_has_one_code_at_most(self) -> None:
        if hasattr(self, "stage"):
            assert set(_rows(self.stage)) <= set(self.live)

    def _opens(self, code: str, by: str) -> str | None:
        talk = next((talk for talk, newest in self.live.items() if newest == code), None)
        now = self.stage.clock()
        if code not in self.used:
            return talk if now < self.ends[code] else None
        who, when = self.used[code]
        return talk if who == by and now - when < AGAIN_FOR and _still_there(self, talk) else None

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            self.engine.dispose()


def _still_there(machine: LifeOfCodes, talk: str | None) -> bool:
    return talk is not None and talk in _rows(machine.stage)


TestLifeOfCodes = LifeOfCodes.TestCase
TestLifeOfCodes.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
