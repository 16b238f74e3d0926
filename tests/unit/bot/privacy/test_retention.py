"""What ends when: the table is complete, and with a moved clock everything is there until its day and gone after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, inspect, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, sessionmaker

from bot.chats.records import Arrival, Chat, Sending, WorkState
from bot.chats.tables import arrivals, sendings
from bot.conversations.store import ConversationStore
from bot.conversations.tables import conversations, messages
from bot.engine.tables import talks
from bot.privacy import retention
from bot.privacy.retention import KINDS, Retention
from bot.request.desk import RequestDesk
from bot.request.tables import request_events, request_messages, request_notices, requests
from bot.request.vocabulary import RequestState
from bot.schema import migrate
from bot.staff.accounts import Staff, StaffAccounts, StaffRole
from bot.staff.tables import staff_sign_ins
from knowledge.sealed import Keyring
from knowledge.storage import open_engine, open_sessions
from knowledge.tables import offer_reports_table, unanswered_questions_table, unmet_needs_table
from tests.database import database
from tests.house import SetClock
from tests.unit.bot.request.conftest import drafted, sent

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
A_MINUTE = timedelta(minutes=1)


class Lived:
    """A database, its clock, and everybody who writes in it."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.clock = engine, SetClock(NOW)
        self.sessions: sessionmaker[Session] = open_sessions(engine)
        self.talks = ConversationStore(self.sessions, self.clock)
        self.desk = RequestDesk(self.sessions, self.clock)
        self.accounts = StaffAccounts(self.sessions, self.clock)
        self.petra: Staff = self.accounts.add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")

    def talk(self) -> str:
        """A talk in which something was said and learned."""
        conversation_id = self.talks.start("web").id
        self.talks.add(conversation_id, "person", "Mijn moeder valt steeds.")
        with self.sessions.begin() as session:
            session.execute(insert(talks).values(conversation_id=conversation_id, slots={}, saved_at=self.clock()))
        return conversation_id

    def after(self, period: timedelta) -> int:
        """Move the clock to this long after the beginning, and tidy."""
        self.clock.moment = NOW + period
        return Retention(self.sessions, self.clock).tidy()

    def count(self, table: Any) -> int:
        with self.sessions() as session:
            return int(session.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.fixture(params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Lived]:
    with database(request.param, tmp_path) as address:
        engine = open_engine(address, Keyring(["k" * 40]))
        migrate(engine)
        yield Lived(engine)
        engine.dispose()


def test_every_table_of_the_database_is_of_a_kind(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'all.db'}")
    migrate(engine)
    there = set(inspect(engine).get_table_names()) - {"sqlite_sequence"}
    assert there == {table for kind in KINDS for table in kind.tables}
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    engine.dispose()


def test_a_talk_ends_three_months_after_its_last_message(lived: Lived) -> None:
    conversation_id = lived.talk()
    drafted(lived.desk, conversation_id)
    assert lived.after(retention.TALK_KEPT - A_MINUTE) == 0
    assert lived.count(messages) == lived.count(talks) == lived.count(requests) == 1
    assert lived.after(retention.TALK_KEPT + A_MINUTE) == 1
    for table in (conversations, messages, talks, requests, request_events):
        assert lived.count(table) == 0


def test_a_request_that_runs_never_ends_nor_does_the_talk_its_answer_must_reach(lived: Lived) -> None:
    conversation_id = lived.talk()
    reference = sent(lived.desk, conversation_id).reference
    for week in range(1, 80):
        lived.after(timedelta(weeks=week))
        if week == 20:
            lived.desk.accept(reference, lived.petra)
        assert lived.talks.get(conversation_id) is not None, "she can still open it"
    assert lived.count(requests) == lived.count(messages) == 1


def test_without_a_worker_for_months_a_running_request_still_keeps_its_talk(lived: Lived) -> None:
    conversation_id = lived.talk()
    sent(lived.desk, conversation_id)
    lived.after(timedelta(days=400))
    assert lived.talks.get(conversation_id) is not None


def closed(lived: Lived) -> str:
    conversation_id = lived.talk()
    reference = sent(lived.desk, conversation_id).reference
    lived.desk.accept(reference, lived.petra)
    lived.desk.reply(reference, lived.petra, "Ik bel morgen.")
    lived.desk.resolve(reference, lived.petra, "Vanaf dinsdag komt er elke week iemand.")
    return conversation_id


def withdrawn(lived: Lived) -> str:
    conversation_id = lived.talk()
    lived.desk.withdraw(sent(lived.desk, conversation_id).stored_id)
    return conversation_id


@pytest.mark.parametrize(("end", "period"), [(closed, retention.REQUEST_KEPT), (withdrawn, retention.WITHDRAWN_KEPT)])
def test_a_request_ends_after_its_closing_with_all_that_belongs_to_it(
    lived: Lived, end: Callable[[Lived], str], period: timedelta
) -> None:
    end(lived)
    lived.after(period - A_MINUTE)
    assert lived.count(requests) == 1
    lived.after(period + A_MINUTE)
    for table in (requests, request_events, request_messages, request_notices):
        assert lived.count(table) == 0


def test_a_chat_keeps_nothing_of_what_was_handled(lived: Lived) -> None:
    conversation_id = lived.talk()
    with lived.sessions.begin() as session:
        session.add(Chat("a", "telegram", conversation_id, "sealed", NOW))
        for number, state in enumerate(WorkState):
            session.add(Arrival("telegram", number, "a", None, NOW, NOW, state=state))
            session.add(Sending(f"k{number}", "telegram", "a", None, "", None, NOW, NOW, state=state))
    lived.after(min(retention.SENT_KEPT, retention.SEEN_FOR) - A_MINUTE)
    assert (lived.count(arrivals), lived.count(sendings)) == (4, 4)
    lived.after(retention.SEEN_FOR + A_MINUTE)
    assert (lived.count(arrivals), lived.count(sendings)) == (2, 2), "what is not handled waits"


ROWS: tuple[tuple[Any, dict[str, Any], timedelta], ...] = (
    (
        offer_reports_table,
        {
            "offer_id": "x",
            "reason": "gone",
            "by": "carer",
            "month": "2026-11",
            "words": "",
            "times": 1,
            "handled_at": NOW,
        },
        retention.REPORT_KEPT,
    ),
    (unanswered_questions_table, {"text": "mag dat ?", "month": "2026-11", "times": 2}, retention.FIGURES_KEPT),
    (
        unmet_needs_table,
        {
            "reason": "none",
            "kinds": "",
            "group": "",
            "pattern": "",
            "municipality": "",
            "region": "",
            "month": "2026-11",
        },
        retention.FIGURES_KEPT,
    ),
)


@pytest.mark.parametrize(("table", "row", "period"), ROWS, ids=lambda value: getattr(value, "name", ""))
def test_other_rows_end_on_their_day(lived: Lived, table: Any, row: dict[str, Any], period: timedelta) -> None:
    with lived.sessions.begin() as session:
        session.execute(insert(table).values(**row))
    lived.after(period - timedelta(days=1))
    assert lived.count(table) == 1
    lived.after(period + timedelta(days=40))
    assert lived.count(table) == 0


def test_a_report_that_nobody_handled_waits(lived: Lived) -> None:
    with lived.sessions.begin() as session:
        session.execute(insert(offer_reports_table).values(**{**ROWS[0][1], "handled_at": None}))
    lived.after(timedelta(days=2000))
    assert lived.count(offer_reports_table) == 1


def test_ways_in_that_are_over_go(lived: Lived) -> None:
    lived.accounts.issue_sign_in(lived.petra.email)
    lived.after(timedelta(days=7))
    assert lived.count(staff_sign_ins) == 1
    lived.after(timedelta(days=9))
    assert lived.count(staff_sign_ins) == 0


def test_handed_to_a_desk_outside_counts_as_closed(lived: Lived) -> None:
    conversation_id = lived.talk()
    request = sent(lived.desk, conversation_id)
    lived.desk.accept(request.reference, lived.petra)
    with lived.sessions.begin() as session:
        session.execute(requests.update().values(state=RequestState.FORWARDED))
    lived.after(retention.REQUEST_KEPT - A_MINUTE)
    assert lived.count(requests) == 1
    lived.after(retention.REQUEST_KEPT + A_MINUTE)
    assert lived.count(requests) == 0
