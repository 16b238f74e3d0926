"""What happened to one request in one month, as answers to the questions: pure, from its row and its history."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.insight.questions import AskedBefore, Ending, FirstContact, Handover
from bot.request.clock import OfficeHours, answer_by
from bot.request.vocabulary import EventKind
from knowledge.bodies import Body
from knowledge.vocabulary import Term, Urgency

FOUR_HOURS = 240  # minutes of office time
_K = EventKind
_BEGINS = frozenset({_K.SENT, _K.REOPENED})
_ANSWERED = frozenset({_K.CONTACTED, _K.RESOLVED})
_TAKEN_UP = frozenset({_K.ACCEPTED, _K.TAKEN_OVER})
_GONE = frozenset({_K.WITHDRAWN, _K.FORWARDED})
_ENDS = frozenset({_K.RESOLVED, _K.WITHDRAWN, _K.FORWARDED})
_CAME_OF_IT = {
    _K.TAKEN_OVER: Handover.TAKEN_OVER,
    _K.FORWARDED: Handover.OUTSIDE,
    _K.REFUSED: Handover.REFUSED,
    _K.TAKEN_BACK: Handover.TAKEN_BACK,
}
_BODIES = {body.label.casefold(): body for body in Body}


@dataclass(frozen=True)
class Happened:
    """One event: what and when."""

    kind: EventKind
    at: datetime


@dataclass(frozen=True)
class Past:
    """A request as far as counting needs it. ``answer_by``: the promise of its last round. ``events``: oldest first."""

    municipality: str
    urgency: Urgency
    answer_by: datetime | None
    asked_at: str
    events: tuple[Happened, ...]


def first_contacts(past: Past, begin: datetime, end: datetime, office: OfficeHours) -> Iterator[FirstContact]:
    """How each promise went that fell due from ``begin`` to before ``end``."""
    starts = [place for place, event in enumerate(past.events) if event.kind in _BEGINS]
    for number, place in enumerate(starts):
        is_last = number == len(starts) - 1
        of_round = past.events[place : None if is_last else starts[number + 1]]
        promised = past.answer_by if is_last and past.answer_by else answer_by(of_round[0].at, past.urgency, office)
        if begin <= promised < end and (kept := _kept(of_round, promised, office)) is not None:
            yield kept


def _kept(events: Sequence[Happened], promised: datetime, office: OfficeHours) -> FirstContact | None:
    """How this promise was kept; ``None`` when nobody had to keep it any more."""
    until = [event for event in events if event.at <= promised]
    answered = next((event.at for event in until if event.kind in _ANSWERED), None)
    if answered is not None:
        minutes = office.minutes_between(events[0].at, answered)
        if minutes <= FOUR_HOURS:
            return FirstContact.FOUR_HOURS
        return FirstContact.ONE_DAY if minutes <= office.minutes_a_day else FirstContact.IN_TIME
    if any(event.kind in _GONE for event in until):
        return None
    taken_up = any(event.kind in _TAKEN_UP for event in until)
    return FirstContact.TAKEN_UP if taken_up else FirstContact.LATE


def ending(past: Past, begin: datetime, end: datetime) -> Ending | None:
    """How the request ended in this month; ``None`` when it did not."""
    last = None
    for place, event in enumerate(past.events):
        if event.at >= end:
            break
        if event.kind in _ENDS:
            last = _ending(past.events[: place + 1]) if event.at >= begin else None
        elif event.kind is _K.REOPENED and event.at >= begin:
            last = Ending.REOPENED
    return last


def _ending(events: Sequence[Happened]) -> Ending:
    kind = events[-1].kind
    if kind is _K.WITHDRAWN:
        return Ending.WITHDRAWN
    if kind is _K.FORWARDED:
        return Ending.OUTSIDE
    if not any(event.kind is _K.CONTACTED for event in events):
        return Ending.UNREACHED
    return Ending.SECOND_DOOR if any(event.kind is _K.TAKEN_OVER for event in events) else Ending.FIRST_DOOR


def handover(past: Past, begin: datetime, end: datetime) -> Handover | None:
    """What came of the last time in this month that another was asked; ``None``: nobody was."""
    came: Handover | None = None
    for event in past.events:
        if not begin <= event.at < end:
            continue
        if event.kind is _K.OFFERED:
            came = Handover.OPEN
        elif came is Handover.OPEN and event.kind in _CAME_OF_IT:
            came = _CAME_OF_IT[event.kind]
    return came


def asked_before(past: Past, begin: datetime, end: datetime) -> Term | None:
    """Where she had asked before, of a request that was first sent in this month; else ``None``."""
    sent = next((event.at for event in past.events if event.kind is _K.SENT), None)
    if sent is None or not begin <= sent < end:
        return None
    named = [part.strip().casefold() for part in re.split(r",| en ", past.asked_at) if part.strip()]
    if not named:
        return AskedBefore.NOT_TOLD
    if len(named) > 1:
        return AskedBefore.SEVERAL
    return _BODIES.get(named[0], AskedBefore.ELSEWHERE)
