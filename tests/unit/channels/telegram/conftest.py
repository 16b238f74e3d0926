"""A house with a bot that runs, and a Telegram on loopback that it talks with."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from bot.chats.book import ChatBook
from bot.chats.keys import ChatKeys
from bot.request.base import utc_now
from channels.root import House
from channels.telegram.building import Telegram, build_telegram
from tests.house import opened_house
from tests.telegram_stub import Person, TelegramStub


class RunningBot:
    """The channel in a loop of its own, as ``adempauze telegram`` runs it."""

    def __init__(self, house: House, stub: TelegramStub, *, polling: bool = True, apart: float = 0.05) -> None:
        self.house = house
        settings = stub.settings(polling=polling)
        self.telegram: Telegram = build_telegram(house, settings, timedelta(seconds=apart))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> RunningBot:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(20)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        self._task = self._loop.create_task(self.telegram.run())
        try:
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            pass
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    @property
    def counts(self):
        return self.telegram.channel.counts


@contextmanager
def running(house: House, stub: TelegramStub, **how) -> Iterator[RunningBot]:
    bot = RunningBot(house, stub, **how).start()
    try:
        yield bot
    finally:
        bot.stop()


_numbers = count(1000, 100_000)
_chats = count(501)


@pytest.fixture(scope="module")
def stub() -> Iterator[TelegramStub]:
    """The Telegram of this file. Every stub has update numbers of its own, so that several can meet one house."""
    with TelegramStub(next(_numbers)) as telegram:
        yield telegram


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house without a model: danger is heard, everything else gets one sentence. The clock is the real one."""
    with opened_house(tmp_path_factory.mktemp("telegram"), utc_now, with_model=False) as ready:
        settings = replace(ready.settings, base_url="https://adempauze.example")
        yield replace(ready, settings=settings)


@pytest.fixture(scope="module")
def bot(house: House, stub: TelegramStub) -> Iterator[RunningBot]:
    """The bot of this file, which asks for its updates."""
    with running(house, stub) as ready:
        yield ready


@pytest.fixture
def anna(stub: TelegramStub) -> Person:
    """Somebody who was never here."""
    return stub.person(next(_chats))


@pytest.fixture
def greeted(bot: RunningBot, anna: Person) -> Person:
    """Somebody who read the greeting."""
    anna.says("/start")
    anna.wait_for("Ik ben een computerprogramma")
    return anna


def chat_of(house: House, chat: int):
    """What is kept of a person's chat."""
    key = ChatKeys(house.settings.secret, "telegram", utc_now).pseudonym(str(chat))
    return ChatBook(house.sessions, "telegram", utc_now).find(key)


def say_in(house: House, person: Person, text: str, author: str = "assistant", **more) -> None:
    """Something is said in somebody's conversation by us, or by a person of the municipality."""
    house.conversations.add(chat_of(house, person.chat).conversation_id, author, text, **more)
