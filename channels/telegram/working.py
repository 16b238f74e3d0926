"""Takes up what arrived: several chats at once, one thing at a time in each, and each thing to its end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable

from bot.chats.arrivals import ArrivalBox
from bot.chats.keys import ChatKeys
from bot.chats.records import Arrival
from bot.keeping import STORING_FAILS, NotKeptError
from channels.aside import claimed, rest_until
from channels.telegram.handling import Handling
from channels.telegram.reading import Seen, read_update
from channels.telegram.trouble import Cause, Trouble
from channels.web.refusals import where_it_failed

log = logging.getLogger(__name__)
MOST_AT_ONCE = 8  # chats whose turn is under way; a turn computes, so more would not be quicker
LOOK_SECONDS = 1.0  # how late something of another process may be
Counts = Counter[str]
"""How often: ``received``, ``ignored``, ``unreadable``, ``duplicate``, ``dropped``, ``failed``."""
TellUnkept = Callable[[Seen, "NotKeptError | None"], Awaitable[None]]


class Worker:
    """``tell_unkept``: answers somebody while nothing can be stored. ``answered``: called after each."""

    def __init__(
        self,
        arrivals: ArrivalBox,
        keys: ChatKeys,
        handling: Handling,
        trouble: Trouble,
        counts: Counts,
        tell_unkept: TellUnkept,
        answered: Callable[[], None],
    ) -> None:
        self._arrivals = arrivals
        self._keys = keys
        self._handling = handling
        self._trouble = trouble
        self._counts = counts
        self._tell_unkept = tell_unkept
        self._answered = answered
        self._bell = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()

    def ring(self) -> None:
        """Something arrived."""
        self._bell.set()

    async def run(self) -> None:
        """Until cancelled; what is under way then is given back."""
        try:
            while True:
                self._bell.clear()
                if not await self._start_next():
                    await rest_until(self._bell, LOOK_SECONDS)
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _start_next(self) -> bool:
        if len(self._under_way) >= MOST_AT_ONCE:
            await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        try:
            arrival = await claimed(self._arrivals.claim, self._arrivals.release)
        except Exception as error:
            self._trouble.begins(Cause.DATABASE, error)
            return False
        if arrival is None:
            return False
        task = asyncio.create_task(self._handle(arrival))
        self._under_way.add(task)
        task.add_done_callback(self._handled)
        return True

    def _handled(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._bell.set()  # the next of this chat may be handled now

    async def _handle(self, arrival: Arrival) -> None:
        try:
            await self._handling.handle(arrival)
            await asyncio.to_thread(self._arrivals.done, arrival)
            self._trouble.over(Cause.DATABASE)
        except asyncio.CancelledError:
            self._arrivals.release(arrival)
            raise
        except Exception as error:
            self._counts["failed"] += 1
            await self._put_right(arrival, error)
        self._answered()

    async def _put_right(self, arrival: Arrival, error: Exception) -> None:
        if isinstance(error, (NotKeptError, *STORING_FAILS)):
            self._trouble.begins(Cause.DATABASE, error)
            seen = read_update(json.loads(self._keys.contents.open(arrival.content or "")))
            if seen is not None:
                await self._tell_unkept(seen, error if isinstance(error, NotKeptError) else None)
        else:
            log.error("telegram update failed: %s", where_it_failed(error))
        with contextlib.suppress(Exception):  # its lease ends by itself
            if await asyncio.to_thread(self._arrivals.failed, arrival):
                await self._handling.apologise(arrival)
