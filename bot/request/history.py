"""What happened to a request: its events, the words to and fro, staff's own notes, and what she must be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.request.vocabulary import EventKind

_BEGINS = (EventKind.SENT, EventKind.REOPENED)


@dataclass(eq=False)
class RequestEvent:
    """Something that happened: ``actor`` is a person's name, or ``carer``."""

    request_id: int
    kind: EventKind
    at: datetime
    actor: str
    staff_id: int | None = None
    reason: str = ""
    id: int | None = None


@dataclass(eq=False)
class RequestMessage:
    """A line in the thread between the carer and the person who has her request."""

    request_id: int
    at: datetime
    from_carer: bool
    author: str
    text: str
    id: int | None = None


@dataclass(eq=False)
class RequestNote:
    """What staff keep for themselves about a request: it never reaches her (R104: messages are apart)."""

    request_id: int
    at: datetime
    author: str
    text: str
    staff_id: int | None = None
    id: int | None = None


@dataclass(eq=False)
class Notice:
    """Something she must be told, written in the same transaction as what it tells (invariant 9).

    ``id`` is what makes telling idempotent: whoever stores the message stores this id with it and refuses a second one.
    """

    id: str
    conversation_id: str
    request_id: int
    response: str
    values: dict[str, Any]
    created_at: datetime
    claimed_until: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True)
class Actor:
    """Who does something: a member of staff, or the carer herself (``CARER``)."""

    name: str
    staff_id: int | None = None


CARER = Actor("carer")
CLOCK = Actor("clock")
"""What the clock does by itself: reminding, escalating, telling her that it takes longer."""


def round_of(events: Sequence[RequestEvent]) -> Sequence[RequestEvent]:
    """What happened since she sent it, or since it was not solved for her; empty for a draft."""
    began = max((place for place, event in enumerate(events) if event.kind in _BEGINS), default=None)
    return () if began is None else events[began:]
