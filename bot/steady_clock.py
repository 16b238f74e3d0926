"""Can the clock be trusted: enough to remove things for good, and enough to tell people what it says?

A clock that runs back removes nothing too early. A clock that jumps years ahead would make every talk look past its
end date. So after any jump, and when the house finds itself far from the last thing that happened in it, nothing is
removed for three days (a weekend) of real running time. Then the clock is taken to be right after all: keeping people's
words for ever is no safe side either. Meanwhile ``/health`` says so, and an operator can mend the clock, or remove what
is due by hand (``adempauze privacy purge``).

What people are told by the clock (a reminder, that it takes longer, a question weeks later) waits a quarter of an hour
after a jump, for it cannot be taken back, and most clocks are set right by then. It waits no longer: somebody may be
late in earnest. What was promised while the clock ran ahead is brought near again, as what is kept is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update

from bot.conversations.store import KEEP
from bot.conversations.tables import conversations
from bot.request.clock import OfficeHours, answer_by
from bot.request.record import Request
from bot.request.tables import requests
from knowledge.storage import Sessions

JUMP = timedelta(hours=1)
"""More than a clock that is set right drifts; a change to summer time is no jump, because we count in UTC."""

LONG_SILENCE = timedelta(days=30)
"""So long without a word from anybody is odd enough to wait."""

WAIT = timedelta(days=3)
CALM_AFTER = timedelta(minutes=15)

FAR = timedelta(days=120)
"""Nothing that the clock has to do lies further ahead, however many holidays are in between."""


def running_seconds() -> float:
    """Seconds that nobody can set, a sleeping machine counted in where the system can."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) if clock is not None else time.monotonic()


class SteadyClock:
    """Compares the clock with the time that really passed."""

    def __init__(
        self,
        now: Callable[[], datetime],
        newest: datetime | None,
        seconds: Callable[[], float] = running_seconds,
    ) -> None:
        """``newest``: when anything was said last, as the database has it; ``None`` when nothing ever was."""
        self._now = now
        self._seconds = seconds
        self._ahead = self._offset()
        self._doubt_since: float | None = None
        if newest is not None and not newest - JUMP <= now() <= newest + LONG_SILENCE:
            self._doubt_since = seconds()

    def trusted(self) -> bool:
        """May what is past its end date be removed now?"""
        offset = self._offset()
        if abs(offset - self._ahead) > JUMP:
            self._doubt_since = self._seconds()
        self._ahead = offset  # a clock that is set right bit by bit does not add up to a jump
        if self._doubt_since is not None and self._seconds() - self._doubt_since >= WAIT.total_seconds():
            self._doubt_since = None
        return self._doubt_since is None

    def calm(self) -> bool:
        """May people be told what the clock says is due?"""
        if self.trusted() or self._doubt_since is None:
            return True
        return self._seconds() - self._doubt_since >= CALM_AFTER.total_seconds()

    def _offset(self) -> timedelta:
        return timedelta(seconds=self._now().timestamp() - self._seconds())


def last_word(sessions: Sessions) -> datetime | None:
    """When anything was said last, in any talk."""
    with sessions() as session:
        newest: datetime | None = session.execute(select(func.max(conversations.c.last_at))).scalar_one()
    return newest


def bring_ends_near(sessions: Sessions, now: datetime) -> int:
    """Talks that were touched while the clock ran ahead would be kept for years: they end as others do; gives how many.

    Ask whether the clock is trusted first.
    """
    end = conversations.c.expires_at
    with sessions.begin() as session:
        far = update(conversations).where(end > now + KEEP + timedelta(days=1)).values(expires_at=now + KEEP)
        return int(session.execute(far).rowcount)


def bring_promises_near(sessions: Sessions, now: datetime, office_for: Callable[[str], OfficeHours]) -> int:
    """Requests that were sent, or looked at, while the clock ran ahead: the promise runs from now, and what the clock
    has to do for them is looked at anew; gives how many. Ask whether the clock is trusted first.
    """
    columns = requests.c
    ahead = or_(columns.sent_at > now + JUMP, columns.due_at > now + FAR, columns.ask_at > now + FAR)
    with sessions.begin() as session:
        found = list(session.scalars(select(Request).where(ahead)))
        for request in found:
            if request.sent_at is not None and request.sent_at > now + JUMP:
                request.sent_at = now
                if request.answer_by is not None:
                    request.answer_by = answer_by(now, request.urgency, office_for(request.municipality))
            for moment in ("due_at", "ask_at"):
                if getattr(request, moment) is not None:
                    setattr(request, moment, now)
    return len(found)
