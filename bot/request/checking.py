"""While she waits: does it still hold as she told it? When it got heavier, somebody must come sooner (R109)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.request.base import Desk, note, required_text
from bot.request.clock import answer_by
from bot.request.fields import FieldKey
from bot.request.hands import latest_in_hand
from bot.request.history import CARER, RequestMessage
from bot.request.record import Request, RequestField
from bot.request.searching import searchable
from bot.request.vocabulary import EventKind, FieldState
from knowledge.vocabulary import Urgency

WORSE = "worse"
"""Why it is urgent, where she said that it got heavier (``utter_worse_soon``, ``utter_worse_today``)."""
_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}  # the vocabulary lists the most urgent first


@dataclass(frozen=True)
class Worse:
    """That it got heavier. ``said``: how urgent it is now, in Dutch; ``words``: hers, empty after a button."""

    urgency: Urgency
    said: str
    words: str = ""


class Checking(Desk):
    """Her answers to the question whether it still holds. Each gives the request, or ``None`` when nobody has one of
    hers in hand any more."""

    def confirm_unchanged(self, conversation_id: str) -> Request | None:
        """It is still as she told it. Twice is once."""

        def confirm(session: Session, request: Request, events: list[EventKind], now: datetime) -> None:
            if not events or events[-1] is not EventKind.UNCHANGED:
                note(session, request, EventKind.UNCHANGED, CARER, now)

        return self._change(conversation_id, confirm)

    def worsen(self, conversation_id: str, worse: Worse) -> Request | None:
        """It got heavier. The urgency goes up and never down, with this as the reason; the promised moment is worked
        out anew and never becomes later than it was. The desk sees it, and hears of it by mail."""

        def raise_urgency(session: Session, request: Request, events: list[EventKind], now: datetime) -> None:
            raised = _RANK[worse.urgency] < _RANK[request.urgency]
            if raised:
                self._make_more_urgent(request, worse, now)
            if worse.words.strip():
                words = required_text(worse.words)
                session.add(RequestMessage(request.stored_id, now, from_carer=True, author=CARER.name, text=words))
            if raised or EventKind.WORSENED not in events:
                note(session, request, EventKind.WORSENED, CARER, now, worse.said)

        return self._change(conversation_id, raise_urgency)

    def _make_more_urgent(self, request: Request, worse: Worse, now: datetime) -> None:
        request.urgency, request.urgency_reason = worse.urgency, WORSE
        request.fields = [_told_anew(item, worse.said) for item in request.fields]
        request.search_text = searchable(request)
        if request.contacted_at is None and request.answer_by is not None:
            promised = answer_by(now, worse.urgency, self.office_for(request.municipality))
            request.answer_by = min(request.answer_by, promised)
            request.due_at = now  # the clock plans its steps anew

    def _change(
        self, conversation_id: str, change: Callable[[Session, Request, list[EventKind], datetime], None]
    ) -> Request | None:
        with self._sessions.begin() as session:
            found = latest_in_hand(session, conversation_id)
            if found is None:
                return None
            request, events = found
            change(session, request, [event.kind for event in events], self._clock())
        return request


def _told_anew(item: RequestField, said: str) -> RequestField:
    """How soon, as it is now; a field she left out stays out."""
    if item.key is not FieldKey.URGENCY or item.state is FieldState.LEFT_OUT:
        return item
    return replace(item, value=said, state=FieldState.TOLD, words="")
