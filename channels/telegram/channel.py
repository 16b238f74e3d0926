"""Telegram as a channel: it receives by webhook or by asking, and sends through the queue."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken

from bot.chats.arrivals import ArrivalBox
from bot.chats.filling import QueueFiller
from bot.chats.keys import ChatKeys
from bot.chats.records import Arrival, WorkState
from bot.chats.sendings import SendingQueue
from bot.conversations import Message
from bot.keeping import STORING_FAILS, NotKeptError
from bot.telegram_settings import TelegramSettings
from channels.interface import Capabilities, FrontDoor
from channels.telegram.aside import claimed, together
from channels.telegram.bot_api import BotAPI
from channels.telegram.chatting import Chatting
from channels.telegram.cutting import MOST
from channels.telegram.handling import Handling
from channels.telegram.reading import Kind, Seen, read_update
from channels.telegram.sending import Sender
from channels.telegram.unkept import Unkept
from channels.web.refusals import where_it_failed

log = logging.getLogger(__name__)
TELEGRAM = Capabilities("telegram", buttons=True, longest_text=MOST, reaches_out=True, third_party=True)
MOST_AT_ONCE = 8  # chats whose turn is under way; a turn computes, so more would not be quicker
LOOK_SECONDS = 1.0  # how late something of another process may be
TIDY_SECONDS = 3600.0
TRY_AGAIN, TRY_AGAIN_AT_MOST = 2.0, 60.0  # seconds
Counts = Counter[str]
"""How often: ``received``, ``ignored``, ``unreadable``, ``duplicate``, ``dropped``, ``failed``."""


class TelegramChannel:
    """One bot. ``address``: where Telegram brings updates, when it does. ``commands``: what the menu shows."""

    def __init__(
        self,
        settings: TelegramSettings,
        *,
        api: BotAPI,
        keys: ChatKeys,
        arrivals: ArrivalBox,
        filler: QueueFiller,
        queue: SendingQueue,
        sender: Sender,
        address: str,
        commands: Callable[[], dict[str, str]],
    ) -> None:
        self._settings = settings
        self._api = api
        self._keys = keys
        self._arrivals = arrivals
        self._filler = filler
        self._queue = queue
        self._sender = sender
        self._address = address
        self._commands = commands
        self._handling: Handling | None = None
        self._chatting: Chatting | None = None
        self._unkept: Unkept | None = None
        self._bell = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self.counts: Counts = Counter()

    @property
    def capabilities(self) -> Capabilities:
        """Buttons, texts of 4000 signs, reaches out; another company carries it."""
        return TELEGRAM

    @property
    def secret(self) -> str:
        """By which we know that Telegram brings it: it follows from the secret of the house."""
        return self._keys.shared_secret("webhook")

    @property
    def polling(self) -> bool:
        """Do we ask for updates ourselves?"""
        return self._settings.polling

    @property
    def reachable(self) -> bool:
        """Did Telegram answer the last time we asked it something?"""
        return self._api.reachable

    async def name(self) -> str:
        """The name people look the bot up by. Raises ``TelegramError`` when Telegram does not know us."""
        return await self._api.name()

    def use(self, handling: Handling, chatting: Chatting) -> None:
        """How updates are handled (given after: handling needs this channel to send)."""
        self._handling, self._chatting, self._unkept = handling, chatting, Unkept(chatting)

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
        except STORING_FAILS:
            await self._tell_unkept(seen)
            raise
        self.counts["duplicate" if kept is None else "received" if kept is WorkState.WAITING else "dropped"] += 1
        if kept is not None:
            await self._answer_at_once(seen, kept)
        self._bell.set()

    async def receive(self, door: FrontDoor) -> None:
        """Handle what arrives, in the order of each chat, until cancelled. ``door`` is with ``handling`` already."""
        await together(self._arrive(), self._handle_all(), self._tidy())

    async def send(self, conversation_id: str, messages: Sequence[Message]) -> None:
        """Put what is new in the queue. What is new the conversation itself knows, also after a crash."""
        await asyncio.to_thread(self._filler.fill, conversation_id)
        self._sender.ring()

    async def run(self, door: FrontDoor) -> None:
        """Everything: receive, and empty the queue into which the desk writes too. Until cancelled."""
        try:
            await together(self.receive(door), self._follow_conversations(), self._sender.run())
        finally:
            await self._api.close()

    def ring(self) -> None:
        """Something may be new in the queue."""
        self._sender.ring()

    async def _tell_unkept(self, seen: Seen | None, error: NotKeptError | None = None) -> None:
        if seen is not None and self._unkept is not None:
            await self._unkept.tell(seen, error)

    # -- arriving --------------------------------------------------------------------------------------------------

    async def _answer_at_once(self, seen: Seen, kept: WorkState) -> None:
        chatting = self._chatting
        if chatting is None:
            return
        if seen.kind is Kind.PRESSED:
            chatting.acknowledge(seen)
        if kept is WorkState.DROPPED:  # one answer to a flood, not a flood of answers
            await chatting.say_once_a_minute(seen, "utter_telegram_too_fast")
            self._sender.ring()

    async def _arrive(self) -> None:
        """Let Telegram bring updates, or ask for them."""
        await _until_it_works(self._get_ready)
        offset: int | None = None
        while self.polling:
            try:
                for update in await self._api.updates(offset):
                    await self.take(update)
                    seen = read_update(update)
                    offset = seen.number + 1 if seen is not None else offset
            except Conflict:
                log.error("another program asks for the updates of this bot: one of the two must stop")
                await asyncio.sleep(TRY_AGAIN_AT_MOST / 4)
            except Exception as error:
                log.warning("telegram cannot be asked for updates: %s", type(error).__name__)
                await asyncio.sleep(TRY_AGAIN)

    async def _get_ready(self) -> None:
        if self.polling:
            await self._api.use_polling()
        else:
            await self._api.use_webhook(self._address, self.secret)
        await self._api.show_commands(self._commands())

    # -- handling --------------------------------------------------------------------------------------------------

    async def _handle_all(self) -> None:
        try:
            while True:
                self._bell.clear()
                try:
                    if len(self._under_way) >= MOST_AT_ONCE:
                        await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
                    arrival = await claimed(self._arrivals.claim, self._arrivals.release)
                except Exception as error:
                    log.error("telegram waits for the database: %s", type(error).__name__)
                    arrival = None
                if arrival is not None:
                    task = asyncio.create_task(self._handle(arrival))
                    self._under_way.add(task)
                    task.add_done_callback(self._handled)
                    continue
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._bell.wait(), LOOK_SECONDS)
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    def _handled(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._bell.set()  # the next of this chat may be handled now

    async def _handle(self, arrival: Arrival) -> None:
        assert self._handling is not None
        try:
            await self._handling.handle(arrival)
            await asyncio.to_thread(self._arrivals.done, arrival)
        except asyncio.CancelledError:
            self._arrivals.release(arrival)
            raise
        except Exception as error:
            self.counts["failed"] += 1
            log.error("telegram update failed: %s", where_it_failed(error))
            if isinstance(error, (NotKeptError, *STORING_FAILS)):
                seen = read_update(json.loads(self._keys.contents.open(arrival.content or "")))
                await self._tell_unkept(seen, error if isinstance(error, NotKeptError) else None)
            with contextlib.suppress(Exception):  # its lease ends by itself
                if await asyncio.to_thread(self._arrivals.failed, arrival):
                    await self._handling.apologise(arrival)
        self._sender.ring()

    # -- beside ----------------------------------------------------------------------------------------------------

    async def _follow_conversations(self) -> None:
        """What a coordinator wrote, what another process said, what was said just before a crash."""
        while True:
            try:
                if await asyncio.to_thread(self._filler.fill):
                    self._sender.ring()
            except Exception as error:
                log.error("telegram cannot look for news: %s", type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def _tidy(self) -> None:
        while True:
            with contextlib.suppress(Exception):
                await asyncio.to_thread(self._arrivals.tidy)
                await asyncio.to_thread(self._queue.tidy)
            await asyncio.sleep(TIDY_SECONDS)


async def _until_it_works(work: Callable[[], Awaitable[None]]) -> None:
    wait = TRY_AGAIN
    while True:
        try:
            await work()
            return
        except InvalidToken:
            log.error("telegram does not know our token; see ADEMPAUZE_TELEGRAM_TOKEN")
            wait = TRY_AGAIN_AT_MOST
        except Exception as error:
            log.warning("telegram cannot be reached: %s", type(error).__name__)
        await asyncio.sleep(wait * (0.5 + random.random() / 2))  # noqa: S311
        wait = min(wait * 2, TRY_AGAIN_AT_MOST)
