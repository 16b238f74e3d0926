"""An outbox on a real database, a clock one can move, and requests that were really sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.outbox.carrying import Outbox
from bot.outbox.letters import LetterEvent, LetterKind
from bot.outbox.writing import write_letter
from bot.request.desk import RequestDesk
from bot.request.fields import FieldKey
from bot.request.record import Request
from bot.schema import metadata
from bot.staff.accounts import StaffAccounts
from knowledge.storage import open_engine, open_sessions
from knowledge.vocabulary import Urgency
from tests.database import postgresql
from tests.unit.bot.request.conftest import AGREEMENT, Clock, Listener, told


class House:
    """What a delivery needs of a house."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.engine = open_engine(address)
        metadata.create_all(self.engine)
        self.sessions = open_sessions(self.engine)
        self.clock = Clock()
        self.listener = Listener()
        self.desk = RequestDesk(self.sessions, self.clock, notify=self.listener)
        self.staff = StaffAccounts(self.sessions, self.clock)
        self.outbox = self.box()

    def box(self, chance: float = 1.0) -> Outbox:
        return Outbox(self.sessions, self.clock, lambda: chance)

    def request(self, conversation: str = "c1", question: str = "Mijn man vergeet steeds meer.", **more) -> Request:
        fields = [
            told(FieldKey.CONTACT_NAME, "Ria de Vries"),
            told(FieldKey.CONTACT_PHONE, "06 12 34 56 78"),
            told(FieldKey.CONTACT_EMAIL, more.pop("email", "ria@carer.example")),
            told(FieldKey.CONDITIONS, "dementie of vergeetachtigheid"),
        ]
        fields = [item for item in fields if item.value]
        urgency = more.pop("urgency", Urgency.NORMAL)
        draft = self.desk.draft(conversation, "Ede", fields, question, urgency, **more)
        return self.desk.send(draft.stored_id, AGREEMENT)

    def letter(self, kind: LetterKind, event: LetterEvent = LetterEvent.SENT, request: Request | None = None, **more):
        request = request or self.request()
        with self.sessions.begin() as session:
            return write_letter(session, request, kind, event, self.clock(), **more)

    def close(self, *, empty: bool = False) -> None:
        """Let go; ``empty``: leave nothing behind in a PostgreSQL that others use after us, functions neither."""
        if empty:
            with self.engine.begin() as connection:
                connection.execute(text("drop schema public cascade"))
                connection.execute(text("create schema public"))
        self.engine.dispose()

    def forward(self, **amount: float) -> None:
        self.clock.moment += timedelta(**amount)


@pytest.fixture(scope="session")
def postgres():
    """One real PostgreSQL for all tests of this room."""
    with postgresql() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request, tmp_path):
    """A house on SQLite, and one on PostgreSQL."""
    on_file = request.param == "sqlite"
    house = House(f"sqlite:///{tmp_path / 'post.db'}" if on_file else request.getfixturevalue("postgres"))
    yield house
    house.close(empty=not on_file)


@pytest.fixture
def house(tmp_path):
    house = House(f"sqlite:///{tmp_path / 'post.db'}")
    yield house
    house.engine.dispose()
