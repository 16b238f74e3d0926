"""The inbox: which requests stand where, in which order, with how much office time left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select, true
from sqlalchemy.orm import Session

from bot.request.clock import OfficeHours
from bot.request.record import Request
from bot.request.states import CLOSED, IN_HAND, WAITING_FOR_SOMEONE
from bot.request.tables import request_messages, requests
from bot.request.vocabulary import FieldKey, RequestState
from bot.staff import Staff
from knowledge.vocabulary import Term, Urgency

PAGE_SIZE = 50
_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}  # the vocabulary lists the most urgent first


class InboxView(Term):
    """A part of the inbox."""

    OPEN = "open", "Nog niet opgepakt"
    MINE = "mine", "Van mij"
    WAITING = "waiting", "In behandeling"
    DONE = "done", "Afgerond"


@dataclass(frozen=True)
class InboxFilter:
    """Which part of the inbox, for whom, and which page of it (from 1)."""

    view: InboxView
    staff: Staff
    page: int = 1


@dataclass(frozen=True)
class RequestLine:
    """A request as one line. ``minutes_left``: office minutes until the promised contact, negative when it is late,
    ``None`` when there was contact or nothing is expected any more. ``new_message``: she wrote last."""

    reference: str
    urgency: Urgency
    state: RequestState
    municipality: str
    owner: str
    name: str
    loved_one: str
    question: str
    sent_at: datetime
    answer_by: datetime | None
    minutes_left: float | None
    new_message: bool


def read_lines(session: Session, chosen: InboxFilter, now: datetime, office: OfficeHours) -> list[RequestLine]:
    """One page of a view, in order."""
    columns = requests.c
    order: tuple[Any, ...] = (case(_RANK, value=columns.urgency, else_=len(_RANK)), columns.answer_by, columns.id)
    if chosen.view is InboxView.DONE:
        order = (columns.closed_at.desc(), columns.id.desc())
    page = select(Request).where(_in_view(chosen.view, chosen.staff), _for(chosen.staff)).order_by(*order)
    found = list(session.scalars(page.limit(PAGE_SIZE).offset(PAGE_SIZE * (max(1, chosen.page) - 1))))
    hers = _where_she_wrote_last(session, [request.id for request in found])
    return [_line(request, now, office, request.id in hers) for request in found]


def count_views(session: Session, staff: Staff) -> dict[InboxView, int]:
    """How many requests stand in each view, in one query."""
    counted = (func.coalesce(func.sum(case((_in_view(view, staff), 1), else_=0)), 0) for view in InboxView)
    row = session.execute(select(*counted).select_from(requests).where(_for(staff))).one()
    return dict(zip(InboxView, row, strict=True))


def minutes_left(request: Request, now: datetime, office: OfficeHours) -> float | None:
    """Office minutes until the promised contact; ``None`` when nobody waits for it."""
    if request.answer_by is None or request.contacted_at is not None or request.state in CLOSED:
        return None
    return office.minutes_between(now, request.answer_by)


def _line(request: Request, now: datetime, office: OfficeHours, new_message: bool) -> RequestLine:
    hidden = request.state is RequestState.WITHDRAWN
    assert request.sent_at is not None
    return RequestLine(
        reference=request.reference,
        urgency=request.urgency,
        state=request.state,
        municipality=request.municipality,
        owner=request.owner,
        name="" if hidden else request.shared(FieldKey.CONTACT_NAME),
        loved_one="" if hidden else request.shared(FieldKey.LOVED_ONE),
        question="" if hidden else request.question,
        sent_at=request.sent_at,
        answer_by=request.answer_by,
        minutes_left=minutes_left(request, now, office),
        new_message=new_message and not hidden,
    )


def _in_view(view: InboxView, staff: Staff) -> Any:
    columns = requests.c
    mine = columns.owner_id == staff.id
    if view is InboxView.OPEN:
        return columns.state.in_(sorted(WAITING_FOR_SOMEONE))
    if view is InboxView.MINE:
        return and_(mine, columns.state.in_(sorted(IN_HAND | {RequestState.REOPENED})))
    if view is InboxView.WAITING:
        return columns.state.in_(sorted(IN_HAND))
    return and_(columns.state.in_(sorted(CLOSED)), columns.sent_at.is_not(None))


def _for(staff: Staff) -> Any:
    return true() if staff.municipality is None else requests.c.municipality == staff.municipality


def _where_she_wrote_last(session: Session, request_ids: list[int | None]) -> set[int]:
    messages = request_messages.c
    last = select(func.max(messages.id)).where(messages.request_id.in_(request_ids)).group_by(messages.request_id)
    hers = select(messages.request_id).where(messages.id.in_(last), messages.from_carer)
    return set(session.scalars(hers))
