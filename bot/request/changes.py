"""Did anything happen to a request since somebody looked? A mark that is cheap to ask for and says nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot.request.base import NoSuchRequestError
from bot.request.hands import Hands, may_read
from bot.request.history import RequestEvent
from bot.request.record import Request
from bot.request.tables import request_events, request_messages, request_notes, request_notices
from bot.request.vocabulary import EventKind
from bot.staff.accounts import Staff


@dataclass(frozen=True)
class Mark:
    """Two marks of one request are equal as long as its screen shows the same.

    ``events`` and ``notes``: the last of each; ``untold``: what she must still be told; ``hers``: her last message.
    """

    events: int = 0
    notes: int = 0
    untold: int = 0
    hers: int = 0

    def __str__(self) -> str:
        return f"{self.events}.{self.notes}.{self.untold}.{self.hers}"


class Changes(Hands):
    """Looking whether something changed, without looking at what."""

    def mark(self, reference: str, staff: Staff) -> tuple[Request, Mark]:
        """The request with its mark now. Raises ``NoSuchRequestError`` for who may not read it."""
        request = self.get(reference)
        if request is None or not may_read(request, staff):
            raise NoSuchRequestError
        notices, messages = request_notices.c, request_messages.c
        parts: tuple[Any, ...] = (
            select(func.max(request_events.c.id)).where(request_events.c.request_id == request.id),
            select(func.max(request_notes.c.id)).where(request_notes.c.request_id == request.id),
            select(func.count()).where(notices.request_id == request.id, notices.delivered_at.is_(None)),
            select(func.max(messages.id)).where(messages.request_id == request.id, messages.from_carer),
        )
        with self._sessions() as session:
            found = session.execute(select(*(part.scalar_subquery() for part in parts))).one()
        return request, Mark(*(number or 0 for number in found))


def changed_after_sending(events: Sequence[RequestEvent]) -> dict[str, RequestEvent]:
    """By field key: the latest change that she made after she (last) sent it; who read it before may have missed it."""
    sent = max((place for place, event in enumerate(events) if event.kind is EventKind.SENT), default=None)
    if sent is None:
        return {}
    changes = (event for event in events[sent:] if event.kind is EventKind.CHANGED)
    return {key: event for event in changes for key in event.reason.replace(",", " ").split()}
