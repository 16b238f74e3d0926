"""What must go out to another company: in order within a chat, no faster than it takes, and nothing lost on a crash.

Any number of processes may fill and empty the queue. How fast is counted in the table itself, so that two processes
together keep to what the company allows. When a process dies between the moment the company took a message and the
moment we noted that, the message goes out once more: the company gives no means to ask. She then reads it twice; a
message is never lost (docs/telegram.md says so).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update

from bot.chats.records import LEASE, ChatState, Sending, WorkState
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
_OPEN = (WorkState.WAITING, WorkState.TAKEN)


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

    def claim(self) -> Sending | None:
        """Take up what may go out now: what goes first, then the oldest; ``None`` when nothing may."""
        while True:
            now = self._clock()
            with self._sessions.begin() as session:
                paced = session.execute(self._handed_over_since(now - A_SECOND)).scalar_one() >= MOST_A_SECOND
                sending = session.scalars(self._next(now, only_first=paced)).first()
                if sending is None:
                    return None
                same = _COLUMNS.claim.is_(None) if sending.claim is None else _COLUMNS.claim == sending.claim
                taken = {
                    "state": WorkState.TAKEN,
                    "claim": str(uuid.uuid4()),
                    "claimed_until": now + LEASE,
                    "attempts": sending.attempts + 1,
                }
                mine = and_(_COLUMNS.id == sending.id, _COLUMNS.state == sending.state, same)
                session.expunge(sending)
                if session.execute(update(sendings).where(mine).values(**taken)).rowcount != 1:
                    continue
            for name, value in taken.items():
                setattr(sending, name, value)
            return sending

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
        self._held(sending, {**_LOOSE, "state": WorkState.WAITING, "due_at": now + wait, "reason": reason})

    def refused(self, sending: Sending, reason: str) -> None:
        """The company will not have it. Raises ``LostClaimError``."""
        self._held(sending, {**_OVER, "state": WorkState.DROPPED, "reason": reason})

    def release(self, sending: Sending) -> None:
        """Give it back untried, because the process stops or she cannot be reached. Raises ``LostClaimError``."""
        self._held(sending, {**_LOOSE, "state": WorkState.WAITING, "attempts": sending.attempts - 1})

    def outside_ids(self, chat_key: str, since: datetime) -> list[int]:
        """The numbers that our messages of that time have in the chat."""
        chosen = select(_COLUMNS.outside_id).where(
            _COLUMNS.chat_key == chat_key, _COLUMNS.handed_over_at > since, _COLUMNS.outside_id.is_not(None)
        )
        with self._sessions() as session:
            return list(session.scalars(chosen))

    def forget(self, chat_key: str) -> None:
        """Remove what went out to a chat, or was refused."""
        over = and_(_COLUMNS.chat_key == chat_key, _COLUMNS.state.not_in(_OPEN))
        with self._sessions.begin() as session:
            session.execute(delete(sendings).where(over))

    def waiting(self) -> int:
        """How many are not out yet, those that are held for somebody who stopped or blocked us left out."""
        chosen = select(func.count()).where(_COLUMNS.channel == self._channel, _COLUMNS.state.in_(_OPEN), ~_is_held())
        with self._sessions() as session:
            return int(session.execute(chosen).scalar_one())

    def tidy(self) -> int:
        """Remove what went out, or was refused, days ago; gives how many."""
        old = and_(_COLUMNS.state.not_in(_OPEN), _COLUMNS.created_at < self._clock() - SENT_KEPT)
        with self._sessions.begin() as session:
            return int(session.execute(delete(sendings).where(old)).rowcount)

    def _handed_over_since(self, moment: datetime) -> Any:
        return select(func.count()).where(_COLUMNS.channel == self._channel, _COLUMNS.handed_over_at > moment)

    def _next(self, now: datetime, *, only_first: bool) -> Any:
        free = or_(
            and_(_COLUMNS.state == WorkState.WAITING, _COLUMNS.due_at <= now),
            and_(_COLUMNS.state == WorkState.TAKEN, _COLUMNS.claimed_until < now),
        )
        before, lately = sendings.alias(), sendings.alias()
        one_before = exists().where(
            before.c.chat_key == _COLUMNS.chat_key,
            before.c.state.in_(_OPEN),
            before.c.id < _COLUMNS.id,
            or_(before.c.first, ~_COLUMNS.first),  # what goes first passes everything but what goes first too
        )
        too_soon = exists().where(lately.c.chat_key == _COLUMNS.chat_key, lately.c.handed_over_at > now - self._apart)
        may_go = _COLUMNS.first if only_first else or_(_COLUMNS.first, ~too_soon)
        chosen = select(Sending).where(_COLUMNS.channel == self._channel, free, ~one_before, ~_is_held(), may_go)
        return chosen.order_by(_COLUMNS.first.desc(), _COLUMNS.id).limit(1)

    def _held(self, sending: Sending, values: dict[str, Any], *more: Any) -> None:
        mine = and_(
            _COLUMNS.id == sending.id, _COLUMNS.state == WorkState.TAKEN, _COLUMNS.claim == sending.claim, *more
        )
        with self._sessions.begin() as session:
            if session.execute(update(sendings).where(mine).values(**values)).rowcount != 1:
                raise LostClaimError


def _is_held() -> Any:
    """A part of her talk, while she wants nothing from us or cannot be reached: it waits until she is back."""
    closed = exists().where(chats.c.key == _COLUMNS.chat_key, chats.c.state != ChatState.ACTIVE)
    return and_(_COLUMNS.conversation_id.is_not(None), closed)


_LOOSE: dict[str, Any] = {"claim": None, "claimed_until": None}
_OVER: dict[str, Any] = {**_LOOSE, "content": None, "address": ""}
