"""Taking up a piece of work that several processes share: by one at a time, for as long as a lease lasts.

What comes in and what goes out both stand in a table with the same columns: state, when it is due, how often it was
tried, who has it and until when. Whoever dies with something in hand lets go of it by itself, once its lease is over.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Table, and_, func, or_, select, update
from sqlalchemy.orm import Session

from bot.chats.records import LEASE, Arrival, Sending, WorkState
from knowledge.storage import Sessions

OPEN = (WorkState.WAITING, WorkState.TAKEN)
LOOSE: dict[str, Any] = {"claim": None, "claimed_until": None}
"""Nobody has it in hand."""

_Work = TypeVar("_Work", Arrival, Sending)


class Leases(Generic[_Work]):
    """The work of one channel in one ``table``."""

    def __init__(self, sessions: Sessions, table: Table, channel: str, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._table = table
        self._channel = channel
        self._clock = clock

    def take(self, choose: Callable[[Session, datetime], Any]) -> _Work | None:
        """Take up what ``choose`` selects first; ``None`` when that is nothing. Who is quicker goes first."""
        columns = self._table.c
        while True:
            now = self._clock()
            with self._sessions.begin() as session:
                work: _Work | None = session.scalars(choose(session, now)).first()
                if work is None:
                    return None
                same = columns.claim.is_(None) if work.claim is None else columns.claim == work.claim
                taken = {
                    "state": WorkState.TAKEN,
                    "claim": str(uuid.uuid4()),
                    "claimed_until": now + LEASE,
                    "attempts": work.attempts + 1,
                }
                as_seen = and_(columns.id == work.id, columns.state == work.state, same)
                session.expunge(work)
                if session.execute(update(self._table).where(as_seen).values(**taken)).rowcount != 1:
                    continue
            for name, value in taken.items():
                setattr(work, name, value)
            return work

    def change(self, work: _Work, *conditions: Any, **values: Any) -> bool:
        """Change what we have in hand; ``False`` when another has it by now, or it was erased."""
        columns = self._table.c
        mine = and_(columns.id == work.id, columns.state == WorkState.TAKEN, columns.claim == work.claim, *conditions)
        with self._sessions.begin() as session:
            return bool(session.execute(update(self._table).where(mine).values(**values)).rowcount == 1)

    def free(self, now: datetime) -> Any:
        """Of this channel, and in nobody's hands: it waits and is due, or whoever had it let its lease end."""
        columns = self._table.c
        return and_(
            columns.channel == self._channel,
            or_(
                and_(columns.state == WorkState.WAITING, columns.due_at <= now),
                and_(columns.state == WorkState.TAKEN, columns.claimed_until < now),
            ),
        )

    def count_open(self, *conditions: Any) -> int:
        """How many are not done."""
        columns = self._table.c
        chosen = select(func.count()).where(columns.channel == self._channel, columns.state.in_(OPEN), *conditions)
        with self._sessions() as session:
            return int(session.execute(chosen).scalar_one())
