"""Streams that stay open: how many there may be, and what each of them holds until it ends."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.types import Receive, Scope, Send

from channels.web.refusals import RefusalError

PING_SECONDS = 15  # the widget takes a stream that is silent for three of these as lost
SEND_SECONDS = 30  # for one event to be taken
MOST_STREAMS = 8  # open at once for one conversation: tabs and devices
MOST_STREAMS_THERE = 400  # open at once from one address: a town hall, or a provider that shares one
BUSY_SECONDS = 30.0  # until there may be a place again


class OpenStreams:
    """How many streams are open, per conversation and per address.

    A place is taken before the answer begins: sixty that ask at one moment would all find the room still empty.
    """

    def __init__(self) -> None:
        self._conversations: Counter[str] = Counter()
        self._addresses: Counter[str] = Counter()

    def of(self, conversation_id: str) -> int:
        """How many are open for this conversation."""
        return self._conversations[conversation_id]

    @contextlib.contextmanager
    def place(self, conversation_id: str, address: str) -> Iterator[None]:
        """One more, for as long as it is open; ``RefusalError`` when there is no room for it."""
        if self._conversations[conversation_id] >= MOST_STREAMS or self._addresses[address] >= MOST_STREAMS_THERE:
            raise RefusalError(429, "too_many", retry_after=BUSY_SECONDS)
        counted = ((self._conversations, conversation_id), (self._addresses, address))
        for counter, key in counted:
            counter[key] += 1
        try:
            yield
        finally:
            for counter, key in counted:
                counter[key] -= 1
                if not counter[key]:
                    del counter[key]


class LiveResponse(EventSourceResponse):
    """A stream that keeps its ``place`` until it ends, however it ends: also when she left before the first byte."""

    def __init__(self, events: AsyncIterator[ServerSentEvent]) -> None:
        super().__init__(events, ping=PING_SECONDS, send_timeout=SEND_SECONDS)
        self.place: contextlib.AbstractContextManager[object] = contextlib.nullcontext()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until one of the two has had enough."""
        with self.place:
            await super().__call__(scope, receive, send)
