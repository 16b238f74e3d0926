"""From what happens at the desk to what arrives outside: letters of every event, in the transaction of the event."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from bot.outbox.letters import LetterEvent, LetterKind, LetterState
from bot.outbox.writing import WRITER, LetterWriter
from bot.request import base
from bot.schema import migration_settings
from bot.settings import Settings
from bot.staff.accounts import StaffRole
from channels.outgoing.house import worker_of
from channels.outgoing.settings import OpenKlantSettings, OutgoingSettings
from tests.outgoing.conftest import House
from tests.outgoing.open_klant_server import TOKEN, open_klant
from tests.outgoing.smtp_server import mail_server
from tests.outgoing.test_open_klant import ACTOR
from tests.unit.bot.request.conftest import AGREEMENT

ROOT = Path(__file__).parents[2]


def written(house) -> list[tuple[str, str]]:
    with house.sessions() as session:
        return [
            tuple(row) for row in session.execute(text("select event, kind from letters order by created_at, kind"))
        ]


@pytest.fixture
def busy(house):
    """A house that uses every way out."""
    house.sessions.configure(info={WRITER: LetterWriter(LetterKind)})
    return house


def test_each_step_tells_whom_it_concerns(busy):
    petra = busy.staff.add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")
    request = busy.request()
    assert written(busy) == [("sent", "open_klant"), ("sent", "team_mail"), ("sent", "webhook")]
    busy.forward(minutes=1)
    busy.desk.accept(request.reference, petra)
    assert written(busy)[3:] == [("accepted", "carer_mail"), ("accepted", "webhook")]
    busy.forward(minutes=1)
    busy.desk.reply(request.reference, petra, "Dag, ik bel u morgen.")
    assert len(written(busy)) == 5, "one mail for all that waits for her"
    busy.forward(minutes=2)
    letter = busy.outbox.claim([LetterKind.CARER_MAIL])
    assert letter is not None
    busy.desk.reply(request.reference, petra, "Lukt het rond tien uur?")
    assert written(busy)[-1] == ("message", "carer_mail")
    busy.desk.resolve(request.reference, petra, "Er komt iemand op dinsdag.")
    assert ("resolved", "webhook") in written(busy)


def test_a_house_without_ways_out_writes_nothing(house):
    house.request()
    assert written(house) == []


def test_what_fails_to_be_stored_tells_nobody(busy, monkeypatch):
    draft = busy.desk.draft("c9", "Ede", [], "Wie helpt mij?", busy.request().urgency)
    before = written(busy)
    monkeypatch.setattr("bot.request.carer_side.without_left_out", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        busy.desk.send(draft.stored_id, AGREEMENT)
    assert written(busy) == before


async def test_the_real_text_of_a_request_reaches_open_klant(busy, tmp_path):
    busy.clock.moment = base.utc_now()
    request = busy.request(question="Mijn man vergeet steeds meer. " * 60)
    stamp(busy)
    settings = Settings(tmp_path, tmp_path, busy.address, "127.0.0.1", 8080, "https://adempauze.example", "x")
    with open_klant() as (register, url):
        worker = worker_of(settings, OutgoingSettings(open_klant=OpenKlantSettings(url, TOKEN, ACTOR)))
        await worker.deliver_due()
        assert register.faults == []
        whole = "\n".join(contact["inhoud"] for contact in register.contacts)
        assert len(register.contacts) > 1
        assert "dementie of vergeetachtigheid" in whole
        assert whole.count("vergeet steeds meer") >= 59
        assert request.reference in register.tasks[0]["gevraagdeHandeling"]


async def test_the_worker_writes_with_the_templates_of_the_municipality(busy, tmp_path):
    """They hold for the process that serves; a worker beside it must not fall back on ours."""
    theirs = tmp_path / "templates"
    theirs.mkdir()
    (theirs / "open_klant.txt").write_text("HULPVRAAG VAN HUN EIGEN BLAD {{ sheet.question }}", encoding="utf-8")
    busy.clock.moment = base.utc_now()
    busy.request()
    stamp(busy)
    settings = Settings(
        tmp_path, tmp_path, busy.address, "127.0.0.1", 8080, "https://adempauze.example", "x", templates_dir=theirs
    )
    with open_klant() as (register, url):
        await worker_of(settings, OutgoingSettings(open_klant=OpenKlantSettings(url, TOKEN, ACTOR))).deliver_due()
        assert register.contacts[0]["inhoud"].startswith("HULPVRAAG VAN HUN EIGEN BLAD")


def stamp(house: House) -> None:
    """The tables are there already: say so to the migrations."""
    config = migration_settings()
    with house.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.stamp(config, "head")
        connection.commit()


class TestTheVerb:
    def run(self, tmp_path, *arguments: str, **more: str) -> subprocess.Popen:
        own = {name: value for name, value in os.environ.items() if not name.startswith("ADEMPAUZE_")}
        environment = {**own, "PYTHONPATH": str(ROOT), "ADEMPAUZE_DATA": str(tmp_path), **more}
        command = [sys.executable, "-m", "channels.cli.main", "worker", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)

    def test_without_settings_it_says_what_to_set(self, tmp_path):
        child = self.run(tmp_path)
        out, problem = child.communicate(timeout=60)
        assert child.returncode == 2
        assert "ADEMPAUZE_SMTP_URL" in problem
        assert out == ""

    def test_once_carries_what_is_due_and_ends(self, tmp_path):
        house = House(f"sqlite:///{tmp_path / 'adempauze.db'}")
        stamp(house)
        house.clock.moment = base.utc_now()
        for number in range(3):
            house.letter(LetterKind.TEAM_MAIL, LetterEvent.SENT, house.request(f"c{number}"))
        with mail_server() as (server, port):
            ways = {
                "ADEMPAUZE_SMTP_URL": f"smtp://127.0.0.1:{port}?tls=none",
                "ADEMPAUZE_SMTP_FROM": "post@adempauze.example",
                "ADEMPAUZE_TEAM_MAIL": "team@ede.example",
            }
            for carried in (3, 0):
                child = self.run(tmp_path, "--once", **ways)
                out, problem = child.communicate(timeout=60)
                assert (child.returncode, out, problem) == (0, f"{carried} letters taken up\n", "")
            assert len(server.taken) == 3
        house.engine.dispose()

    def test_it_works_until_it_is_told_to_stop(self, tmp_path):
        with mail_server() as (server, port):
            ways = {
                "ADEMPAUZE_SMTP_URL": f"smtp://127.0.0.1:{port}?tls=none",
                "ADEMPAUZE_SMTP_FROM": "post@adempauze.example",
                "ADEMPAUZE_TEAM_MAIL": "team@ede.example",
            }
            child = self.run(tmp_path, **ways)
            assert "e-mail aan het team" in child.stdout.readline()
            house = House(f"sqlite:///{tmp_path / 'adempauze.db'}")
            house.clock.moment = base.utc_now()
            house.letter(LetterKind.TEAM_MAIL, LetterEvent.SENT)
            for _ in range(300):
                if server.taken:
                    break
                time.sleep(0.05)
            child.send_signal(signal.SIGTERM)
            child.communicate(timeout=30)
            assert child.returncode == 0
            assert len(server.taken) == 1
            assert house.outbox.counts()[LetterState.DELIVERED] == 1
            house.engine.dispose()
