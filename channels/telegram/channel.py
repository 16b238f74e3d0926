"""Telegram as a channel: it receives by webhook or by asking, and sends through the queue."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bot.chats.arrivals import ArrivalBox
from bot.chats.filling import QueueFiller
from bot.chats.keys import ChatKeys
from bot.chats.records import WorkState
from bot.chats.sendings import SendingQueue
from bot.conversations.records import Message
from bot.keeping import STORING_FAILS, NotKeptError
from channels.aside import together
from channels.interface import Capabilities, FrontDoor
from channels.telegram.arriving import Arriving
from channels.telegram.bot_api import BotAPI
from channels.telegram.capabilities import TELEGRAM
from channels.telegram.chatting import Chatting
from channels.telegram.handling import Handling
from channels.telegram.introducing import Introduction
from channels.telegram.reading import Kind, Seen, read_update
from channels.telegram.sending import Sender
from channels.telegram.trouble import Cause, Trouble
from channels.telegram.unkept import Unkept
from channels.telegram.working import LOOK_SECONDS, Counts, Worker

TIDY_SECONDS = 3600.0


class TelegramChannel:
    """One bot. ``address``: where Telegram brings updates; ``None`` when we ask for them ourselves."""

    def __init__(
        self,
        *,
        api: BotAPI,
        keys: ChatKeys,
        arrivals: ArrivalBox,
        filler: QueueFiller,
        queue: SendingQueue,
        sender: Sender,
        handling: Handling,
        chatting: Chatting,
        introduction: Introduction,
        trouble: Trouble,
        address: str | None,
    ) -> None:
        self._api = api
        self._keys = keys
        self._arrivals = arrivals
        self._filler = filler
        self._queue = queue
        self._sender = sender
        self._chatting = chatting
        self._trouble = trouble
        self._unkept = Unkept(chatting)
        self.polling = address is None
        self.counts: Counts = Counter()
        self._arriving = Arriving(api, trouble, introduction, address, self.secret)
        self._worker = Worker(arrivals, keys, handling, trouble, self.counts, self._tell_unkept, sender.ring)

    @property
    def capabilities(self) -> Capabilities:
        """Buttons, texts of 4000 signs, reaches out; another company carries it."""
        return TELEGRAM

    @property
    def secret(self) -> str:
        """By which we know that Telegram brings it: it follows from the secret of the house."""
        return self._keys.shared_secret("webhook")

    @property
    def reachable(self) -> bool:
        """Did Telegram answer the last time we asked it something?"""
        return self._api.reachable

    async def name(self) -> str:
        """The name people look the bot up by. Raises ``TelegramError`` when Telegram does not know us."""
        return await self._api.name()

    async def take(self, data: Any) -> None:
        """An update as Telegram gives it. After this it is stored. Raises only when the database does."""
        seen = read_update(data)
        if seen is None or seen.kind is Kind.IGNORED:
            self.counts["unreadable" if seen is None else "ignored"] += 1
            return
        key = self._keys.pseudonym(str(seen.chat))
        sealed = self._keys.contents.close(json.dumps(data))
        outside_id = None if seen.kind is Kind.PRESSED else seen.message
        try:
            kept = await asyncio.to_thread(self._arrivals.keep, seen.number, key, sealed, outside_id)
        except STORING_FAILS as error:
            self._trouble.begins(Cause.DATABASE, error)
            await self._tell_unkept(seen)
            raise
        self.counts["duplicate" if kept is None else "received" if kept is WorkState.WAITING else "dropped"] += 1
        if kept is not None:
            await self._answer_at_once(seen, kept)
        self._worker.ring()

    async def receive(self, door: FrontDoor) -> None:
        """Handle what arrives, in the order of each chat, until cancelled. ``door`` is with ``handling`` already."""
        await together(self._arriving.run(self.take, self._tell_unkept), self._worker.run(), self._tidy())

    async def send(self, conversation_id: str, messages: Sequence[Message]) -> None:
        """Put what is new in the queue. What is new the conversation itself knows, also after a crash."""
        await self._chatting.send(conversation_id, messages)

    async def run(self, door: FrontDoor) -> None:
        """Everything: receive, and empty the queue into which the desk writes too. Until cancelled."""
        try:
            await together(self.receive(door), self._follow_conversations(), self._sender.run())
        finally:
            await self.close()

    async def close(self) -> None:
        """Let go of every connection; also for who asked only its name."""
        await self._api.close()

    def ring(self) -> None:
        """Something may be new in the queue."""
        self._sender.ring()

    async def _tell_unkept(self, seen: Seen, error: NotKeptError | None = None) -> None:
        await self._unkept.tell(seen, error)

    async def _answer_at_once(self, seen: Seen, kept: WorkState) -> None:
        if seen.kind is Kind.PRESSED:
            self._chatting.acknowledge(seen)
        if kept is WorkState.DROPPED:  # one answer to a flood, not a flood of answers
            await self._chatting.say_once_a_minute(seen, "utter_telegram_too_fast")
            self._sender.ring()

    async def _follow_conversations(self) -> None:
        """What a coordinator wrote, what another process said, what was said just before a crash."""
        while True:
            try:
                if await asyncio.to_thread(self._filler.fill):
                    self._sender.ring()
            except Exception as error:
                self._trouble.begins(Cause.DATABASE, error)
            await asyncio.sleep(LOOK_SECONDS)

    async def _tidy(self) -> None:
        while True:
            with contextlib.suppress(Exception):
                await asyncio.to_thread(self._arrivals.tidy)
                await asyncio.to_thread(self._queue.tidy)
            await asyncio.sleep(TIDY_SECONDS)
