"""What the operator sees while Telegram or the database is away: one clear line, and the bot goes on by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from bot.chats.arrivals import ArrivalBox
from bot.chats.sendings import SendingQueue
from bot.request.base import utc_now
from channels.cli import telegram as verb
from channels.cli.problem import Problem
from channels.root import House
from channels.telegram.building import build_telegram
from channels.telegram.trouble import AGAIN_AFTER, Cause, Trouble
from tests.house import opened_house
from tests.telegram_stub import HANG_UP, TelegramStub
from tests.unit.channels.telegram.conftest import running

_numbers = count(6_000_000, 100_000)


@pytest.fixture
def stub() -> Iterator[TelegramStub]:
    with TelegramStub(next(_numbers)) as telegram:
        yield telegram


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """One for each test: a bot that starts first answers what the one before it had left, and that counts as troubles
    that are over."""
    with opened_house(tmp_path, utc_now, with_model=False) as ready:
        yield replace(ready, settings=replace(ready.settings, base_url="https://adempauze.example"))


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name.startswith("channels.telegram")]


def test_on_a_full_disk_everybody_is_told_danger_first_and_the_operator_once(
    house: House, stub: TelegramStub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    keep, full = ArrivalBox.keep, [True]

    def on_a_full_disk(*arguments: object) -> object:
        if full:
            raise OSError(28, "No space left on device")
        return keep(*arguments)  # type: ignore[arg-type]

    anna, bert, carla = (stub.person(next(_numbers)) for _ in range(3))
    monkeypatch.setattr(ArrivalBox, "keep", on_a_full_disk)
    anna.says("mijn man vergeet alles")
    bert.says("ik wil niet meer leven")  # behind somebody else's, that is not taken either
    carla.says("hallo")
    with running(house, stub):
        bert.wait_for("0800-0113", seconds=20)
        anna.wait_for("nu niet bewaren", seconds=20)
        stub.until(lambda: len(stub.of("getUpdates")) >= 3, "another look")
        assert sum("0800-0113" in said for said in bert.hears) == 1
        assert sum("nu niet bewaren" in said for said in anna.hears) == 1
        full.clear()
        anna.wait_for("computerprogramma", seconds=30)
        carla.wait_for("computerprogramma", seconds=30)
    said = lines(caplog)
    assert sum("nothing can be stored (OSError)" in line for line in said) == 1
    assert sum("is stored again" in line for line in said) == 1
    assert len(said) == 2, said


def test_a_token_that_is_taken_back_is_said_once_and_it_goes_on_when_it_works_again(
    house: House, stub: TelegramStub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("channels.telegram.arriving.TRY_AGAIN_AT_MOST", 0.3)
    anna = stub.person(next(_numbers))
    with running(house, stub):
        anna.says("/start")
        anna.wait_for("computerprogramma")
        queue = SendingQueue(house.sessions, "telegram", utc_now)
        stub.until(lambda: queue.waiting() == 0, "everything sent")  # what goes out says that our token is known
        stub.trouble("getUpdates", 401, times=4, description="Unauthorized")
        stub.until(lambda: sum(call.answered == 401 for call in stub.calls) == 4)
        anna.says("ben je er nog")
        anna.wait_for("niet goed verstaan")
    said = lines(caplog)
    assert [sum(words in line for line in said) for words in ("does not know our token", "knows our token again")] == [
        1,
        1,
    ]
    assert "ADEMPAUZE_TELEGRAM_TOKEN" in caplog.text


async def test_at_the_start_it_waits_for_a_way_out_and_says_so(
    house: House, stub: TelegramStub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verb, "FIRST_WAIT", 0.05)
    stub.trouble("getMe", HANG_UP, times=2)
    telegram = build_telegram(house, stub.settings(polling=True))
    running_now = asyncio.create_task(verb._talk(house, telegram))
    anna = stub.person(next(_numbers))
    anna.says("/start")
    await asyncio.to_thread(anna.wait_for, "computerprogramma")
    running_now.cancel()
    await asyncio.gather(running_now, return_exceptions=True)
    out, err = capsys.readouterr()
    assert err.count("Telegram cannot be reached (NetworkError); tried again in") == 2
    assert "Open https://t.me/adempauze_test_bot" in out


async def test_a_token_that_is_refused_at_the_start_is_said_and_it_stops(house: House, stub: TelegramStub) -> None:
    stub.trouble("getMe", 401, description="Unauthorized")
    telegram = build_telegram(house, stub.settings(polling=True))
    with pytest.raises(Problem, match="ADEMPAUZE_TELEGRAM_TOKEN"):
        await verb._talk(house, telegram)


async def test_the_database_away_does_not_end_the_process(
    house: House, monkeypatch: pytest.MonkeyPatch, stub: TelegramStub
) -> None:
    looked, loop = asyncio.Event(), asyncio.get_running_loop()

    def away() -> None:
        loop.call_soon_threadsafe(looked.set)
        raise OSError

    monkeypatch.setattr(house.requests, "deliver_notices", away)
    telling = asyncio.create_task(verb._tell_carers(house))
    await looked.wait()
    await asyncio.sleep(0.05)
    assert not telling.done()
    telling.cancel()
    await asyncio.gather(telling, return_exceptions=True)


def test_what_lasts_is_said_once_in_ten_minutes_and_its_end_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    now = [0.0]
    trouble = Trouble(lambda: now[0])
    for moment in (0, 1, AGAIN_AFTER - 1, AGAIN_AFTER, AGAIN_AFTER + 1):
        now[0] = moment
        trouble.begins(Cause.DATABASE, OSError("zwanenzang"))
    trouble.over(Cause.DATABASE)
    trouble.over(Cause.DATABASE)
    assert len(caplog.records) == 3
    assert "zwanenzang" not in caplog.text
