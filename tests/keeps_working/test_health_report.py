"""Every part that is not well has its word at /health, with the real outbox and no mail server there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.keeping import Outage
from bot.outbox.letters import LetterKind
from bot.settings import Settings
from channels import health as health_module
from channels.health import FULL_DISK, LOW_DISK, HealthReport, Rounds
from channels.outgoing.house import worker_of
from channels.outgoing.settings import OutgoingSettings
from channels.root import build_house
from tests.keeps_working.test_backup import with_a_talk_and_a_request

FIGURES = {"offers": 3, "letters_overdue": 0, "letters_dead": 0, "letters_tried_again": 0}


def report(**other) -> dict[str, object]:
    parts = {
        "model": "ok",
        "stored": lambda: FIGURES,
        "outage": Outage(lambda: None),
        "disk": Path("/"),
        "mail": True,
        "municipalities": 342,
        "clock_trusted": lambda: True,
        "rounds": Rounds(),
    }
    return HealthReport(**{**parts, **other})()


def away() -> dict[str, int]:
    raise OSError("no database")


class Chats:
    def __init__(self, reachable: bool) -> None:
        self.reachable = reachable


@pytest.mark.parametrize(
    ("other", "part", "word", "status"),
    [
        ({"stored": away}, "database", "failing", "failing"),
        ({"model": "broken"}, "model", "broken", "degraded"),
        ({"stored": lambda: {**FIGURES, "letters_overdue": 1}}, "worker", "behind", "degraded"),
        ({"stored": lambda: {**FIGURES, "letters_tried_again": 1}}, "mail", "waiting", "degraded"),
        ({"stored": lambda: {**FIGURES, "offers": 0}}, "catalogue", "empty", "degraded"),
        ({"clock_trusted": lambda: False}, "clock", "jumped", "degraded"),
        ({"chats": Chats(False)}, "telegram", "unreachable", "degraded"),
        ({"disk": Path("/not/there")}, "disk", "gone", "degraded"),
        ({"mail": False}, "mail", "off", "ok"),
        ({"chats": Chats(True)}, "telegram", "ok", "ok"),
    ],
)
def test_each_part_has_its_word(other, part: str, word: str, status: str) -> None:
    found = report(**other)
    assert (found[part], found["status"]) == (word, status), found


@pytest.mark.parametrize(
    ("free", "word", "status"),
    [(LOW_DISK, "low", "degraded"), (FULL_DISK, "full", "failing"), (LOW_DISK + 1, "ok", "ok")],
)
def test_a_disk_that_fills_is_seen_before_it_is_full(monkeypatch, free: int, word: str, status: str) -> None:
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(health_module.shutil, "disk_usage", lambda _: usage)
    found = report()
    assert (found["disk"], found["status"]) == (word, status)


def test_what_fails_to_be_kept_and_what_stands_still_is_seen() -> None:
    now = [0.0]
    outage, rounds = Outage(lambda: None, lambda: now[0]), Rounds(lambda: now[0])
    outage.begin()
    assert report(outage=outage)["keeping"] == "failing"
    rounds.came_round("tell_carers", 2.0)
    assert report(rounds=rounds)["background"] == "ok"
    now[0] += 60
    assert report(rounds=rounds)["background"] == "standing_still"


async def test_mail_that_is_down_keeps_the_letter_and_is_seen(tmp_path: Path) -> None:
    surroundings = {"ADEMPAUZE_DATA": str(tmp_path), "ADEMPAUZE_SMTP_URL": "smtp://127.0.0.1:9?tls=none"}
    surroundings |= {"ADEMPAUZE_SMTP_FROM": "adempauze@ede.example", "ADEMPAUZE_TEAM_MAIL": "team@ede.example"}
    settings, outgoing = Settings.from_environment(surroundings), OutgoingSettings.from_environment(surroundings)
    house = build_house(settings, with_model=False, outgoing=outgoing)
    with_a_talk_and_a_request(house)
    assert house.figures()["letters_waiting"] >= 1
    worker = worker_of(settings, outgoing)
    assert await worker.deliver_due() >= 1  # nobody listens at port 9
    figures = house.figures()
    assert (figures["letters_tried_again"], figures["letters_dead"]) == (1, 0)
    assert report(stored=house.figures)["mail"] == "waiting"
    assert LetterKind.TEAM_MAIL in outgoing.kinds
    house.engine.dispose()
