"""The house works on PostgreSQL with the few rights that docs/beheer.md gives, and these are too few to do harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.audit.log import AuditFilter
from bot.conversations.records import Incoming
from bot.request.record import Agreement
from bot.schema import migrate
from bot.settings import ROOT
from bot.staff.accounts import StaffRole
from bot.staff.sessions import Device, OpenSessions
from channels.root import House
from knowledge.storage import open_engine
from knowledge.vocabulary import Urgency
from tests.database import postgresql
from tests.house import MONDAY_MORNING, SetClock, opened_house

ROLE = "adempauze_app"
HARM = (
    "UPDATE audit_log SET name = 'niemand'",
    "DELETE FROM audit_log",
    "TRUNCATE audit_log",
    "ALTER TABLE audit_log DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_log_keeps ON audit_log",
    "CREATE OR REPLACE FUNCTION audit_log_refuse() RETURNS trigger AS 'BEGIN RETURN OLD; END' LANGUAGE plpgsql",
    "DROP TABLE messages",
    "CREATE TABLE mine (id int)",
    "UPDATE alembic_version SET version_num = '0001'",
    "COPY messages TO PROGRAM 'cat'",
    "COPY messages TO '/tmp/messages'",
    "SELECT pg_read_file('/etc/passwd')",
    "CREATE ROLE other SUPERUSER",
    "SET session_replication_role = replica",
    "SELECT * FROM pg_shadow",
)


def rights() -> list[str]:
    """The statements that an operator reads."""
    (block,) = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/beheer.md").read_text(encoding="utf-8"), re.DOTALL)
    return [each for line in block.split(";") if (each := line.strip())]


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock(MONDAY_MORNING)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("least")
    with postgresql(folder / "pg") as address, pytest.MonkeyPatch.context() as patch:
        owner = open_engine(address)
        migrate(owner)
        with owner.begin() as connection:
            connection.execute(text(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'app'"))
            for statement in rights():
                connection.execute(text(statement))
        owner.dispose()
        app = make_url(address).set(username=ROLE, password="app")
        patch.setenv("ADEMPAUZE_TEST_DATABASE", app.render_as_string(hide_password=False))
        with opened_house(folder, clock, with_model=False) as opened:
            yield opened


async def test_a_talk_a_request_and_the_desk_work_with_them(house: House, clock: SetClock) -> None:
    with house.sessions() as session:
        assert session.execute(text("select current_user")).scalar() == ROLE
    talk = house.conversations.start("web", "Ede", "huisarts").id
    await house.reception.open(talk)
    await house.reception.receive(talk, Incoming("ik wil een mens spreken"))
    draft = house.requests.draft(talk, "Ede", [], "Wie helpt mij?", Urgency.NORMAL)
    request = house.requests.send(draft.stored_id, Agreement("test", draft.recipient))
    petra = house.staff.add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede", "vier paarse olifanten")
    assert house.staff.sign_in("petra@ede.example", "vier paarse olifanten") == petra
    sessions = OpenSessions(house.sessions, clock)
    sessions.begin(petra.id, "x", Device(), "password", half_way=False, instead_of="")
    with house.audit.under_way(petra, "requests.accept", request.reference):
        house.requests.accept(request.reference, petra)
    house.requests.resolve(request.reference, petra, "Er komt iemand op dinsdag.")
    house.requests.deliver_notices()
    assert [line.act for line in house.audit.all(AuditFilter(), 5)] == ["requests.accept"]
    clock.forward(days=400)
    house.purge()
    house.erase(talk)
    assert house.figures()["conversations"] == 0
    clock.moment = MONDAY_MORNING + timedelta(days=1)


@pytest.mark.parametrize("statement", HARM)
def test_they_are_too_few_to_do_harm(house: House, statement: str) -> None:
    with house.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text(statement))
    assert re.search("permission denied|must be owner|append-only|must be superuser|only roles", str(refused.value))
