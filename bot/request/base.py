"""What both sides of the desk share: one locked request a transaction, an event for each change, notices after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.conversations.records import storable
from bot.outbox.writing import write_letters
from bot.privacy import without_bsn
from bot.request.clock import OfficeHours, answer_by
from bot.request.due import half_time
from bot.request.history import Actor, RequestEvent
from bot.request.looking_again import look_again
from bot.request.notices import NoticeBox, Notify
from bot.request.record import Request
from bot.request.states import state_after
from bot.request.tables import requests
from bot.request.vocabulary import EventKind, Step
from knowledge.storage import Sessions

MOST_TEXT = 4000
"""Longest text of one field, message or outcome, in characters."""


class NoSuchRequestError(LookupError):
    """There is no such request, or not for the one who asks."""


class TextError(ValueError):
    """A text that is needed cannot be used; ``code`` says why: ``empty``, ``too_long``, or what its user names."""

    def __init__(self, code: str) -> None:
        super().__init__(f"text is {code}")
        self.code = code


def required_text(text: str, most: int = MOST_TEXT, *, numbers: bool = False) -> str:
    """The text as it may be stored: without a BSN, also one that staff typed (invariant 10). Raises ``TextError`` when
    nothing is left of it or it is too long. ``numbers``: it is a number to call, which can look like a BSN."""
    clean = storable(text) if numbers else without_bsn(storable(text))[0]
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
    """Take the step, or raise ``NotAllowedError`` and change nothing. ``reason``: why, in words of who did it."""
    request.state = state_after(request.state, step)
    note(session, request, _EVENT_OF[step], actor, now, reason)


def note(session: Session, request: Request, kind: EventKind, actor: Actor, now: datetime, reason: str = "") -> None:
    """Write in the history what happened, who did it and when; and the letters to outside that go with it."""
    if request.id is None:
        session.flush()
    session.add(RequestEvent(request.stored_id, kind, now, actor.name, actor.staff_id, reason))
    look_again(session, request, kind, now)
    write_letters(session, request, kind, now)


_EVENT_OF: dict[Step, EventKind] = {
    Step.SEND: EventKind.SENT,
    Step.SEE: EventKind.SEEN,
    Step.ACCEPT: EventKind.ACCEPTED,
    Step.OFFER: EventKind.OFFERED,
    Step.TAKE_OVER: EventKind.TAKEN_OVER,
    Step.REFUSE: EventKind.REFUSED,
    Step.TAKE_BACK: EventKind.TAKEN_BACK,
    Step.FORWARD: EventKind.FORWARDED,
    Step.CONTACT: EventKind.CONTACTED,
    Step.TRY: EventKind.TRIED,
    Step.ASK: EventKind.ASKED,
    Step.PROPOSE: EventKind.PROPOSED,
    Step.PLAN: EventKind.PLANNED,
    Step.RESOLVE: EventKind.RESOLVED,
    Step.REOPEN: EventKind.REOPENED,
    Step.WITHDRAW: EventKind.WITHDRAWN,
}


def utc_now() -> datetime:
    """The moment, aware."""
    return datetime.now(timezone.utc)


OfficeOf = Callable[[str], "OfficeHours | None"]
"""The office hours of a municipality; ``None``: not known, the usual hours are meant."""


def end_forward(request: Request) -> None:
    """Nobody is asked to take it over any more."""
    request.forward_kind, request.forwarded_at = None, None
    request.forward_to = request.forward_by = request.forward_reason = ""
    request.forward_to_id = request.forward_by_id = None
    request.forward_team = request.forward_municipality = None


class Desk:
    """Sessions, clock, office hours and the way to the carer."""

    def __init__(
        self,
        sessions: Sessions,
        clock: Callable[[], datetime] = utc_now,
        *,
        office: OfficeHours | None = None,
        office_of: OfficeOf | None = None,
        notify: Notify | None = None,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self.office = office or OfficeHours()
        self._office_of = office_of
        self._notices = NoticeBox(sessions, notify, clock) if notify is not None else None

    def now(self) -> datetime:
        """The moment by this desk's clock."""
        return self._clock()

    def office_for(self, municipality: str) -> OfficeHours:
        """The office hours in which this municipality answers; the usual ones when nobody checked what they are."""
        own = self._office_of(municipality) if self._office_of is not None else None
        return own or self.office

    def _start_clock(self, request: Request, now: datetime) -> None:
        """From now on there is a promised moment, and the clock watches over it (R101)."""
        office = self.office_for(request.municipality)
        request.answer_by = answer_by(now, request.urgency, office)
        request.due_at = half_time(now, request.answer_by, office)
        request.second_id, request.second = None, ""

    def deliver_notices(self) -> int:
        """Tell carers what is still to be told (after a restart, or after a failure); gives how many were told."""
        return self._notices.deliver() if self._notices is not None else 0

    def get(self, reference: str) -> Request | None:
        """The request with this reference, or ``None``."""
        with self._sessions() as session:
            return session.scalars(select(Request).where(requests.c.reference == reference)).one_or_none()
