"""What coordinators do with a request: open, take up, contact, ask, plan, write, close with an outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.request.base import NoSuchRequestError, TextError, end_forward, locked, move, note, required_text
from bot.request.clock import day_in_words, moment_in_words
from bot.request.forwarding import Forwarding
from bot.request.hands import actor, is_asked, may_read
from bot.request.history import Notice, RequestEvent, RequestMessage, RequestNote
from bot.request.inbox import InboxFilter, InboxView, RequestLine, count_views, find_lines, read_lines
from bot.request.notices import write_notice
from bot.request.outcome import plain_outcome
from bot.request.record import Request
from bot.request.states import IN_HAND
from bot.request.tables import request_events, request_messages, request_notes, request_notices, requests
from bot.request.vocabulary import EventKind, RequestState, Step
from bot.staff.accounts import Staff

FURTHEST_MOMENT = timedelta(days=365)


@dataclass(frozen=True)
class RequestFile:
    """One request with everything that happened: oldest first."""

    request: Request
    events: list[RequestEvent]
    messages: list[RequestMessage]
    notices: list[Notice]
    notes: list[RequestNote] = field(default_factory=list)


class StaffSide(Forwarding):
    """The request at the desk. Who may act is checked here too: only within one's municipality, only the owner.

    Methods raise ``NoSuchRequestError``, ``NotAllowedError`` (the state does not allow it) and ``TakenError``.
    """

    def inbox(self, chosen: InboxFilter) -> list[RequestLine]:
        """The lines of one view: most urgent first, then least time left; what is done: latest first."""
        with self._sessions() as session:
            return read_lines(session, chosen, self._clock(), self.office_for)

    def search(self, staff: Staff, typed: str) -> list[RequestLine]:
        """Requests that hold every word that was typed, newest first, within what this person may see; at most one
        page. Drafts and what was withdrawn are never found by their words."""
        with self._sessions() as session:
            return find_lines(session, staff, typed, self._clock(), self.office_for)

    def counts(self, staff: Staff) -> dict[InboxView, int]:
        """How many requests stand in each view."""
        with self._sessions() as session:
            return count_views(session, staff)

    def open_file(self, reference: str, staff: Staff) -> RequestFile:
        """Everything about a request, for a screen; a sent request is thereby seen."""
        self.mark_seen(reference, staff)
        with self._sessions() as session:
            request = session.scalars(select(Request).where(requests.c.reference == reference)).one()
            mine = {RequestEvent: request_events, RequestMessage: request_messages, RequestNote: request_notes}
            events, messages, notes = (
                list(session.scalars(select(record).where(table.c.request_id == request.id).order_by(table.c.id)))
                for record, table in mine.items()
            )
            told = select(Notice).where(request_notices.c.request_id == request.id).order_by(request_notices.c.number)
            return RequestFile(request, events, messages, list(session.scalars(told)), notes)

    def mark_seen(self, reference: str, staff: Staff) -> Request:
        """Note that somebody read it, the first time; later readers change nothing.

        Raises ``NoSuchRequestError`` when there is none that this person may read.
        """
        found = self.get(reference)
        if found is None or not may_read(found, staff):
            raise NoSuchRequestError
        if found.state is not RequestState.SENT:
            return found
        with self._sessions.begin() as session:
            request = locked(session, requests.c.id == found.id)
            if request.state is RequestState.SENT:
                now = self._clock()
                move(session, request, Step.SEE, actor(staff), now)
                request.seen_at = now
        return request

    def accept(self, reference: str, staff: Staff) -> Request:
        """Take it up, or take it over when that was asked. Of two at once one gets it; the other gets ``TakenError``
        with who has it. She is told."""
        with self._sessions.begin() as session:
            request = self._locked(session, reference, staff)
            if request.state in IN_HAND and request.owner_id == staff.id:
                return request
            now, elsewhere = self._clock(), not staff.serves(request.municipality)
            if request.state in IN_HAND or (elsewhere and is_asked(request, staff)):
                self._take_over(session, request, staff, now)
            else:
                move(session, request, Step.ACCEPT, actor(staff), now)
                request.owner_id, request.owner, request.accepted_at = staff.id, staff.name, now
                request.team = staff.team or request.team
                end_forward(request)
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
                move(session, request, Step.CONTACT, actor(staff), now)
                request.contacted_at = request.contacted_at or now
                request.due_at, request.callback_at, request.waiting_since = None, None, None
                write_notice(session, request, "utter_request_contacted", now, staff=staff.name)
            else:
                request.chat_open = True  # she is asked when it suits her: her answer is for the one who asks
                request.waiting_since = request.waiting_since or now
                move(session, request, Step.TRY, actor(staff), now)
                write_notice(session, request, "utter_request_tried", now, staff=staff.name)
        self.deliver_notices()
        return request

    def ask(self, reference: str, staff: Staff, question: str) -> RequestMessage:
        """Ask her something: a message to which the next word is hers; until then it waits for her."""
        with self._sessions.begin() as session:
            request = self._owned(session, reference, staff)
            now = self._clock()
            message = _write(session, request, staff, question, now)
            move(session, request, Step.ASK, actor(staff), now)
            request.waiting_since = now
        self.deliver_notices()
        return message

    def plan(self, reference: str, staff: Staff, at: datetime) -> Request:
        """Agree on a moment to call her back (aware); both see it. A new moment takes the place of the old one.

        Raises ``TextError`` (``past``, ``too_far``) for a moment that is not ahead, or more than a year ahead.
        """
        with self._sessions.begin() as session:
            request = self._owned(session, reference, staff)
            now = self._clock()
            if not now < at <= now + FURTHEST_MOMENT:
                raise TextError("past" if at <= now else "too_far")
            spoken = moment_in_words(at)
            move(session, request, Step.PLAN, actor(staff), now, spoken)
            request.callback_at = at
            write_notice(session, request, "utter_request_planned", now, staff=staff.name, moment=spoken)
        self.deliver_notices()
        return request

    def add_note(self, reference: str, staff: Staff, text: str) -> RequestNote:
        """Keep something for the desk itself; she never reads it. Everybody who may read the request may note."""
        with self._sessions.begin() as session:
            request = self._locked(session, reference, staff)
            noted = RequestNote(request.stored_id, self._clock(), staff.name, required_text(text), staff.id)
            session.add(noted)
        return noted

    def reply(self, reference: str, staff: Staff, text: str) -> RequestMessage:
        """Write to her. From now on what she types comes to this thread, until ``end_chat`` or ``resolve``.

        Raises ``TextError`` on an empty or too long text.
        """
        with self._sessions.begin() as session:
            request = self._owned(session, reference, staff)
            now = self._clock()
            message = _write(session, request, staff, text, now)
            note(session, request, EventKind.MESSAGE_TO_CARER, actor(staff), now)
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
            note(session, request, EventKind.CHAT_ENDED, actor(staff), now)
            write_notice(session, request, "utter_request_chat_ended", now, staff=staff.name)
        self.deliver_notices()
        return request

    def resolve(self, reference: str, staff: Staff, outcome: str) -> Request:
        """Close it with the outcome in plain words, which she reads (R105). Raises ``TextError`` without them, and
        (``bare``) when they say no more than that it is closed."""
        with self._sessions.begin() as session:
            request = self._owned(session, reference, staff)
            now = self._clock()
            request.outcome = plain_outcome(outcome)
            move(session, request, Step.RESOLVE, actor(staff), now, request.outcome)
            request.closed_at, request.chat_open = now, False
            request.due_at, request.callback_at, request.waiting_since = None, None, None
            end_forward(request)
            write_notice(session, request, "utter_request_resolved", now, staff=staff.name, outcome=request.outcome)
        self.deliver_notices()
        return request

    def reopen_here(self, reference: str, staff: Staff, reason: str) -> Request:
        """Open it again from the desk, with a reason and a new promised moment, which she reads. It waits until
        somebody takes it up. Raises ``TextError`` without a reason."""
        with self._sessions.begin() as session:
            request = self._locked(session, reference, staff)
            now = self._clock()
            move(session, request, Step.REOPEN, actor(staff), now, required_text(reason))
            request.closed_at, request.contacted_at = None, None
            self._start_clock(request, now)
            assert request.answer_by is not None
            spoken = day_in_words(request.answer_by)
            write_notice(session, request, "utter_request_opened_again", now, staff=staff.name, moment=spoken)
        self.deliver_notices()
        return request


def _write(session: Session, request: Request, staff: Staff, text: str, now: datetime) -> RequestMessage:
    """A message of this person in the thread; from now on what she types comes here."""
    message = RequestMessage(request.stored_id, now, from_carer=False, author=staff.name, text=required_text(text))
    session.add(message)
    request.chat_open = True
    write_notice(session, request, "utter_request_message", now, staff=staff.name, text=message.text)
    return message
