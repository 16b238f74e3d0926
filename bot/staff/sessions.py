"""Where somebody is signed in at the desk: one row a browser, so that they can look and end one, or all at once.

The row holds a mark of the session (a digest of its secret), never the secret; a browser and a system in plain words,
never an address. Without its row a session is nobody's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from bot.staff.tables import staff_sessions
from knowledge.storage import Sessions

SESSION_LASTS = timedelta(hours=10)
"""A long working day; then one signs in again."""
IDLE_LASTS = timedelta(hours=2)
"""Without a page being opened: long enough for a call or a visit at home, so that a letter half typed is not lost.
A page that refreshes itself does not count."""


@dataclass(frozen=True)
class Device:
    """A browser as people know it, such as Firefox and Windows; empty when it does not say."""

    browser: str = ""
    system: str = ""


@dataclass(frozen=True)
class OpenSession:
    """One place where somebody is signed in. ``mark`` recognises the browser that looks at the list."""

    id: int
    mark: str
    device: Device
    way: str
    began_at: datetime
    seen_at: datetime


class OpenSessions:
    """Begins, lists and ends sessions. ``half_way``: the password was right, the code was not given yet."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._clock = clock

    def begin(self, staff_id: int, secret: str, device: Device, way: str, *, half_way: bool, instead_of: str) -> None:
        """A new session; the one whose secret is ``instead_of`` ends in the same moment."""
        now, rows = self._clock(), staff_sessions
        row = {"staff_id": staff_id, "mark": mark_of(secret), "browser": device.browser, "system": device.system}
        with self._sessions.begin() as session:
            session.execute(delete(rows).where(rows.c.mark == mark_of(instead_of)))
            session.execute(insert(rows).values(**row, way=way, half_way=half_way, began_at=now, seen_at=now))

    def goes_on(self, staff_id: int, secret: str) -> bool:
        """Is this session still there?"""
        columns = staff_sessions.c
        mine = select(columns.id).where(columns.mark == mark_of(secret), columns.staff_id == staff_id)
        with self._sessions() as session:
            return session.execute(mine).first() is not None

    def seen(self, secret: str) -> None:
        """Somebody opened a page in it just now."""
        changed = update(staff_sessions).where(staff_sessions.c.mark == mark_of(secret))
        with self._sessions.begin() as session:
            session.execute(changed.values(seen_at=self._clock()))

    def of(self, staff_id: int) -> Sequence[OpenSession]:
        """Where this person is signed in now, the latest used first."""
        columns, now = staff_sessions.c, self._clock()
        theirs = select(staff_sessions).where(
            columns.staff_id == staff_id,
            columns.half_way.is_(False),
            columns.began_at > now - SESSION_LASTS,
            columns.seen_at > now - IDLE_LASTS,
        )
        with self._sessions() as session:
            rows = session.execute(theirs.order_by(columns.seen_at.desc(), columns.id.desc())).all()
        return [
            OpenSession(row.id, row.mark, Device(row.browser, row.system), row.way, row.began_at, row.seen_at)
            for row in rows
        ]

    def end(self, staff_id: int, number: str) -> bool:
        """End one session of this person; ``False`` when there is no such one (any more)."""
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return False
        columns = staff_sessions.c
        one = delete(staff_sessions).where(columns.id == int(number), columns.staff_id == staff_id)
        with self._sessions.begin() as session:
            return bool(session.execute(one).rowcount == 1)


def end_every_session(session: Session, staff_id: int) -> None:
    """In the running transaction: this person is signed in nowhere any more."""
    session.execute(delete(staff_sessions).where(staff_sessions.c.staff_id == staff_id))


def mark_of(secret: str) -> str:
    """How a session is known in the database. A secret of 128 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
