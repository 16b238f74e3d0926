"""Empties the queue to Telegram: as fast as it allows, waiting as long as it says, and losing nothing."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.chats.book import ChatBook
from bot.chats.keys import ChatKeys
from bot.chats.records import ChatState, Sending
from bot.chats.sendings import LostClaimError, SendingQueue
from bot.keeping import STORING_FAILS
from bot.sealing import SealError
from channels.aside import aside, claimed, rest_until
from channels.telegram.bot_api import BotAPI
from channels.telegram.exporting import EXPORT, ExportFile
from channels.telegram.showing import CHOSEN
from channels.telegram.trouble import Cause, Trouble

log = logging.getLogger(__name__)
MOST_AT_ONCE = 12  # connections; each chat has one thing under way at most
LOOK_SECONDS, LOOK_WHEN_BUSY = 1.0, 0.1
REFUSED_TOKEN_WAITS = timedelta(seconds=60)
LAST_SECONDS = 5.0  # for what is under way when we stop
MOST_SURPRISES = 5  # attempts
_NOBODY_THERE = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")


class Sender:
    """Sends what the queue gives. ``export`` makes the file with everything of a conversation, when it goes out."""

    def __init__(
        self,
        api: BotAPI,
        queue: SendingQueue,
        book: ChatBook,
        keys: ChatKeys,
        clock: Callable[[], datetime],
        export: Callable[[str], ExportFile | None],
        trouble: Trouble,
    ) -> None:
        self._api = api
        self._queue = queue
        self._book = book
        self._keys = keys
        self._clock = clock
        self._export = export
        self._trouble = trouble
        self._bell = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._told_to_wait: dict[str, datetime] = {}
        self._silent_until: datetime | None = None

    def ring(self) -> None:
        """Something was put in the queue."""
        self._bell.set()

    async def run(self) -> None:
        """Send until cancelled. What is under way then gets a moment to end, so that it is not sent twice."""
        try:
            while True:
                self._bell.clear()
                try:
                    if not await self._start_next():
                        await self._rest()
                except Exception as error:  # the database is away: the queue waits for it
                    self._trouble.begins(Cause.DATABASE, error)
                    await asyncio.sleep(LOOK_SECONDS)
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=LAST_SECONDS)

    async def _start_next(self) -> bool:
        if self._silent_until is not None and self._clock() < self._silent_until:
            return False
        if len(self._under_way) >= MOST_AT_ONCE:
            await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        sending = await claimed(self._queue.claim, self._queue.release)
        if sending is None:
            return False
        task = asyncio.create_task(self._deliver(sending))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return True

    async def _rest(self) -> None:
        busy = bool(self._under_way) or await aside(self._queue.waiting) > 0
        await rest_until(self._bell, LOOK_WHEN_BUSY if busy else LOOK_SECONDS)

    async def _deliver(self, sending: Sending) -> None:
        """One thing. Whatever comes of it is noted; when even that fails it is tried anew after its lease."""
        try:
            try:
                address = int(self._keys.addresses.open(sending.address))
                content = json.loads(self._keys.contents.open(sending.content or ""))
            except (SealError, ValueError):
                await aside(self._queue.refused, sending, "sealed with another secret")
                return
            await aside(self._queue.hand_over, sending)
            try:
                outside_id = await self._call(sending, address, content)
            except TelegramError as error:
                await self._failed(sending, content, error)
            else:
                self._trouble.over(Cause.SENDING, Cause.TOKEN)
                await aside(self._queue.delivered, sending, outside_id)
                self._told_to_wait.pop(sending.chat_key, None)
        except LostClaimError:
            log.warning("telegram sending %s is in other hands, or erased", sending.id)
        except Exception as error:
            await self._tried_in_vain(sending, error)

    async def _tried_in_vain(self, sending: Sending, error: Exception) -> None:
        """Something we did not foresee: tried again, but not for ever, for what is behind it waits."""
        log.error("telegram sending %s: %s", sending.id, type(error).__name__)
        given_up = sending.attempts >= MOST_SURPRISES and not isinstance(error, STORING_FAILS)
        step = self._queue.refused if given_up else self._queue.later
        with contextlib.suppress(Exception):  # else its lease ends by itself
            await aside(step, sending, type(error).__name__)

    async def _send_export(self, sending: Sending, address: int, content: dict[str, Any]) -> int | None:
        """The file; when it cannot be made she hears that, and where else it can be read."""
        try:
            file = await aside(self._export, sending.conversation_id)
        except STORING_FAILS:
            raise
        except Exception as error:
            log.error("the file with everything cannot be made: %s", type(error).__name__)
            return await self._api.send(address, content["html"], content["plain"])
        return await self._api.send_file(address, file.name, file.content, content["words"]) if file else None

    async def _call(self, sending: Sending, address: int, content: dict[str, Any]) -> int | None:
        method = content["method"]
        if method == "send":
            rows = [[(title, data) for title, data in row] for row in content["rows"]]
            return await self._api.send(address, content["html"], content["plain"], rows)
        if method == EXPORT:
            return await self._send_export(sending, address, content)
        if method == CHOSEN:
            await self._api.show_choice(address, content["message"], content["title"], content["data"])
        elif method == "remove":
            await self._api.remove(address, content["messages"])
        elif method == "leave":
            await self._api.leave(address)
        return None

    async def _failed(self, sending: Sending, content: dict[str, Any], error: TelegramError) -> None:
        if isinstance(error, RetryAfter):
            await self._wait_as_told(sending, error)
        elif isinstance(error, Forbidden) or _says(error, *_NOBODY_THERE):
            await self._nobody_there(sending)
        elif isinstance(error, InvalidToken):
            self._trouble.begins(Cause.TOKEN)
            self._silent_until = self._clock() + REFUSED_TOKEN_WAITS
            await aside(self._queue.later, sending, "token", REFUSED_TOKEN_WAITS)
        elif isinstance(error, (BadRequest, ChatMigrated)):
            if content["method"] == "send":
                log.error("telegram refuses sending %s: %s", sending.id, type(error).__name__)
            await aside(self._queue.refused, sending, type(error).__name__)  # an old message that cannot be changed
        else:
            self._trouble.begins(Cause.SENDING, error)
            await aside(self._queue.later, sending, type(error).__name__)

    async def _wait_as_told(self, sending: Sending, error: RetryAfter) -> None:
        """One chat that must wait, waits alone; when two must at once it is about all of us."""
        asked = error.retry_after if isinstance(error.retry_after, timedelta) else timedelta(seconds=error.retry_after)
        now = self._clock()
        self._told_to_wait = {key: until for key, until in self._told_to_wait.items() if until > now}
        self._told_to_wait[sending.chat_key] = now + asked
        if len(self._told_to_wait) > 1:
            self._silent_until = max(self._told_to_wait.values())
        log.warning("telegram asks us to wait %d seconds", asked.total_seconds())
        await aside(self._queue.later, sending, "RetryAfter", asked)

    async def _nobody_there(self, sending: Sending) -> None:
        """She blocked us, or left Telegram: nothing more goes there, and what waits is kept until she is back."""
        if sending.conversation_id is None:
            await aside(self._queue.refused, sending, "Forbidden")
            return
        await aside(self._book.set_state, sending.chat_key, ChatState.BLOCKED)
        await aside(self._queue.release, sending)


def _says(error: TelegramError, *parts: str) -> bool:
    text = str(error).casefold()
    return isinstance(error, BadRequest) and any(part in text for part in parts)
