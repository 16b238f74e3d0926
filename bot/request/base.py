"""What both sides of the desk share: one locked request a transaction, an event for each change, notices after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.conversations import storable
from bot.request.clock import OfficeHours
from bot.request.notices import NoticeBox, Notify
from bot.request.record import Actor, Request, RequestEvent
from bot.request.states import state_after
from bot.request.tables import requests
from bot.request.vocabulary import EventKind, Step
from knowledge.storage import Sessions

MOST_TEXT = 4000
"""Longest text of one field, message or outcome, in characters."""


class NoSuchRequestError(LookupError):
    """There is no such request, or not for the one who asks."""


class TextError(ValueError):
    """A text that is needed is empty, or is too long; ``code`` is ``empty`` or ``too_long``."""

    def __init__(self, code: str) -> None:
        super().__init__(f"text is {code}")
        self.code = code


def required_text(text: str, most: int = MOST_TEXT) -> str:
    """The text as it may be stored. Raises ``TextError`` when nothing is left of it or it is too long."""
    clean = storable(text)
    if not clean:
        raise TextError("empty")
    if len(clean) > most:
        raise TextError("too_long")
    return clean


def locked(session: Session, condition: Any) -> Request:
    """The request, held until the transaction ends. Raises ``NoSuchRequestError``.

    Writing before reading takes the row lock on PostgreSQL and the write lock on SQLite, so that a decision on what is
    read here cannot be overtaken: of two people who accept at once, the second reads that the first has it.
    """
    if session.execute(update(requests).where(condition).values(reference=requests.c.reference)).rowcount != 1:
        raise NoSuchRequestError
    return session.scalars(select(Request).where(condition).execution_options(populate_existing=True)).one()


def move(session: Session, request: Request, step: Step, actor: Actor, now: datetime, reason: str = "") -> None:
    """Take the step, or raise ``NotAllowedError`` and change nothing."""
    request.state = state_after(request.state, step)
    note(session, request, _EVENT_OF[step], actor, now, reason)


def note(session: Session, request: Request, kind: EventKind, actor: Actor, now: datetime, reason: str = "") -> None:
    """Write in the history what happened, who did it and when."""
    if request.id is None:
        session.flush()
    session.add(RequestEvent(request.stored_id, kind, now, actor.name, actor.staff_id, reason))


_EVENT_OF: dict[Step, EventKind] = {
    Step.SEND: EventKind.SENT,
    Step.SEE: EventKind.SEEN,
    Step.ACCEPT: EventKind.ACCEPTED,
    Step.FORWARD: EventKind.FORWARDED,
    Step.CONTACT: EventKind.CONTACTED,
    Step.RESOLVE: EventKind.RESOLVED,
    Step.REOPEN: EventKind.REOPENED,
    Step.WITHDRAW: EventKind.WITHDRAWN,
}


def utc_now() -> datetime:
    """The moment, aware."""
    return datetime.now(timezone.utc)


class Desk:
    """Sessions, clock, office hours and the way to the carer."""

    def __init__(
        self,
        sessions: Sessions,
        clock: Callable[[], datetime] = utc_now,
        *,
        office: OfficeHours | None = None,
        notify: Notify | None = None,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self.office = office or OfficeHours()
        self._notices = NoticeBox(sessions, notify, clock) if notify is not None else None

    def now(self) -> datetime:
        """The moment by this desk's clock."""
        return self._clock()

    def deliver_notices(self) -> int:
        """Tell carers what is still to be told (after a restart, or after a failure); gives how many were told."""
        return self._notices.deliver() if self._notices is not None else 0

    def get(self, reference: str) -> Request | None:
        """The request with this reference, or ``None``."""
        with self._sessions() as session:
            return session.scalars(select(Request).where(requests.c.reference == reference)).one_or_none()
