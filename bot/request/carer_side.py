"""What the carer does with her request: shape it, send it, take it back, answer, and say that it is not solved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from bot.conversations.records import storable
from bot.request.base import MOST_TEXT, Desk, TextError, end_forward, locked, move, note, required_text
from bot.request.fields import FieldKey
from bot.request.history import CARER, RequestMessage
from bot.request.record import (
    Agreement,
    Request,
    RequestField,
    RequestOffer,
    in_order,
    new_reference,
    with_change,
    without_left_out,
)
from bot.request.searching import searchable
from bot.request.states import IN_HAND, NotAllowedError
from bot.request.tables import requests
from bot.request.vocabulary import CountsAs, EventKind, FieldState, RequestState, Step
from knowledge.vocabulary import Urgency

_STILL_HERS = frozenset({RequestState.DRAFTED, RequestState.SENT, RequestState.SEEN})
"""Until somebody takes it up she may change what it says (issue 6, point 2)."""


class CarerSide(Desk):
    """The request in her hands. Every method has stored what it did before it returns."""

    def draft(
        self,
        conversation_id: str,
        municipality: str,
        fields: Sequence[RequestField],
        question: str,
        urgency: Urgency,
        urgency_reason: str = "normal",
        *,
        recipient: str = "",
        offers: Sequence[RequestOffer] = (),
        counts_as: CountsAs | None = None,
        informal: bool = False,
        team: str | None = None,
    ) -> Request:
        """A new draft; an earlier draft of this conversation that was never sent gives way.

        ``question`` is her own words, kept as they are; ``recipient`` names who will get it, in words she reads;
        ``counts_as``: what it is by the rules of that municipality, ``None`` when that is not known (R94);
        ``informal``: she is *je* to us, also in what she is told later;
        ``team``: to which team of that desk it goes, ``None``: to the whole.
        Raises ``RuntimeError`` when no free reference is found.
        """
        for _ in range(5):  # the chance that a reference exists already is one in millions; five times is never
            request = Request(
                reference=new_reference(),
                conversation_id=conversation_id,
                municipality=municipality,
                recipient=recipient,
                question=question[:MOST_TEXT],
                fields=in_order(list(fields)),
                offers=list(offers),
                urgency=urgency,
                urgency_reason=urgency_reason,
                counts_as=counts_as,
                informal=informal,
                team=team,
                created_at=self._clock(),
            )
            try:
                with self._sessions.begin() as session:
                    _drop_drafts(session, conversation_id)
                    session.add(request)
                    note(session, request, EventKind.DRAFTED, CARER, request.created_at)
            except IntegrityError:
                continue
            return request
        raise RuntimeError("no free reference was found")

    def change_field(self, request_id: int, key: FieldKey, value: str | None) -> Request:
        """Give a field another text, or leave it out (``None``). Raises ``NotAllowedError`` once it was taken up,
        ``TextError`` on a text that cannot be used and ``KeyError`` for a field that the request has not."""
        with self._sessions.begin() as session:
            request = _changeable(session, request_id)
            text = None if value is None else required_text(value, numbers=key is FieldKey.CONTACT_PHONE)
            if request.field(key) is None:
                raise KeyError(key)
            _replace(request, key, lambda item: with_change(item, text))
            _make_searchable(request)
            note(session, request, EventKind.CHANGED, CARER, self._clock(), key.value)
        return request

    def include_field(self, request_id: int, key: FieldKey) -> Request:
        """Put back a field that was left out. Raises ``TextError`` when there is nothing in it to put back."""
        with self._sessions.begin() as session:
            request = _changeable(session, request_id)
            item = request.field(key)
            if item is None or not item.value:
                raise TextError("empty")
            _replace(request, key, lambda item: RequestField(key, item.section, item.value, _TOLD, item.words))
            _make_searchable(request)
            note(session, request, EventKind.CHANGED, CARER, self._clock(), key.value)
        return request

    def send(self, request_id: int, agreement: Agreement) -> Request:
        """Send it after her yes; stored and committed before it returns. A second send changes nothing.

        What she left out, or did not agree to, is no longer in it. ``answer_by`` is set from the office hours.
        """
        with self._sessions.begin() as session:
            request = locked(session, requests.c.id == request_id)
            if request.state is not RequestState.DRAFTED and request.state is not RequestState.WITHDRAWN:
                return request
            now = self._clock()
            move(session, request, Step.SEND, CARER, now, agreement.text_version)
            request.fields = without_left_out(request.fields, loved_one_health=agreement.loved_one_health)
            urgency_field = request.field(FieldKey.URGENCY)
            if urgency_field is not None and urgency_field.state is FieldState.LEFT_OUT:
                request.urgency_reason = ""
            request.sent_at, request.agreed_at = now, now
            request.agreement_version, request.agreed_recipient = agreement.text_version, agreement.recipient
            request.loved_one_health_agreed = agreement.loved_one_health
            self._start_clock(request, now)
            _make_searchable(request)
        return request

    def withdraw(self, request_id: int) -> Request:
        """Take it back: the desk no longer shows what is in it. Raises ``NotAllowedError`` when it is already over."""
        with self._sessions.begin() as session:
            request = locked(session, requests.c.id == request_id)
            now = self._clock()
            move(session, request, Step.WITHDRAW, CARER, now)
            request.closed_at, request.chat_open = now, False
            request.due_at, request.callback_at, request.waiting_since, request.search_text = None, None, None, ""
            end_forward(request)
        return request

    def reopen(self, request_id: int, words: str) -> Request:
        """It is not solved: the request waits again, with a new promised moment, and her words in the thread."""
        with self._sessions.begin() as session:
            request = locked(session, requests.c.id == request_id)
            now = self._clock()
            move(session, request, Step.REOPEN, CARER, now)
            request.closed_at, request.contacted_at = None, None
            self._start_clock(request, now)
            if storable(words):
                _say(session, request, words, now)
        return request

    def for_conversation(self, conversation_id: str) -> Request | None:
        """Her latest request, in whatever state, or ``None``."""
        latest = select(Request).where(requests.c.conversation_id == conversation_id).order_by(requests.c.id.desc())
        with self._sessions() as session:
            return session.scalars(latest.limit(1)).first()

    def person_is_handling(self, conversation_id: str) -> bool:
        """Is a person talking with her now? Then the assistant is silent (invariant 4)."""
        with self._sessions() as session:
            return session.scalars(_open_chat(conversation_id)).first() is not None

    def add_from_carer(self, conversation_id: str, text: str) -> RequestMessage | None:
        """What she types while a person talks with her; ``None`` when that person has just closed the talk.

        A message without a single readable sign says nothing to anybody and is not added: ``None`` too.
        """
        if not storable(text):
            return None
        with self._sessions.begin() as session:
            request_id = session.scalars(_open_chat(conversation_id)).first()
            if request_id is None:
                return None
            request = locked(session, requests.c.id == request_id)
            if not request.chat_open:
                return None
            return _say(session, request, text, self._clock())

    def erase(self, conversation_id: str) -> None:
        """Remove her requests and all that belongs to them; unknown ones are already gone."""
        with self._sessions.begin() as session:
            session.execute(delete(requests).where(requests.c.conversation_id == conversation_id))


_TOLD = FieldState.TOLD


def _say(session: Session, request: Request, text: str, now: datetime) -> RequestMessage:
    message = RequestMessage(
        request.stored_id, now, from_carer=True, author=CARER.name, text=required_text(text, 20_000)
    )
    session.add(message)
    request.waiting_since = None
    note(session, request, EventKind.MESSAGE_FROM_CARER, CARER, now)
    return message


def _open_chat(conversation_id: str) -> Select:
    columns = requests.c
    return (
        select(columns.id)
        .where(columns.conversation_id == conversation_id, columns.chat_open, columns.state.in_(sorted(IN_HAND)))
        .order_by(columns.id.desc())
    )


def _make_searchable(request: Request) -> None:
    """Only what was sent can be found: a draft is hers alone."""
    request.search_text = searchable(request) if request.sent_at is not None else ""


def _changeable(session: Session, request_id: int) -> Request:
    request = locked(session, requests.c.id == request_id)
    if request.state not in _STILL_HERS:
        raise NotAllowedError(request.state, "change")
    return request


def _replace(request: Request, key: FieldKey, change: Callable[[RequestField], RequestField]) -> None:
    request.fields = [change(item) if item.key is key else item for item in request.fields]


def _drop_drafts(session: Session, conversation_id: str) -> None:
    mine = (requests.c.conversation_id == conversation_id, requests.c.state == RequestState.DRAFTED)
    session.execute(delete(requests).where(*mine))
