"""When nothing can be kept: the database is gone, locked, or its disk is full. Danger is answered all the same.

What she wrote then stays with her (the widget, Telegram) and comes again under the same mark; what she is told
meanwhile is not stored, so a channel shows it beside the talk.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.safety.kinds import Danger
from bot.wording import Utterance

STORING_FAILS = (SQLAlchemyError, OSError)
"""What a store raises when it cannot keep or read something. The text of these errors may quote a person."""

LOOK_AFTER = 1.0
"""Seconds between two looks whether the database is back."""

MOST_QUESTIONS = 5_000


class NotKeptError(Exception):
    """It was not kept, or not all of it. ``said``: what she is told all the same; ``danger``: is it about danger?"""

    def __init__(self, said: Sequence[Utterance], *, danger: bool) -> None:
        super().__init__("not kept")
        self.said = tuple(said)
        self.danger = danger


class Outage:
    """Remembers that storing failed, so that nobody else waits for a database that does not answer.

    ``probe`` writes nothing but would fail as a message does; it runs in a thread, because a locked file makes it wait.
    """

    def __init__(self, probe: Callable[[], None], seconds: Callable[[], float] = time.monotonic) -> None:
        self._probe = probe
        self._seconds = seconds
        self._since: float | None = None
        self._look_at = 0.0
        self.times = 0

    @property
    def on(self) -> bool:
        """Did the last attempt fail?"""
        return self._since is not None

    def begin(self) -> None:
        """Storing failed just now. Said again while it lasts, this puts off no look."""
        if self._since is None:
            self._since = self._seconds()
            self._look_at = self._since + LOOK_AFTER
            self.times += 1

    async def lasts(self) -> bool:
        """Is there no use in trying? Looks at most once a second, one look at a time."""
        if self._since is None:
            return False
        if self._seconds() < self._look_at:
            return True
        self._look_at = float("inf")  # who comes while we look, need not wait
        try:
            await asyncio.to_thread(self._probe)
        except STORING_FAILS:
            self._look_at = self._seconds() + LOOK_AFTER
            return True
        except BaseException:  # whoever asked, left
            self._look_at = self._seconds()
            raise
        self._since = None
        return False


class OpenQuestions:
    """The gentle questions about danger that are open, also in memory: her "ja" is understood without a database.

    Of this process only; the least recent are forgotten first.
    """

    def __init__(self, most: int = MOST_QUESTIONS) -> None:
        self._open: OrderedDict[str, Danger] = OrderedDict()
        self._most = most

    def of(self, conversation_id: str) -> Danger | None:
        """The question that is open in this conversation."""
        return self._open.get(conversation_id)

    def note(self, conversation_id: str, question: Danger | None) -> None:
        """This question is open now, or none."""
        self._open.pop(conversation_id, None)
        if question is not None:
            self._open[conversation_id] = question
        if len(self._open) > self._most:
            self._open.popitem(last=False)
