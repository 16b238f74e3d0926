"""In Telegram while the database is away, and while Telegram itself is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.request.base import utc_now
from channels.root import House
from tests.house import opened_house
from tests.telegram_stub import HANG_UP, TelegramStub
from tests.unit.channels.telegram.conftest import RunningBot, running

DANGER = "ik wil niet meer leven"


@pytest.fixture
def stub() -> Iterator[TelegramStub]:
    with TelegramStub(5_000_000) as telegram:
        yield telegram


@pytest.fixture
def bot(stub: TelegramStub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningBot]:
    monkeypatch.delenv("ADEMPAUZE_TEST_DATABASE", raising=False)
    with opened_house(tmp_path, utc_now, with_model=False) as house:
        settings = replace(house.settings, base_url="https://adempauze.example")
        with running(replace(house, settings=settings), stub) as ready:
            yield ready


def file_of(house: House) -> Path:
    return Path(house.engine.url.database)


def test_danger_is_answered_in_the_chat_and_everything_is_handled_later(bot: RunningBot, stub: TelegramStub) -> None:
    anna, bert = stub.person(71), stub.person(72, "Bert")
    anna.says("/start")
    anna.wait_for("computerprogramma")
    path, away = file_of(bot.house), file_of(bot.house).with_suffix(".away")
    path.rename(away)
    anna.says(DANGER)
    anna.wait_for("0800-0113")
    bert.says("mijn man heeft dementie")  # somebody we never saw before
    # Updates come in order: who wrote last is told as soon as Telegram gives us the update.
    stub.until(lambda: bot.telegram.channel.reachable, "Telegram")
    away.rename(path)
    bert.wait_for("computerprogramma", seconds=30)
    anna.wait_for("113", seconds=30)
    stub.until(lambda: stub.waiting() == 0, "everything taken", seconds=30)
    assert sum("nu niet bewaren" in said for said in anna.hears) <= 1


def test_telegram_that_is_down_is_seen_and_nothing_is_lost(bot: RunningBot, stub: TelegramStub) -> None:
    anna = stub.person(73)
    anna.says("/start")
    anna.wait_for("computerprogramma")
    stub.trouble("sendMessage", HANG_UP, times=3, chat=73)
    seen: list[bool] = []
    stub.seen = lambda call: seen.append(bot.telegram.channel.reachable)
    anna.says(DANGER)
    anna.wait_for("0800-0113", seconds=30)
    assert False in seen
    stub.until(lambda: bot.telegram.channel.reachable, "Telegram back")
