"""What came in from another company: kept before it is acknowledged, handled once, and in order within a chat.

Any number of processes may keep and handle. The number of the company makes an arrival one; of one chat the lowest
number that is not done is handled, and nothing of that chat beside it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.chats.records import LEASE, SEEN_FOR, Arrival, WorkState
from bot.chats.tables import arrivals
from knowledge.storage import Sessions

MOST_ATTEMPTS = 3
MOST_WAITING = 40
"""So many things of one chat may wait; what a flood brings beyond that is dropped."""

_COLUMNS = arrivals.c
_OPEN = (WorkState.WAITING, WorkState.TAKEN)


class ArrivalBox:
    """The arrivals of one channel."""

    def __init__(self, sessions: Sessions, channel: str, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._channel = channel
        self._clock = clock

    def now(self) -> datetime:
        """The moment, by the clock of this box."""
        return self._clock()

    def keep(self, number: int, chat_key: str, content: str, outside_id: int | None = None) -> WorkState | None:
        """Store it; gives ``WAITING``, ``DROPPED`` when this chat is flooding us, ``None`` when it was known."""
        now = self._clock()
        arrival = Arrival(self._channel, number, chat_key, content, now, now, outside_id)
        try:
            with self._sessions.begin() as session:
                waiting = select(func.count()).where(_COLUMNS.chat_key == chat_key, _COLUMNS.state.in_(_OPEN))
                if session.execute(waiting).scalar_one() >= MOST_WAITING:
                    arrival.state, arrival.content = WorkState.DROPPED, None
                session.add(arrival)
        except IntegrityError:
            return None
        return arrival.state

    def claim(self) -> Arrival | None:
        """Take up the next that may be handled; ``None`` when nothing may. One whose process died is taken up anew."""
        while True:
            now = self._clock()
            with self._sessions.begin() as session:
                arrival = session.scalars(self._next(now)).first()
                if arrival is None:
                    return None
                same = _COLUMNS.claim.is_(None) if arrival.claim is None else _COLUMNS.claim == arrival.claim
                taken = {
                    "state": WorkState.TAKEN,
                    "claim": str(uuid.uuid4()),
                    "claimed_until": now + LEASE,
                    "attempts": arrival.attempts + 1,
                }
                mine = and_(_COLUMNS.id == arrival.id, _COLUMNS.state == arrival.state, same)
                session.expunge(arrival)
                if session.execute(update(arrivals).where(mine).values(**taken)).rowcount != 1:
                    continue
            for name, value in taken.items():
                setattr(arrival, name, value)
            return arrival

    def done(self, arrival: Arrival) -> None:
        """It was handled: its content is wiped, its number stays known."""
        self._change(arrival, state=WorkState.DONE, content=None, claim=None, claimed_until=None)

    def failed(self, arrival: Arrival) -> bool:
        """It went wrong: once more after a moment, or no more; ``True`` when it is given up."""
        if arrival.attempts >= MOST_ATTEMPTS:
            self._change(arrival, state=WorkState.DROPPED, content=None, claim=None, claimed_until=None)
            return True
        due = self._clock() + timedelta(seconds=2**arrival.attempts)
        self._change(arrival, state=WorkState.WAITING, due_at=due, claim=None, claimed_until=None)
        return False

    def release(self, arrival: Arrival) -> None:
        """Give it back untried, because the process stops."""
        attempts = arrival.attempts - 1
        self._change(arrival, state=WorkState.WAITING, attempts=attempts, claim=None, claimed_until=None)

    def outside_ids(self, chat_key: str, since: datetime) -> list[int]:
        """The numbers that her own messages of that time have in the chat."""
        chosen = select(_COLUMNS.outside_id).where(
            _COLUMNS.chat_key == chat_key, _COLUMNS.arrived_at > since, _COLUMNS.outside_id.is_not(None)
        )
        with self._sessions() as session:
            return list(session.scalars(chosen))

    def forget(self, chat_key: str) -> None:
        """Forget whose the things are that were handled; their numbers stay known, so that none comes twice."""
        handled = and_(_COLUMNS.chat_key == chat_key, _COLUMNS.state.not_in(_OPEN))
        with self._sessions.begin() as session:
            session.execute(update(arrivals).where(handled).values(chat_key="", outside_id=None))

    def waiting(self) -> int:
        """How many are not handled yet."""
        with self._sessions() as session:
            chosen = select(func.count()).where(_COLUMNS.channel == self._channel, _COLUMNS.state.in_(_OPEN))
            return int(session.execute(chosen).scalar_one())

    def tidy(self) -> int:
        """Forget numbers that will not come again; gives how many."""
        old = and_(_COLUMNS.state.not_in(_OPEN), _COLUMNS.arrived_at < self._clock() - SEEN_FOR)
        with self._sessions.begin() as session:
            return int(session.execute(delete(arrivals).where(old)).rowcount)

    def _next(self, now: datetime) -> Any:
        earlier = arrivals.alias()
        one_before = exists().where(
            earlier.c.channel == _COLUMNS.channel,
            earlier.c.chat_key == _COLUMNS.chat_key,
            earlier.c.state.in_(_OPEN),
            earlier.c.number < _COLUMNS.number,
        )
        free = or_(
            and_(_COLUMNS.state == WorkState.WAITING, _COLUMNS.due_at <= now),
            and_(_COLUMNS.state == WorkState.TAKEN, _COLUMNS.claimed_until < now),
        )
        chosen = select(Arrival).where(_COLUMNS.channel == self._channel, free, ~one_before)
        return chosen.order_by(_COLUMNS.number).limit(1)

    def _change(self, arrival: Arrival, **values: Any) -> None:
        mine = and_(_COLUMNS.id == arrival.id, _COLUMNS.claim == arrival.claim)
        with self._sessions.begin() as session:
            session.execute(update(arrivals).where(mine).values(**values))
