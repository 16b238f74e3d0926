"""What must go out to another company: in order within a chat, no faster than it takes, and nothing lost on a crash.

Any number of processes may fill and empty the queue. How fast is counted in the table itself, so that two processes
together keep to what the company allows. When a process dies between the moment the company took a message and the
moment we noted that, the message goes out once more: the company gives no means to ask. She then reads it twice; a
message is never lost (docs/telegram.md says so).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from bot.chats.leases import LOOSE, OPEN, Leases
from bot.chats.records import ChatState, Sending, WorkState
from bot.chats.tables import chats, sendings
from knowledge.storage import Sessions

A_SECOND = timedelta(seconds=1)
MOST_A_SECOND = 25
"""Over all chats; Telegram allows 30, and two processes may count at the same instant."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=5)
TRIED_FOR = timedelta(days=3)
SENT_KEPT = timedelta(days=3)
"""What is there is remembered so long: Telegram lets us remove messages of the last two days."""

_COLUMNS = sendings.c


class LostClaimError(Exception):
    """Another process has this now, or it was erased."""


class SendingQueue:
    """The queue of one channel. ``apart``: the least time between two things in one chat."""

    def __init__(
        self, sessions: Sessions, channel: str, clock: Callable[[], datetime], apart: timedelta = A_SECOND
    ) -> None:
        self._sessions = sessions
        self._channel = channel
        self._clock = clock
        self._apart = apart
        self._leases: Leases[Sending] = Leases(sessions, sendings, channel, clock)

    def claim(self) -> Sending | None:
        """Take up what may go out now: what goes first, then the oldest; ``None`` when nothing may."""
        return self._leases.take(self._next)

    def hand_over(self, sending: Sending) -> None:
        """Note that she may have it from now on. Raises ``LostClaimError``: then it must not be sent."""
        now = self._clock()
        self._held(sending, {"handed_over_at": now}, _COLUMNS.claimed_until > now)
        sending.handed_over_at = now

    def delivered(self, sending: Sending, outside_id: int | None = None) -> None:
        """It is there, under this number. Raises ``LostClaimError``."""
        self._held(sending, {**_OVER, "state": WorkState.DONE, "outside_id": outside_id})

    def later(self, sending: Sending, reason: str, asked: timedelta | None = None) -> None:
        """Not now: again after ``asked``, or after a pause that doubles; after three days no more. Raises
        ``LostClaimError``."""
        now = self._clock()
        if now - sending.created_at > TRIED_FOR:
            self.refused(sending, reason)
            return
        doubled = FIRST_PAUSE * 2 ** min(max(sending.attempts, 1) - 1, 20)
        wait = asked if asked is not None else min(doubled, LONGEST_PAUSE)
        self._held(sending, {**LOOSE, "state": WorkState.WAITING, "due_at": now + wait, "reason": reason})

    def refused(self, sending: Sending, reason: str) -> None:
        """The company will not have it. Raises ``LostClaimError``."""
        self._held(sending, {**_OVER, "state": WorkState.DROPPED, "reason": reason})

    def release(self, sending: Sending) -> None:
        """Give it back untried, because the process stops or she cannot be reached. Raises ``LostClaimError``."""
        self._held(sending, {**LOOSE, "state": WorkState.WAITING, "attempts": sending.attempts - 1})

    def outside_ids(self, chat_key: str, since: datetime) -> list[int]:
        """The numbers that our messages of that time have in the chat."""
        chosen = select(_COLUMNS.outside_id).where(
            _COLUMNS.chat_key == chat_key, _COLUMNS.handed_over_at > since, _COLUMNS.outside_id.is_not(None)
        )
        with self._sessions() as session:
            return list(session.scalars(chosen))

    def forget(self, chat_key: str) -> None:
        """Remove what went out to a chat, or was refused."""
        over = and_(_COLUMNS.chat_key == chat_key, _COLUMNS.state.not_in(OPEN))
        with self._sessions.begin() as session:
            session.execute(delete(sendings).where(over))

    def waiting(self) -> int:
        """How many are not out yet, those that are held for somebody who stopped or blocked us left out."""
        return self._leases.count_open(~_is_held())

    def tidy(self) -> int:
        """Remove what went out, or was refused, days ago; gives how many."""
        old = and_(_COLUMNS.state.not_in(OPEN), _COLUMNS.created_at < self._clock() - SENT_KEPT)
        with self._sessions.begin() as session:
            return int(session.execute(delete(sendings).where(old)).rowcount)

    def _next(self, session: Session, now: datetime) -> Any:
        lately = select(func.count()).where(_COLUMNS.channel == self._channel, _COLUMNS.handed_over_at > now - A_SECOND)
        before, just_now = sendings.alias(), sendings.alias()
        one_before = exists().where(
            before.c.chat_key == _COLUMNS.chat_key,
            before.c.state.in_(OPEN),
            before.c.id < _COLUMNS.id,
            or_(before.c.first, ~_COLUMNS.first),  # what goes first passes everything but what goes first too
        )
        too_soon = exists().where(
            just_now.c.chat_key == _COLUMNS.chat_key, just_now.c.handed_over_at > now - self._apart
        )
        paced = session.execute(lately).scalar_one() >= MOST_A_SECOND
        may_go = _COLUMNS.first if paced else or_(_COLUMNS.first, ~too_soon)
        chosen = select(Sending).where(self._leases.free(now), ~one_before, ~_is_held(), may_go)
        return chosen.order_by(_COLUMNS.first.desc(), _COLUMNS.id).limit(1)

    def _held(self, sending: Sending, values: dict[str, Any], *more: Any) -> None:
        if not self._leases.change(sending, *more, **values):
            raise LostClaimError


def _is_held() -> Any:
    """A part of her talk, while she wants nothing from us or cannot be reached: it waits until she is back."""
    closed = exists().where(chats.c.key == _COLUMNS.chat_key, chats.c.state != ChatState.ACTIVE)
    return and_(_COLUMNS.conversation_id.is_not(None), closed)


_OVER: dict[str, Any] = {**LOOSE, "content": None, "address": ""}
