"""The means to answer in a chat: her conversation, a sentence of ours, removing what was shown, a sign of work."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.chats.arrivals import ArrivalBox
from bot.chats.book import ChatBook
from bot.chats.filling import Piece, QueueFiller
from bot.chats.keys import ChatKeys
from bot.chats.records import Chat, ChatState
from bot.chats.sendings import SendingQueue
from bot.conversations.records import Message
from channels.interface import Capabilities, FrontDoor
from channels.telegram.bot_api import BotAPI
from channels.telegram.reading import Seen
from channels.telegram.showing import CHOSEN, TelegramShow

REMOVABLE = timedelta(hours=47)
"""Telegram lets us remove messages of the last 48 hours."""

MOST_REMOVED = 100  # at once
TYPING_AFTER, TYPING_EVERY = 0.4, 4.0  # seconds
_START = re.compile(r"(?:gemeente-)?([A-Za-z0-9-]*?)(?:_([A-Za-z0-9-]+))?", re.ASCII)


@dataclass(frozen=True)
class Chatting:
    """``address`` is where the widget is; ``data_link`` gives where all of a conversation can be read for a day;
    ``send`` shows what is new in a conversation."""

    capabilities: Capabilities
    door: FrontDoor
    api: BotAPI
    keys: ChatKeys
    book: ChatBook
    arrivals: ArrivalBox
    queue: SendingQueue
    filler: QueueFiller
    show: TelegramShow
    data_link: Callable[[str], str]
    address: str
    send: Callable[[str, Sequence[Message]], Awaitable[None]]
    _beside: set[asyncio.Task[None]] = field(default_factory=set)

    async def say(
        self, seen: Seen, name: str, /, *, buttons: Sequence[tuple[str, str]] = (), first: bool = False
    ) -> None:
        """A sentence of ours that is no part of the talk; once for this update. ``buttons`` as ``signed`` gives."""
        piece = self.show.own(name, {"address": self.address}, buttons, first=first)
        await self.put(seen, f"u{seen.number}.{name}", piece)

    def signed(self, seen: Seen, *buttons: tuple[str, str]) -> list[tuple[str, str]]:
        """Buttons of our own for this chat: the name of the sentence on each, and the word that comes back."""
        return [(self.show.title(name), self.keys.sign(self.key(seen), word)) for name, word in buttons]

    async def say_once_a_minute(self, seen: Seen, name: str, /) -> None:
        """The same, once a minute for this chat whatever comes in."""
        minute = int(self.arrivals.now().timestamp()) // 60
        await self.put(seen, f"s{self.key(seen)[:24]}.{minute}.{name}", self.show.own(name, {}))

    async def chat(self, seen: Seen, payload: str = "") -> Chat:
        """Her chat, open; with a new talk when there is none. The first she reads is whose Telegram is (R117)."""
        key = self.key(seen)
        chat = await asyncio.to_thread(self.book.find, key)
        if chat is not None and not await self.door.is_there(chat.conversation_id):
            await self.door.erase(chat.conversation_id)  # past its end date
            chat = None
        if chat is None:
            place, origin = _places(payload)
            conversation_id = await self.door.begin(self.capabilities, place, origin)
            sealed = self.keys.addresses.close(str(seen.chat))
            chat = await asyncio.to_thread(self.book.open, key, conversation_id, sealed)
        if chat.state is not ChatState.ACTIVE:
            await asyncio.to_thread(self.book.set_state, key, ChatState.ACTIVE)
        if not chat.read_to:
            notice = self.show.own("utter_telegram_privacy", {"address": self.address}, first=True)
            await self.put(seen, f"p{chat.conversation_id}", notice, chat.conversation_id)
            await self.send(chat.conversation_id, await self.door.greet(chat.conversation_id))
        return chat

    async def remove_what_is_shown(self, seen: Seen) -> None:
        """Take what was said in the last two days out of the chat, hers and ours."""
        key, since = self.key(seen), self.arrivals.now() - REMOVABLE
        theirs = await asyncio.to_thread(self.arrivals.outside_ids, key, since)
        ours = await asyncio.to_thread(self.queue.outside_ids, key, since)
        numbers = sorted({*theirs, *ours})
        for start in range(0, len(numbers), MOST_REMOVED):
            piece = Piece({"method": "remove", "messages": numbers[start : start + MOST_REMOVED]}, first=True)
            await self.put(seen, f"u{seen.number}.remove{start}", piece)

    async def put(self, seen: Seen, key: str, piece: Piece, conversation_id: str | None = None) -> None:
        """Into the queue, once by its ``key``."""
        sealed = self.keys.addresses.close(str(seen.chat))
        key = f"{self.capabilities.name}-{key}"
        await asyncio.to_thread(self.filler.put, key, self.key(seen), sealed, piece, conversation_id)

    def key(self, seen: Seen) -> str:
        """By which the chat is known to us."""
        return self.keys.pseudonym(str(seen.chat))

    def beside(self, work: Coroutine[Any, Any, None]) -> None:
        """A sign for her screen, beside the answer: whatever goes wrong with it, the answer goes on."""
        task = asyncio.create_task(_whatever_happens(work))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    def acknowledge(self, seen: Seen) -> None:
        """The button that was pressed stops waiting, at once."""
        self.beside(self.api.acknowledge(seen.press))

    def show_choice(self, seen: Seen, title: str) -> None:
        """In the place of all buttons the one she chose: it can be read back later, and not be pressed twice."""
        if seen.message is not None:
            data = self.keys.sign(self.key(seen), CHOSEN)
            self.beside(self.api.show_choice(seen.chat, seen.message, f"✓ {title}", data))

    @contextlib.asynccontextmanager
    async def typing(self, chat: int) -> AsyncIterator[None]:
        """Show that somebody works on it, for as long as that is so and no shorter than is worth showing."""
        task = asyncio.create_task(self._keep_typing(chat))
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _keep_typing(self, chat: int) -> None:
        await asyncio.sleep(TYPING_AFTER)
        while True:
            with contextlib.suppress(Exception):  # a sign and no more: whatever is wrong, the answer goes on
                await self.api.type(chat)
            await asyncio.sleep(TYPING_EVERY)


async def _whatever_happens(work: Coroutine[Any, Any, None]) -> None:
    with contextlib.suppress(Exception):
        await work


def _places(payload: str) -> tuple[str, str | None]:
    """Municipality and origin that a link names, such as ``ede_huisarts`` or ``gemeente-ede``."""
    match = _START.fullmatch(payload)
    return (match[1], match[2]) if match else ("", None)
