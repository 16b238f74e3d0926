"""What the one screen of a request shows: everything that was shared and done, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.request.base import MOST_TEXT
from bot.request.changes import Mark, changed_after_sending
from bot.request.desk import RequestDesk
from bot.request.fields import FieldKey, Section
from bot.request.hands import is_asked, may_take_over
from bot.request.history import RequestMessage
from bot.request.inbox import minutes_left, why_soon
from bot.request.proposing import PROPOSAL
from bot.request.record import Request, RequestField, RequestOffer
from bot.request.staff_side import RequestFile
from bot.request.states import IN_HAND, WAITING_FOR_SOMEONE
from bot.request.vocabulary import EventKind, FieldState, RefusalReason
from bot.staff.accounts import Staff
from bot.wording import Wording
from channels.desk.message_starts import MessageStarts
from channels.rendering.sheet import NotForThemError, Reader, is_said_twice, sheet_for
from knowledge.vocabulary import Term

LATEST_MESSAGES = 6
"""So many lines of the thread are open on the screen; earlier ones are one click away."""


_ANSWERS = frozenset(
    {EventKind.MESSAGE_TO_CARER, EventKind.ASKED, EventKind.PROPOSED, EventKind.PLANNED, EventKind.CONTACTED}
)


class Next(Term):
    """The one thing to do now, as the obvious button; the rest is one click away."""

    TAKE_OVER = "take_over", "overnemen"
    ACCEPT = "accept", "oppakken"
    ANSWER = "answer", "antwoorden"
    CALL = "call", "bellen"
    WAIT = "wait", "wachten"
    CLOSE = "close", "afronden"
    READ = "read", "lezen"


@dataclass(frozen=True)
class Gap:
    """Fields of a section that hold nothing, by the reason why; said in one line, so that what was told stands out."""

    state: FieldState
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One section: what was told, and what was not."""

    section: Section
    told: tuple[RequestField, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Line:
    """One line of the thread, with the offers that went along with it."""

    message: RequestMessage
    offers: list[dict[str, Any]] = field(default_factory=list)


class RequestScreen:
    """Gathers the screen from a request file."""

    def __init__(self, requests: RequestDesk, wording: Wording) -> None:
        self._requests = requests
        self._wording = wording
        self._starts = MessageStarts(wording)

    def values(self, file: RequestFile, staff: Staff, start: str) -> dict[str, Any]:
        """Everything the template asks for, but for what belongs to one visit. ``start``: how a message begins."""
        request, now = file.request, self._requests.now()
        office = self._requests.office_for(request.municipality)
        shared = {key.value: request.shared(key) for key in FieldKey}
        thread = thread_of(file)
        return {
            "request": request,
            "shared": shared,
            "parts": [part for section in Section if (part := _part(request, section)) is not None],
            "changed": changed_after_sending(file.events),
            "labels": {key.value: key.label for key in FieldKey},
            "history": file.events,
            "earlier": thread[:-LATEST_MESSAGES],
            "thread": thread[-LATEST_MESSAGES:],
            "told": self._told(file),
            "offers": offers_to_read(request, now),
            "notes": file.notes,
            "mark": mark_of(file),
            "minutes_left": minutes_left(request, now, office),
            "now": now,
            "why_soon": why_soon(request),
            "minutes_a_day": office.minutes_a_day,
            "next": next_step(file, staff, now).value,
            "can_accept": request.state in WAITING_FOR_SOMEONE,
            "can_take_over": request.state in IN_HAND and may_take_over(request, staff),
            "is_asked": is_asked(request, staff),
            "can_take_back": request.forward is not None
            and staff.id in (request.owner_id, request.forward_by_id)
            and staff.serves(request.municipality),
            "receivers": self._requests.receivers(request, staff),
            "starts": self._starts.choices(request, now),
            "started": self._starts.text(start, file, staff, now) if start else "",
            "mine": is_mine(request, staff),
            "refusal_reasons": list(RefusalReason),
            "most_text": MOST_TEXT,
        }

    def _told(self, file: RequestFile) -> list[dict[str, Any]]:
        """What she was told, in the very words she read."""
        return [
            {
                "at": notice.created_at,
                "read": notice.delivered_at is not None,
                "text": self._wording.text(notice.response, **notice.values),
            }
            for notice in file.notices
        ]


def is_mine(request: Request, staff: Staff) -> bool:
    """Has this person the request in hand?"""
    return request.state in IN_HAND and request.owner_id == staff.id


def next_step(file: RequestFile, staff: Staff, now: datetime) -> Next:
    """What comes next for this person: whoever wrote last is answered first, then she is called, then it is closed."""
    request = file.request
    if is_asked(request, staff) or (request.state in IN_HAND and may_take_over(request, staff)):
        return Next.TAKE_OVER
    if request.state in WAITING_FOR_SOMEONE:
        return Next.ACCEPT
    if not is_mine(request, staff):
        return Next.READ
    if _waits_for_answer(file):
        return Next.ANSWER
    if request.contacted_at is None or (request.callback_at is not None and request.callback_at <= now):
        return Next.CALL
    return Next.WAIT if request.waiting_since is not None or request.callback_at is not None else Next.CLOSE


def _waits_for_answer(file: RequestFile) -> bool:
    """Did she write, and did nobody write or speak with her since?"""
    kinds = [
        event.kind for event in file.events if event.kind in _ANSWERS or event.kind is EventKind.MESSAGE_FROM_CARER
    ]
    return bool(kinds) and kinds[-1] is EventKind.MESSAGE_FROM_CARER


def offers_to_read(request: Request, now: datetime) -> list[RequestOffer]:
    """The offers she saw, as far as they may be read: what she left out must not stand in the reasons after all."""
    try:
        shown = sheet_for(request, Reader.STAFF, now).offers
    except NotForThemError:
        return []
    return [
        replace(offer, reasons=one.reasons, checked=one.checked)
        for offer, one in zip(request.offers, shown, strict=False)  # none of them, or all
    ]


def thread_of(file: RequestFile) -> list[Line]:
    """The messages to and fro, oldest first, each with the offers that were proposed in it."""
    proposed = {
        notice.values["message"]: notice.values["offers"] for notice in file.notices if notice.response == PROPOSAL
    }
    return [Line(message, proposed.get(message.id, [])) for message in file.messages]


def mark_of(file: RequestFile) -> Mark:
    """The mark of what this file shows (``bot.request.changes``)."""
    return Mark(
        events=max((event.id or 0 for event in file.events), default=0),
        notes=max((note.id or 0 for note in file.notes), default=0),
        untold=sum(notice.delivered_at is None for notice in file.notices),
        hers=max((message.id or 0 for message in file.messages if message.from_carer), default=0),
    )


def _part(request: Request, section: Section) -> Part | None:
    fields = [item for item in request.fields if item.section is section]
    told = tuple(item for item in fields if item.is_shared and not is_said_twice(request, item))
    gaps: dict[FieldState, list[str]] = {}
    for item in fields:
        if not item.is_shared:
            gaps.setdefault(item.state, []).append(item.key.label)
    found = tuple(Gap(state, tuple(labels)) for state, labels in gaps.items())
    return Part(section, told, found) if fields else None
