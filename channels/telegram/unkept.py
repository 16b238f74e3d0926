"""Answering in a chat while our database is away: straight to Telegram, past the queue, which is away too.

Nothing is lost by it: the update stays with Telegram, or with us, and is handled when the database is back.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from telegram.error import TelegramError

from bot.keeping import NotKeptError
from channels.telegram.chatting import Chatting
from channels.telegram.reading import Kind, Seen

log = logging.getLogger(__name__)
AGAIN_AFTER = 600.0  # seconds until the same chat hears once more that nothing is kept
MOST_REMEMBERED = 10_000
_WITH_WORDS = (Kind.TEXT, Kind.EDITED, Kind.THING)


class Unkept:
    """Tells what is told all the same: about danger once for each message, that it waits once in ten minutes."""

    def __init__(self, chatting: Chatting, seconds: Callable[[], float] = time.monotonic) -> None:
        self._chatting = chatting
        self._seconds = seconds
        self._told: OrderedDict[tuple[str, int], float] = OrderedDict()

    async def tell(self, seen: Seen, error: NotKeptError | None = None) -> None:
        """Tell it now, as far as Telegram is there. ``error``: what the reception said already."""
        if error is None and (seen.kind not in _WITH_WORDS or self._is_known(("read", seen.number))):
            return
        error = error or await self._chatting.door.not_kept([seen.text])
        what = ("danger", seen.number) if error.danger else ("waits", seen.chat)
        if self._is_known(what, None if error.danger else AGAIN_AFTER):
            self._note(("read", seen.number))
            return
        for each in error.said:
            content = self._chatting.show.own(each.name, {"address": self._chatting.address}).content
            try:
                await self._chatting.api.send(seen.chat, content["html"], content["plain"])
            except TelegramError as trouble:
                log.error("not told that nothing is kept: %s", type(trouble).__name__)
                return  # and so tried again when the same comes round once more
        self._note(what)
        self._note(("read", seen.number))

    def _is_known(self, what: tuple[str, int], lasts: float | None = None) -> bool:
        """Was it noted, so many seconds ago at most? ``None``: ever."""
        before = self._told.get(what)
        return before is not None and (lasts is None or self._seconds() - before < lasts)

    def _note(self, what: tuple[str, int]) -> None:
        self._told.pop(what, None)
        self._told[what] = self._seconds()
        if len(self._told) > MOST_REMEMBERED:
            self._told.popitem(last=False)
