"""Ten thousand open requests: how much is read for one screen, and what can be found in it."""

from __future__ import annotations

import random
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Boolean, event, insert
from sqlalchemy import text as sql

from bot.request.desk import RequestDesk
from bot.request.fields import FieldKey
from bot.request.inbox import PAGE_SIZE, InboxFilter, InboxView
from bot.request.record import Request
from bot.request.searching import searchable
from bot.request.tables import requests
from bot.request.vocabulary import RequestState
from bot.staff.accounts import StaffAccounts, StaffRole
from knowledge.storage import metadata, open_engine, open_sessions
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.conftest import AGREEMENT, MONDAY_TEN, Clock, sent, told

MANY = 10_000
STATES = (RequestState.SENT, RequestState.SEEN, RequestState.ACCEPTED, RequestState.CONTACTED, RequestState.REOPENED)
STORY = "Mijn man vergeet steeds meer en ik slaap niet. " * 20


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('full') / 'desk.db'}")
    metadata.create_all(engine)
    sessions, draw = open_sessions(engine), random.Random(6)
    petra = StaffAccounts(sessions).add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")
    empty = {one.name: False if isinstance(one.type, Boolean) else "" for one in requests.c if not one.nullable}
    fields = [told(FieldKey.CONTACT_NAME, "Ria"), *(told(key, "een zin van een regel lang") for key in FieldKey)]
    rows = [
        {
            **empty,
            "id": number,
            "reference": f"AP-{number:06}",
            "conversation_id": f"c{number}",
            "municipality": "Ede" if number % 10 else "Assen",
            "question": STORY,
            "fields": fields,
            "offers": [],
            "urgency": draw.choice(list(Urgency)),
            "state": draw.choice(STATES),
            "owner_id": petra.id if number % 7 == 0 else None,
            "created_at": MONDAY_TEN,
            "sent_at": MONDAY_TEN,
            "answer_by": MONDAY_TEN + timedelta(minutes=draw.randrange(10_000)),
            "chat_open": False,
            "loved_one_health_agreed": False,
            "informal": False,
            "search_text": STORY.lower() + f"ap-{number:06}",
        }
        for number in range(1, MANY + 1)
    ]
    with engine.begin() as connection:
        connection.execute(insert(requests), rows)
    yield engine, RequestDesk(sessions, Clock()), petra
    engine.dispose()


@contextmanager
def watched(engine):
    """The statements that are sent, and how many requests are fetched."""
    statements, fetched = [], []

    def sent_to(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    def loaded(_target, _context):
        fetched.append(1)

    event.listen(engine, "before_cursor_execute", sent_to)
    event.listen(Request, "load", loaded)
    try:
        yield statements, fetched
    finally:
        event.remove(engine, "before_cursor_execute", sent_to)
        event.remove(Request, "load", loaded)


@pytest.mark.parametrize("view", InboxView)
@pytest.mark.parametrize("page", [1, 40])
def test_a_screen_reads_one_page_and_asks_four_times(full, view, page):
    engine, desk, petra = full
    with watched(engine) as (statements, fetched):
        lines = desk.inbox(InboxFilter(view, petra, page))
    assert len(statements) == 4
    assert len(fetched) == len(lines) <= PAGE_SIZE


def test_choosing_and_counting_never_read_the_requests_themselves(full):
    engine, desk, petra = full
    with watched(engine) as (statements, fetched):
        desk.inbox(InboxFilter(InboxView.TEAM, petra))
        desk.counts(petra)
    assert fetched == [1] * PAGE_SIZE
    choosing, counting = statements[0], statements[-1]
    with engine.connect() as connection:
        for statement in (choosing, counting):
            marks = statement.count("?")
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("x",) * marks).all()
            how = [row.detail for row in plan if "requests" in row.detail]
            assert how
            assert any("COVERING INDEX ix_requests_inbox" in line for line in how), plan
            assert all("USING" in line for line in how), f"a walk along every row: {plan}"


def test_a_search_asks_four_times_and_stays_within_what_she_may_see(full):
    engine, desk, petra = full
    with watched(engine) as (statements, fetched):
        lines = desk.search(petra, "vergeet slaap")
    assert (len(statements), len(fetched), len(lines)) == (4, PAGE_SIZE, PAGE_SIZE)
    assert {line.municipality for line in lines} == {"Ede"}
    assert [line.reference for line in desk.search(petra, "AP-000011")] == ["AP-000011"]
    assert desk.search(petra, "AP-000010") == []


class TestSearch:
    def test_by_reference_name_and_words_however_they_are_typed(self, desk, petra):
        fields = [told(FieldKey.CONTACT_NAME, "Zoë de Vries")]
        request = desk.draft("c1", "Ede", fields, "Mijn man is áltijd weg.", Urgency.NORMAL)
        assert desk.search(petra, "altijd") == []
        desk.send(request.stored_id, AGREEMENT)
        bare = request.reference.replace("-", "")
        for typed in (request.reference, request.reference.lower(), bare, "zoe", "VRIES man", "altijd"):
            assert [line.reference for line in desk.search(petra, typed)] == [request.reference], typed

    @pytest.mark.parametrize("typed", ["%", "_", "", "  ", "\\", "'; drop table requests", "man nergens", "x" * 5000])
    def test_signs_are_words_and_nothing_typed_finds_nothing(self, desk, petra, typed):
        sent(desk)
        assert desk.search(petra, typed) == []

    def test_what_she_left_out_or_took_back_is_not_found(self, desk, petra):
        request = sent(desk)
        assert desk.search(petra, "slecht") == []
        assert len(desk.search(petra, "vergeet")) == 1
        desk.change_field(request.stored_id, FieldKey.HOURS, "dag en nacht")
        assert len(desk.search(petra, "nacht")) == 1
        desk.withdraw(request.stored_id)
        assert desk.search(petra, "vergeet") == []

    def test_only_within_the_own_municipality(self, desk, accounts):
        sent(desk)
        joost = accounts.add("Joost", "joost@assen.example", StaffRole.COORDINATOR, "Assen")
        assert desk.search(joost, "vergeet") == []

    def test_what_is_searched_is_what_was_shared(self, desk):
        request = desk.get(sent(desk).reference)
        assert request.search_text == searchable(request)


def test_notes_stay_at_the_desk(desk, sessions, petra, karim, listener):
    request = sent(desk)
    desk.accept(request.reference, petra)
    desk.add_note(request.reference, karim, "Belde ook al met het wijkteam.")
    file = desk.open_file(request.reference, petra)
    assert [(note.author, note.text) for note in file.notes] == [("Karim", "Belde ook al met het wijkteam.")]
    assert file.messages == []
    assert listener.names() == ["utter_request_accepted"]
    desk.erase("c1")
    with sessions() as session:
        assert session.execute(sql("SELECT count(*) FROM request_notes")).scalar_one() == 0
