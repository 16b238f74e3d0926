"""kill -9 in the middle of a delivery, at every step, in a real process; then another worker goes on."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.outbox.letters import Letter, LetterEvent, LetterKind, LetterState
from tests.outgoing.child import text_of
from tests.outgoing.conftest import House
from tests.outgoing.open_klant_server import TOKEN, open_klant
from tests.outgoing.smtp_server import mail_server

ROOT = Path(__file__).parents[2]
ACTOR = "0f2a1b7e-6f65-4a1c-9f0e-1d2c3b4a5f60"


@pytest.fixture
def house(tmp_path):
    house = House(f"sqlite:///{tmp_path / 'post.db'}")
    house.clock.moment = datetime.now(timezone.utc)
    yield house
    house.engine.dispose()


def start(house: House, environment: dict[str, str], ahead: int, **more) -> subprocess.Popen:
    wanted = {"database": house.address, "environment": environment, "ahead": ahead, **more}
    command = [sys.executable, "-m", "tests.outgoing.child", json.dumps(wanted)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


class KillAt:
    """Called at each step of a server; kills the child when its step comes, and waits until it is really gone."""

    def __init__(self, step: str, nth: int = 1) -> None:
        self.step, self.nth = step, nth
        self.child: subprocess.Popen | None = None
        self.ready = threading.Event()
        self.done = False

    def __call__(self, *step: str) -> None:
        if self.done or " ".join(step) != self.step:
            return
        self.nth -= 1
        if self.nth:
            return
        self.done = True
        self.ready.wait(30)
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.wait(30)
        raise ConnectionResetError


def killed_then_again(house: House, kill: KillAt, environment: dict[str, str]) -> None:
    kill.child = start(house, environment, ahead=10)
    kill.ready.set()
    assert kill.child.wait(60) == -signal.SIGKILL, "it ended before it was killed"
    for ahead in (20, 60):  # after the lease, and after a pause
        assert start(house, environment, ahead).wait(60) == 0


def only(house: House) -> Letter:
    """The letter that was carried; the look that follows one to Open Klant is beside it."""
    with house.sessions() as session:
        return session.query(Letter).filter(Letter.kind != LetterKind.OPEN_KLANT_ANSWER).one()


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("kind", [LetterKind.CARER_MAIL, LetterKind.TEAM_MAIL])
def test_a_mail_comes_once_wherever_the_worker_dies(house, step, kind):
    house.letter(kind, LetterEvent.SENT)
    with mail_server() as (server, port):
        server.seen = kill = KillAt(step)
        environment = {
            "ADEMPAUZE_SMTP_URL": f"smtp://127.0.0.1:{port}?tls=none",
            "ADEMPAUZE_SMTP_FROM": "post@adempauze.example",
            "ADEMPAUZE_TEAM_MAIL": "team@ede.example",
        }
        killed_then_again(house, kill, environment)
        assert len({message["Message-ID"] for message in server.taken}) == 1
        if kind is LetterKind.CARER_MAIL:
            assert len(server.taken) == 1
            known = step != "DATA"  # the server had it, and the worker died before it heard so
            assert only(house).state is (LetterState.DELIVERED if known else LetterState.DEAD)
            assert only(house).reason == ("" if known else "unsure worker died")
        else:
            assert len(server.taken) == (2 if step == "DATA" else 1)
            assert only(house).state is LetterState.DELIVERED


def test_a_worker_that_dies_before_it_can_note_the_delivery_sends_the_carer_no_second_mail(house):
    """The server has answered 250; the database is held, so the worker cannot write that down, and is killed."""
    house.letter(LetterKind.CARER_MAIL, LetterEvent.MESSAGE)
    with mail_server() as (server, port):
        holder = sqlite3.connect(
            house.address.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
        )

        def hold(step: str) -> None:
            if step == "DATA" and not holder.in_transaction:
                holder.execute("BEGIN IMMEDIATE")

        server.seen = hold
        environment = {
            "ADEMPAUZE_SMTP_URL": f"smtp://127.0.0.1:{port}?tls=none",
            "ADEMPAUZE_SMTP_FROM": "post@adempauze.example",
        }
        child = start(house, environment, ahead=10)
        for _ in range(600):
            if server.taken:
                break
            time.sleep(0.05)
        time.sleep(0.5)
        os.kill(child.pid, signal.SIGKILL)
        child.wait(30)
        holder.execute("ROLLBACK")
        server.seen = lambda step: None
        assert start(house, environment, ahead=20).wait(60) == 0
        assert len(server.taken) == 1
        assert only(house).state is LetterState.DEAD
        holder.close()


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("step", "nth"),
    [
        ("get /klantcontacten", 1),
        ("post /maak-klantcontact", 1),
        ("post /maak-klantcontact", 2),
        ("post /digitaleadressen", 1),
        ("post /internetaken", 1),
    ],
)
def test_open_klant_has_everything_once_wherever_the_worker_dies(house, moment, step, nth):
    request = house.request()
    house.letter(LetterKind.OPEN_KLANT, LetterEvent.SENT, request)
    with open_klant() as (register, url):
        kill = KillAt(step, nth)
        setattr(register, moment, kill)
        environment = {
            "ADEMPAUZE_OPEN_KLANT_URL": url,
            "ADEMPAUZE_OPEN_KLANT_TOKEN": TOKEN,
            "ADEMPAUZE_OPEN_KLANT_ACTOR": ACTOR,
        }
        killed_then_again(house, kill, environment)
        assert register.faults == []
        assert [contact["inhoud"] for contact in register.contacts] == list(text_of(request).pieces)
        assert (len(register.addresses), len(register.tasks)) == (2, 1)
        assert only(house).state is LetterState.DELIVERED


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", ["get /klantcontacten", "get /internetaken"])
def test_what_comes_back_is_told_once_wherever_the_worker_dies(house, moment, step):
    request = house.request()
    house.letter(LetterKind.OPEN_KLANT, LetterEvent.SENT, request)
    with open_klant() as (register, url):
        environment = {
            "ADEMPAUZE_OPEN_KLANT_URL": url,
            "ADEMPAUZE_OPEN_KLANT_TOKEN": TOKEN,
            "ADEMPAUZE_OPEN_KLANT_ACTOR": ACTOR,
        }
        assert start(house, environment, ahead=0).wait(60) == 0
        register.tasks[0].update(status="verwerkt", afgehandeldOp="2026-11-23T10:15:00Z")
        kill = KillAt(step)
        setattr(register, moment, kill)
        kill.child = start(house, environment, ahead=40)
        kill.ready.set()
        assert kill.child.wait(60) == -signal.SIGKILL, "it ended before it was killed"
        for ahead in (50, 100):
            assert start(house, environment, ahead).wait(60) == 0
        house.desk.deliver_notices()
        assert house.listener.names() == ["utter_request_closed_elsewhere"]
        with house.sessions() as session:
            look = session.query(Letter).filter(Letter.kind == LetterKind.OPEN_KLANT_ANSWER).one()
        assert look.state is LetterState.DELIVERED


def test_a_worker_that_is_told_to_stop_finishes_what_it_has_in_hand(house):
    for number in range(20):
        house.letter(LetterKind.TEAM_MAIL, request=house.request(f"c{number}"))
    with mail_server() as (server, port):
        busy = threading.Event()

        def slowly(step: str) -> None:
            busy.set()
            time.sleep(0.1)

        server.seen = slowly
        environment = {
            "ADEMPAUZE_SMTP_URL": f"smtp://127.0.0.1:{port}?tls=none",
            "ADEMPAUZE_SMTP_FROM": "post@adempauze.example",
            "ADEMPAUZE_TEAM_MAIL": "team@ede.example",
        }
        child = start(house, environment, ahead=10, forever=True)
        assert busy.wait(60)
        child.terminate()
        assert child.wait(30) == 0
        counts = house.outbox.counts()
        assert counts[LetterState.SENDING] == 0
        assert counts[LetterState.DELIVERED] == len(server.taken) > 0
        assert counts[LetterState.WAITING] > 0


def test_two_workers_on_postgresql_carry_each_letter_once(postgres):
    house = House(postgres)
    house.clock.moment = datetime.now(timezone.utc)
    try:
        for number in range(40):
            house.letter(LetterKind.TEAM_MAIL, request=house.request(f"c{number}"))
        with mail_server() as (server, port):
            environment = {
                "ADEMPAUZE_SMTP_URL": f"smtp://127.0.0.1:{port}?tls=none",
                "ADEMPAUZE_SMTP_FROM": "post@adempauze.example",
                "ADEMPAUZE_TEAM_MAIL": "team@ede.example",
            }
            children = [start(house, environment, ahead=10) for _ in range(2)]
            assert [child.wait(90) for child in children] == [0, 0]
            assert len(server.taken) == len({message["Message-ID"] for message in server.taken}) == 40
            assert house.outbox.counts()[LetterState.DELIVERED] == 40
    finally:
        house.close(empty=True)
