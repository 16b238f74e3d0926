"""Live messages: a bell for each open stream, rung by this process, and a look in the database for all others."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from typing import Any

from sse_starlette import ServerSentEvent
from starlette.concurrency import run_in_threadpool

from bot.conversations.store import ConversationStore
from channels.aside import rest_until
from channels.web.presenting import RequestNow, messages_as_json
from channels.web.refusals import where_it_failed

log = logging.getLogger(__name__)
LOOK_SECONDS = 2.0  # how late a message from another process may be
LOOKS_BEFORE_ASKING = 15  # every so many quiet looks: is the conversation still there?


class Arrivals:
    """Wakes the streams of a conversation when something changed in it."""

    def __init__(self) -> None:
        self._bells: dict[str, set[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}

    def ring(self, conversation_id: str) -> None:
        """Something changed; may be called from any thread."""
        for loop, bell in tuple(self._bells.get(conversation_id, ())):
            with contextlib.suppress(RuntimeError):  # the loop of a stream that is just ending
                loop.call_soon_threadsafe(bell.set)

    @contextlib.contextmanager
    def listening(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """A bell for as long as the stream is open."""
        entry = (asyncio.get_running_loop(), asyncio.Event())
        self._bells.setdefault(conversation_id, set()).add(entry)
        try:
            yield entry[1]
        finally:
            self._bells[conversation_id].discard(entry)
            if not self._bells[conversation_id]:
                del self._bells[conversation_id]


async def stream_messages(
    conversations: ConversationStore,
    arrivals: Arrivals,
    request_now: RequestNow,
    conversation_id: str,
    after: int,
) -> AsyncIterator[ServerSentEvent]:
    """Everything after ``after``, then whatever comes; ``gone`` when the conversation is. Ends quietly on a failure:
    the browser comes back by itself with the number of the last message it saw."""
    yield ServerSentEvent(event="ready", data="", retry=2000)
    try:
        async with contextlib.aclosing(_follow(conversations, arrivals, request_now, conversation_id, after)) as events:
            async for event in events:
                yield event
    except Exception as error:
        log.error("stream ended: %s", where_it_failed(error))


async def _follow(
    conversations: ConversationStore, arrivals: Arrivals, request_now: RequestNow, conversation_id: str, after: int
) -> AsyncGenerator[ServerSentEvent, None]:
    quiet_looks = 0
    with arrivals.listening(conversation_id) as bell:
        while True:
            rung = bell.is_set()
            bell.clear()
            new = await run_in_threadpool(conversations.since, conversation_id, after)
            for shown in await messages_as_json(new, request_now):
                after = shown["id"]
                yield _event(shown)
            quiet_looks = 0 if new else quiet_looks + 1
            if not new and (rung or quiet_looks % LOOKS_BEFORE_ASKING == 1):
                still_there = await run_in_threadpool(conversations.get, conversation_id)
                if still_there is None:
                    yield ServerSentEvent(event="gone", data="")
                    return
            await rest_until(bell, LOOK_SECONDS)


def _event(shown: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(event="message", id=str(shown["id"]), data=json.dumps(shown, ensure_ascii=False))
