"""What coordinators do with a request: open, take up, contact, write, close with an outcome."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.request.base import Desk, NoSuchRequestError, locked, move, note, required_text
from bot.request.inbox import InboxFilter, InboxView, RequestLine, count_views, read_lines
from bot.request.notices import write_notice
from bot.request.record import Actor, Notice, Request, RequestEvent, RequestMessage
from bot.request.states import IN_HAND, NotAllowedError
from bot.request.tables import request_events, request_messages, request_notices, requests
from bot.request.vocabulary import EventKind, RequestState, Step
from bot.staff import Staff


class TakenError(Exception):
    """Somebody else has this request; ``owner`` is who, empty when nobody has taken it up yet."""

    def __init__(self, owner: str) -> None:
        super().__init__("this request is not in the hands of the one who acts")
        self.owner = owner


@dataclass(frozen=True)
class RequestFile:
    """One request with everything that happened: oldest first."""

    request: Request
    events: list[RequestEvent]
    messages: list[RequestMessage]
    notices: list[Notice]


class StaffSide(Desk):
    """The request at the desk. Who may act is checked here too: only within one's municipality, only the owner.

    Methods raise ``NoSuchRequestError``, ``NotAllowedError`` (the state does not allow it) and ``TakenError``.
    """

    def inbox(self, chosen: InboxFilter) -> list[RequestLine]:
        """The lines of one view: most urgent first, then least time left; what is done: latest first."""
        with self._sessions() as session:
            return read_lines(session, chosen, self._clock(), self.office)

    def counts(self, staff: Staff) -> dict[InboxView, int]:
        """How many requests stand in each view."""
        with self._sessions() as session:
            return count_views(session, staff)

    def open_file(self, reference: str, staff: Staff) -> RequestFile:
        """Everything about a request, for a screen; a sent request is thereby seen."""
        self.mark_seen(reference, staff)
        with self._sessions() as session:
            request = session.scalars(select(Request).where(requests.c.reference == reference)).one()
            mine = {RequestEvent: request_events, RequestMessage: request_messages}
            events, messages = (
                list(session.scalars(select(record).where(table.c.request_id == request.id).order_by(table.c.id)))
                for record, table in mine.items()
            )
            told = select(Notice).where(request_notices.c.request_id == request.id).order_by(request_notices.c.number)
            return RequestFile(request, events, messages, list(session.scalars(told)))

    def mark_seen(self, reference: str, staff: Staff) -> Request:
        """Note that somebody read it, the first time; later readers change nothing."""
        found = self.get(reference)
        if found is None or not _may_read(found, staff):
            raise NoSuchRequestError
        if found.state is not RequestState.SENT:
            return found
        with self._sessions.begin() as session:
            request = locked(session, requests.c.id == found.id)
            if request.state is RequestState.SENT:
                now = self._clock()
                move(session, request, Step.SEE, _actor(staff), now)
                request.seen_at = now
        return request

    def accept(self, reference: str, staff: Staff) -> Request:
        """Take it up. Of two at once one gets it; the other gets ``TakenError`` with who has it. She is told."""
        with self._sessions.begin() as session:
            request = self._locked(session, reference, staff)
            if request.state in IN_HAND:
                if request.owner_id != staff.id:
                    raise TakenError(request.owner)
                return request
            now = self._clock()
            move(session, request, Step.ACCEPT, _actor(staff), now)
            request.owner_id, request.owner, request.accepted_at = staff.id, staff.name, now
            write_notice(session, request, "utter_request_accepted", now, staff=staff.name)
        self.deliver_notices()
        return request

    def mark_contacted(self, reference: str, staff: Staff, *, reached: bool = True) -> Request:
        """There was contact; or it was tried in vain (``reached=False``): then the clock runs on, and she is asked
        here when it suits her, so that what she types now comes to this thread."""
        with self._sessions.begin() as session:
            request = self._owned(session, reference, staff)
            now = self._clock()
            if reached:
                move(session, request, Step.CONTACT, _actor(staff), now)
                request.contacted_at = request.contacted_at or now
                write_notice(session, request, "utter_request_contacted", now, staff=staff.name)
            else:
                request.chat_open = True  # she is asked when it suits her: her answer is for the one who asks
                note(session, request, EventKind.TRIED, _actor(staff), now)
                write_notice(session, request, "utter_request_tried", now, staff=staff.name)
        self.deliver_notices()
        return request

    def reply(self, reference: str, staff: Staff, text: str) -> RequestMessage:
        """Write to her. From now on what she types comes to this thread, until ``end_chat`` or ``resolve``.

        Raises ``TextError`` on an empty or too long text.
        """
        with self._sessions.begin() as session:
            request = self._owned(session, reference, staff)
            now = self._clock()
            message = RequestMessage(
                request.stored_id, now, from_carer=False, author=staff.name, text=required_text(text)
            )
            session.add(message)
            request.chat_open = True
            note(session, request, EventKind.MESSAGE_TO_CARER, _actor(staff), now)
            write_notice(session, request, "utter_request_message", now, staff=staff.name, text=message.text)
        self.deliver_notices()
        return message

    def end_chat(self, reference: str, staff: Staff) -> Request:
        """Close the talk in her widget: the assistant answers again. Nothing happens if none was open."""
        with self._sessions.begin() as session:
            request = self._owned(session, reference, staff)
            if not request.chat_open:
                return request
            now = self._clock()
            request.chat_open = False
            note(session, request, EventKind.CHAT_ENDED, _actor(staff), now)
            write_notice(session, request, "utter_request_chat_ended", now, staff=staff.name)
        self.deliver_notices()
        return request

    def resolve(self, reference: str, staff: Staff, outcome: str) -> Request:
        """Close it with the outcome in plain words, which she reads (R105). Raises ``TextError`` without them."""
        with self._sessions.begin() as session:
            request = self._owned(session, reference, staff)
            now = self._clock()
            request.outcome = required_text(outcome)
            move(session, request, Step.RESOLVE, _actor(staff), now, request.outcome)
            request.closed_at, request.chat_open = now, False
            write_notice(session, request, "utter_request_resolved", now, staff=staff.name, outcome=request.outcome)
        self.deliver_notices()
        return request

    def _locked(self, session: Session, reference: str, staff: Staff) -> Request:
        request = locked(session, requests.c.reference == reference)
        if not _may_read(request, staff):
            raise NoSuchRequestError
        return request

    def _owned(self, session: Session, reference: str, staff: Staff) -> Request:
        request = self._locked(session, reference, staff)
        if request.state not in IN_HAND:
            raise NotAllowedError(request.state, "act on")
        if request.owner_id != staff.id:
            raise TakenError(request.owner)
        return request


def _actor(staff: Staff) -> Actor:
    return Actor(staff.name, staff.id)


def _may_read(request: Request, staff: Staff) -> bool:
    """A draft is hers alone (invariant 3); the rest is for the municipality it was sent to."""
    return request.sent_at is not None and staff.serves(request.municipality)
