"""A desk on a real SQLite file, a clock one can move, and somebody who hears what carers are told."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.request import tables  # noqa: F401  - puts the tables in the metadata
from bot.request.desk import RequestDesk
from bot.request.fields import SECTION_OF, FieldKey
from bot.request.record import Agreement, Request, RequestField
from bot.request.vocabulary import FieldState
from bot.staff.accounts import Staff, StaffAccounts, StaffRole
from knowledge.storage import metadata, open_engine, open_sessions
from knowledge.vocabulary import Urgency
from tests.database import database

MONDAY_TEN = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)  # 10:00 in the Netherlands
AGREEMENT = Agreement("2026-11", "de gemeente Ede")


class Clock:
    """Says what time it is; ``forward`` moves it."""

    def __init__(self, moment: datetime = MONDAY_TEN) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **much: float) -> None:
        self.moment += timedelta(**much)


class Listener:
    """What the conversation store does: keeps each notice once."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[str, str, dict[str, str]]] = {}
        self.calls = 0
        self.broken = False

    def __call__(self, conversation_id: str, response_name: str, values: dict[str, str], *, notice_id: str) -> None:
        if self.broken:
            raise ConnectionError("nobody home")
        self.calls += 1
        self.told.setdefault(notice_id, (conversation_id, response_name, values))

    def names(self) -> list[str]:
        return [name for _, name, _ in self.told.values()]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def sessions(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'desk.db'}")
    metadata.create_all(engine)
    yield open_sessions(engine)
    engine.dispose()


@pytest.fixture
def desk(sessions, clock, listener):
    return RequestDesk(sessions, clock, notify=listener)


@pytest.fixture(params=["sqlite", "postgresql"])
def two_desks(request, tmp_path, clock, listener):
    """Two processes at one database: what the one has done the other must not do again."""
    with database(request.param, tmp_path) as address:
        engines = [open_engine(address), open_engine(address)]
        metadata.create_all(engines[0])
        yield [RequestDesk(open_sessions(engine), clock, notify=listener) for engine in engines]
        for engine in engines:
            engine.dispose()


@pytest.fixture
def desk_that_fails_for_assen(sessions, clock):
    """Once time went on, the office hours of Assen cannot be read; what goes wrong names something of hers."""

    def office_of(municipality: str) -> None:
        if municipality == "Assen" and clock() > MONDAY_TEN:
            raise RuntimeError("geheim")

    return RequestDesk(sessions, clock, office_of=office_of)


@pytest.fixture
def accounts(sessions, clock):
    return StaffAccounts(sessions, clock)


@pytest.fixture
def petra(accounts) -> Staff:
    return accounts.add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")


@pytest.fixture
def karim(accounts) -> Staff:
    return accounts.add("Karim", "karim@ede.example", StaffRole.COORDINATOR, "Ede")


def told(key: FieldKey, value: str, state: FieldState = FieldState.TOLD) -> RequestField:
    return RequestField(key, SECTION_OF[key], value, state, value)


def drafted(desk: RequestDesk, conversation: str = "c1", urgency: Urgency = Urgency.NORMAL, **more) -> Request:
    fields = [
        told(FieldKey.CONTACT_NAME, "Ria"),
        told(FieldKey.HOURS, "ongeveer 15 uur per week"),
        told(FieldKey.CONDITIONS, "dementie of vergeetachtigheid"),
        told(FieldKey.LOAD, "slaapt slecht", FieldState.LEFT_OUT),
    ]
    question = "Mijn man vergeet steeds meer en ik slaap niet."
    return desk.draft(conversation, more.pop("municipality", "Ede"), fields, question, urgency, **more)


def sent(desk: RequestDesk, conversation: str = "c1", urgency: Urgency = Urgency.NORMAL, **more) -> Request:
    return desk.send(drafted(desk, conversation, urgency, **more).id, AGREEMENT)
