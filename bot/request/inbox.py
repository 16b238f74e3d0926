"""The inbox: which requests stand where, in which order, with how much office time left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from bot.request.clock import OfficeHours
from bot.request.fields import FieldKey
from bot.request.marks import Mark, marks_of
from bot.request.record import Request
from bot.request.searching import holds_words
from bot.request.states import CLOSED, IN_HAND, RUNNING, WAITING_FOR_SOMEONE
from bot.request.tables import request_messages, requests
from bot.request.vocabulary import RequestState
from bot.staff.accounts import Staff
from knowledge.sealed import keyring_of
from knowledge.vocabulary import Term, Urgency

PAGE_SIZE = 50
_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}  # the vocabulary lists the most urgent first


class InboxView(Term):
    """A part of the inbox."""

    OPEN = "open", "Nog niet opgepakt"
    MINE = "mine", "Van mij"
    TEAM = "team", "Mijn team"
    WAITING = "waiting", "Wacht op antwoord"
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
    ``None`` when there was contact or nothing is expected any more. ``new_message``: she wrote last.
    ``waiting``: the next word is hers. ``forward_to``: who is asked to take over; ``second``: the named person who was
    told that it is late; ``mark``: what she brought up herself and nobody acted on yet;
    ``why``: why it cannot wait, as far as she shares that; ``young``: that she is a child, when she said so."""

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
    callback_at: datetime | None = None
    forward_to: str = ""
    second: str = ""
    team: str = ""
    waiting: bool = False
    mark: str = ""
    why: str = ""
    young: str = ""


OfficeFor = Callable[[str], OfficeHours]


def read_lines(session: Session, chosen: InboxFilter, now: datetime, office_for: OfficeFor) -> list[RequestLine]:
    """One page of a view, in order.

    Which requests these are is read from the index alone (``tables.IN_INDEX``); only one page of rows is fetched.
    """
    columns = requests.c
    order: tuple[Any, ...] = (case(_RANK, value=columns.urgency, else_=len(_RANK)), columns.answer_by, columns.id)
    if chosen.view is InboxView.DONE:
        order = (columns.closed_at.desc(), columns.id.desc())
    page = select(columns.id).where(_in_view(chosen.view, chosen.staff), _for(chosen.staff)).order_by(*order)
    ids = list(session.scalars(page.limit(PAGE_SIZE).offset(PAGE_SIZE * (max(1, chosen.page) - 1))))
    return _lines(session, ids, now, office_for)


def find_lines(session: Session, staff: Staff, typed: str, now: datetime, office_for: OfficeFor) -> list[RequestLine]:
    """What was searched, newest first, at most one page; nothing when no word was typed."""
    columns, words = requests.c, holds_words(typed, keyring_of(session.get_bind().dialect))
    if words is None:
        return []
    found = select(columns.id).where(columns.sent_at.is_not(None), _for(staff), words).order_by(columns.id.desc())
    return _lines(session, list(session.scalars(found.limit(PAGE_SIZE))), now, office_for)


def _lines(session: Session, ids: list[int], now: datetime, office_for: OfficeFor) -> list[RequestLine]:
    found = {request.id: request for request in session.scalars(select(Request).where(requests.c.id.in_(ids)))}
    hers = _where_she_wrote_last(session, ids)
    offices = {request.municipality: office_for(request.municipality) for request in found.values()}
    chosen, marks = [found[number] for number in ids if number in found], marks_of(session, ids)
    return [
        _line(request, now, offices[request.municipality], request.id in hers, marks.get(request.stored_id))
        for request in chosen
    ]


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


def _line(request: Request, now: datetime, office: OfficeHours, new_message: bool, mark: Mark | None) -> RequestLine:
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
        callback_at=request.callback_at,
        forward_to=request.forward_to,
        second=request.second,
        team=request.team or "",
        waiting=request.waiting_since is not None and request.state in IN_HAND,
        mark=mark.label if mark is not None and request.state in RUNNING else "",
        why="" if hidden else why_soon(request),
        young="" if hidden else request.shared(FieldKey.CARER_AGE),
    )


def why_soon(request: Request) -> str:
    """Why it cannot wait, in the words of the request ("snel: hulp is weggevallen" says it after the colon); nothing
    where that was not told, is kept back, or is said by the urgency itself."""
    said = {Urgency.NORMAL, Urgency.PALLIATIVE}
    return "" if request.urgency in said else request.shared(FieldKey.URGENCY).partition(": ")[2]


def _in_view(view: InboxView, staff: Staff) -> Any:
    columns, team = requests.c, staff.team
    running = columns.state.in_(sorted(RUNNING))
    if view is InboxView.OPEN:
        return columns.state.in_(sorted(WAITING_FOR_SOMEONE)) | (running & _asked_together(staff, team))
    if view is InboxView.MINE:
        owned = (columns.owner_id == staff.id) & columns.state.in_(sorted(IN_HAND | {RequestState.REOPENED}))
        return owned | (running & or_(columns.forward_to_id == staff.id, columns.second_id == staff.id))
    if view is InboxView.TEAM:
        own = (columns.team == team) | columns.team.is_(None) | (columns.forward_team == team)
        return columns.state.in_(sorted(IN_HAND)) & (true() if team is None else own)
    if view is InboxView.WAITING:
        return columns.state.in_(sorted(IN_HAND)) & (columns.waiting_since.is_not(None) | _is_offered())
    over = columns.state.in_(sorted(CLOSED | {RequestState.FORWARDED}))
    return and_(over, columns.sent_at.is_not(None))


def _is_offered() -> Any:
    columns = requests.c
    to_whom = (columns.forward_to_id, columns.forward_team, columns.forward_municipality)
    return or_(*(column.is_not(None) for column in to_whom))


def _asked_together(staff: Staff, team: str | None) -> Any:
    """Asked of a team or a municipality that this person is one of: anybody of them can take it over."""
    columns, asked = requests.c, []
    if team is not None:
        asked.append(columns.forward_team == team)
    if staff.municipality is not None:
        asked.append(columns.forward_municipality == staff.municipality)
    return or_(*asked) if asked else columns.id < 0


def _for(staff: Staff) -> Any:
    """What somebody may see: what came in for the municipality, and what that is asked to take over."""
    columns = requests.c
    if staff.municipality is None:
        return true()
    return or_(columns.municipality == staff.municipality, columns.forward_municipality == staff.municipality)


def _where_she_wrote_last(session: Session, request_ids: list[int]) -> set[int]:
    messages = request_messages.c
    last = select(func.max(messages.id)).where(messages.request_id.in_(request_ids)).group_by(messages.request_id)
    hers = select(messages.request_id).where(messages.id.in_(last), messages.from_carer)
    return set(session.scalars(hers))
