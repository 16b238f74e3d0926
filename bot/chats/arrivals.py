"""What came in from another company: kept before it is acknowledged, handled once, and in order within a chat.

Any number of processes may keep and handle. The number of the company makes an arrival one; of one chat the lowest
number that is not done is handled, and nothing of that chat beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.chats.leases import LOOSE, OPEN, Leases
from bot.chats.records import SEEN_FOR, Arrival, WorkState
from bot.chats.tables import arrivals
from knowledge.storage import Sessions

MOST_ATTEMPTS = 3
MOST_WAITING = 40
"""So many things of one chat may wait; what a flood brings beyond that is dropped."""

_COLUMNS = arrivals.c


class ArrivalBox:
    """The arrivals of one channel."""

    def __init__(self, sessions: Sessions, channel: str, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._channel = channel
        self._clock = clock
        self._leases: Leases[Arrival] = Leases(sessions, arrivals, channel, clock)

    def now(self) -> datetime:
        """The moment, by the clock of this box."""
        return self._clock()

    def keep(self, number: int, chat_key: str, content: str, outside_id: int | None = None) -> WorkState | None:
        """Store it; gives ``WAITING``, ``DROPPED`` when this chat is flooding us, ``None`` when it was known."""
        now = self._clock()
        arrival = Arrival(self._channel, number, chat_key, content, now, now, outside_id)
        try:
            with self._sessions.begin() as session:
                waiting = select(func.count()).where(_COLUMNS.chat_key == chat_key, _COLUMNS.state.in_(OPEN))
                if session.execute(waiting).scalar_one() >= MOST_WAITING:
                    arrival.state, arrival.content = WorkState.DROPPED, None
                session.add(arrival)
        except IntegrityError:
            return None
        return arrival.state

    def claim(self) -> Arrival | None:
        """Take up the next that may be handled; ``None`` when nothing may. One whose process died is taken up anew."""
        return self._leases.take(self._next)

    def done(self, arrival: Arrival) -> None:
        """It was handled: its content is wiped, its number stays known."""
        self._leases.change(arrival, state=WorkState.DONE, content=None, **LOOSE)

    def failed(self, arrival: Arrival) -> bool:
        """It went wrong: once more after a moment, or no more; ``True`` when it is given up."""
        if arrival.attempts >= MOST_ATTEMPTS:
            self._leases.change(arrival, state=WorkState.DROPPED, content=None, **LOOSE)
            return True
        due = self._clock() + timedelta(seconds=2**arrival.attempts)
        self._leases.change(arrival, state=WorkState.WAITING, due_at=due, **LOOSE)
        return False

    def release(self, arrival: Arrival) -> None:
        """Give it back untried, because the process stops."""
        self._leases.change(arrival, state=WorkState.WAITING, attempts=arrival.attempts - 1, **LOOSE)

    def outside_ids(self, chat_key: str, since: datetime) -> list[int]:
        """The numbers that her own messages of that time have in the chat."""
        chosen = select(_COLUMNS.outside_id).where(
            _COLUMNS.chat_key == chat_key, _COLUMNS.arrived_at > since, _COLUMNS.outside_id.is_not(None)
        )
        with self._sessions() as session:
            return list(session.scalars(chosen))

    def forget(self, chat_key: str) -> None:
        """Forget whose the things are that were handled; their numbers stay known, so that none comes twice."""
        handled = and_(_COLUMNS.chat_key == chat_key, _COLUMNS.state.not_in(OPEN))
        with self._sessions.begin() as session:
            session.execute(update(arrivals).where(handled).values(chat_key="", outside_id=None))

    def waiting(self) -> int:
        """How many are not handled yet."""
        return self._leases.count_open()

    def tidy(self) -> int:
        """Forget numbers that will not come again; gives how many."""
        old = and_(_COLUMNS.state.not_in(OPEN), _COLUMNS.arrived_at < self._clock() - SEEN_FOR)
        with self._sessions.begin() as session:
            return int(session.execute(delete(arrivals).where(old)).rowcount)

    def _next(self, _session: Session, now: datetime) -> Any:
        earlier = arrivals.alias()
        one_before = exists().where(
            earlier.c.channel == _COLUMNS.channel,
            earlier.c.chat_key == _COLUMNS.chat_key,
            earlier.c.state.in_(OPEN),
            earlier.c.number < _COLUMNS.number,
        )
        return select(Arrival).where(self._leases.free(now), ~one_before).order_by(_COLUMNS.number).limit(1)
