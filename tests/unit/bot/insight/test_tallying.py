"""From requests to guarded figures: what is counted, in which month, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, insert, select

from bot.insight.book import Insight
from bot.insight.figures import Figure
from bot.insight.months import read_period
from bot.insight.questions import ASKED_BEFORE, CONTACT, ENDING, HANDOVER, KIND, REASON, REST, FirstContact
from bot.insight.tables import insight_tallies
from bot.insight.tallying import Tallies
from bot.request.desk import RequestDesk
from bot.request.fields import SECTION_OF, FieldKey
from bot.request.followup import FollowUp, Happened
from bot.request.history import RequestEvent
from bot.request.record import Request, RequestField
from bot.request.vocabulary import EventKind, FieldState, RequestState
from knowledge.storage import metadata, open_engine, open_sessions
from knowledge.tables import unmet_needs_table
from knowledge.vocabulary import Urgency
from tests.database import database
from tests.unit.bot.request.conftest import Clock

NOVEMBER = datetime(2026, 11, 3, 9, 0, tzinfo=timezone.utc)  # a Tuesday, 10:00 in the Netherlands
K = EventKind


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request, tmp_path_factory):
    with database(request.param, tmp_path_factory.mktemp("insight")) as address:
        engine = open_engine(address)
        metadata.create_all(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def sessions(engine):
    yield open_sessions(engine)
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))


class Past:
    """Requests as they were left by people who did things with them."""

    def __init__(self, sessions) -> None:
        self.sessions = sessions
        self.number = 0

    def add(self, *steps, municipality="Ede", asked="", rest=None, sent=NOVEMBER, urgency=Urgency.NORMAL):
        """Steps are (hours after sending, kind)."""
        self.number += 1
        fields = []
        if asked:
            fields.append(RequestField(FieldKey.ASKED_AT, SECTION_OF[FieldKey.ASKED_AT], asked, FieldState.TOLD, asked))
        request = Request(
            f"AP-{self.number:06}", f"c{self.number}", municipality, "", "help", fields, [], urgency, "normal", sent
        )
        request.state, request.sent_at = RequestState.SENT, sent
        request.answer_by = datetime(2026, 11, 6, 9, 0, tzinfo=timezone.utc)  # three working days later
        with self.sessions.begin() as session:
            session.add(request)
            session.flush()
            session.add(RequestEvent(request.stored_id, K.SENT, sent, "carer"))
            for hours, kind in steps:
                session.add(RequestEvent(request.stored_id, kind, sent + timedelta(hours=hours), "Petra"))
            if rest is not None:
                happened, before, after = rest
                session.add(
                    FollowUp(request.stored_id, asked_at=sent, happened=happened, rest_before=before, rest_after=after)
                )


@pytest.fixture
def past(sessions):
    return Past(sessions)


def figures(sessions, now):
    clock = Clock(now)
    assert Tallies(sessions, clock, RequestDesk(sessions, clock).office_for).catch_up()
    return Insight(sessions, clock).book()


def of(book, question, code="2026-11") -> Figure:
    return book.figure(question, None, read_period(code))


DECEMBER = datetime(2026, 12, 2, 9, 0, tzinfo=timezone.utc)
JANUARY = datetime(2027, 1, 2, 9, 0, tzinfo=timezone.utc)


def test_every_way_a_promise_can_go(sessions, past):
    for _ in range(6):
        past.add((1, K.ACCEPTED), (2, K.CONTACTED))  # two office hours
        past.add((1, K.ACCEPTED), (24, K.CONTACTED))  # a working day
        past.add((1, K.ACCEPTED), (50, K.RESOLVED))  # an outcome is an answer too
        past.add((1, K.ACCEPTED), (90, K.CONTACTED))  # taken up, and then too late
        past.add((90, K.ACCEPTED), (91, K.CONTACTED))
    past.add((2, K.WITHDRAWN))  # nobody had to keep this promise any more
    found = of(figures(sessions, DECEMBER), CONTACT)
    assert found.count == 30
    assert [found.of(answer.value) for answer in FirstContact] == [6, 6, 6, 6, 6]
    assert found.between("four_hours", "one_day", "in_time") == (18, 18)


def test_what_was_late_stays_late_when_it_is_opened_again(sessions, past):
    for _ in range(10):
        past.add((90, K.ACCEPTED), (91, K.CONTACTED), (92, K.RESOLVED), (100, K.REOPENED))
        past.add((1, K.ACCEPTED), (2, K.CONTACTED))
    found = of(figures(sessions, DECEMBER), CONTACT)
    assert found.between("four_hours", "one_day", "in_time")[0] == 10
    assert found.of("late", "taken_up") >= 10


def test_endings_doors_and_desks(sessions, past):
    for _ in range(5):
        past.add((1, K.CONTACTED), (2, K.RESOLVED), asked="de gemeente")
        past.add((1, K.OFFERED), (2, K.TAKEN_OVER), (3, K.CONTACTED), (4, K.RESOLVED), asked="de huisarts, het CIZ")
        past.add((1, K.OFFERED), (2, K.FORWARDED), asked="bij een kennis")
        past.add((1, K.OFFERED), (2, K.REFUSED), (3, K.RESOLVED))
        past.add((1, K.RESOLVED), (2, K.REOPENED))
        past.add((1, K.WITHDRAWN))
    book = figures(sessions, DECEMBER)
    assert set(of(book, ENDING).blocks.values()) == {5}
    assert len(of(book, ENDING).blocks) == 6
    asked = of(book, ASKED_BEFORE)
    assert (asked.of("municipality"), asked.of("not_told"), asked.count) == (5, 15, 30)
    together = frozenset({"several", "elsewhere"})
    assert [count for answers, count in asked.blocks.items() if answers >= together] == [10]
    assert of(book, HANDOVER).count == 0  # fifteen: they wait for more, or for the end of the year
    handed = of(figures(sessions, JANUARY), HANDOVER, "2026")
    assert (handed.of("taken_over"), handed.count) == (5, 15)


def test_rest_before_and_after(sessions, past):
    for _ in range(6):
        past.add(rest=(Happened.YES, 1, 3))
        past.add(rest=(Happened.PARTLY, 2, 2))
        past.add(rest=(Happened.YES, 3, 2))
        past.add(rest=(Happened.YES, 2, None))
        past.add(rest=(Happened.NO, None, None))
    past.add(rest=(None, 2, None))  # asked, not answered
    found = of(figures(sessions, JANUARY), REST, "2026-12")
    assert (found.of("more"), found.of("same"), found.of("less"), found.count) == (6, 6, 6, 30)
    assert found.mean("rest.before") == 2.0
    assert found.mean("rest.after") == 2.3


def test_searches_without_a_match_are_counted_by_family_and_reason(sessions):
    row = {"reason": "none_known_here", "kinds": "home_volunteer, home_paid", "group": "", "pattern": "",
           "municipality": "Ede", "region": "", "month": "2026-11"}  # fmt: skip
    with sessions.begin() as session:
        session.execute(insert(unmet_needs_table), [row] * 12 + [{**row, "kinds": "stay, day_care"}] * 10)
        session.execute(insert(unmet_needs_table), [{**row, "month": "2026-12"}] * 30)  # not over yet
    book = Insight(sessions, Clock(DECEMBER)).book()
    assert (of(book, KIND).of("home"), of(book, KIND).count - of(book, KIND).of("home"), of(book, REASON).count) == (
        12,
        10,
        22,
    )
    assert of(book, KIND, "2026-12").count == 0


def test_a_month_is_counted_once_also_when_two_processes_do_it_and_stays_after_erasing(sessions, past):
    for _ in range(20):
        past.add((1, K.ACCEPTED), (2, K.CONTACTED), (3, K.RESOLVED))
    clock = Clock(DECEMBER)
    desk = RequestDesk(sessions, clock)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: Tallies(sessions, clock, desk.office_for).catch_up(), range(4)))
    assert sum(done) == 1
    before = of(Insight(sessions, clock).book(), ENDING)
    for number in range(1, 21):
        desk.erase(f"c{number}")
    assert Tallies(sessions, clock, desk.office_for).catch_up() == 0
    assert of(Insight(sessions, clock).book(), ENDING) == before
    assert before.count == 20


def test_a_tally_holds_a_number_and_nobody(sessions, past):
    past.add((1, K.CONTACTED), asked="mijn buurvrouw Ria Jansen")
    figures(sessions, DECEMBER)
    with sessions() as session:
        rows = [tuple(row) for row in session.execute(select(insight_tallies))]
    assert rows
    assert not any("Ria" in str(part) for row in rows for part in row)
    assert {len(row) for row in rows} == {5}
