"""What the clock has to do about a request: remind, escalate to a name, tell her that it takes longer (R101, R106).

Pure: the request, what happened, the moment and the office hours in, the steps that are due out. Each step happens once
in a round; a round begins when she sends the request, and again when it is not solved for her.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.request.clock import LEAST_MINUTES, OfficeHours
from bot.request.history import RequestEvent, round_of
from bot.request.record import Request
from bot.request.states import RUNNING
from bot.request.vocabulary import EventKind
from knowledge.vocabulary import Term


class DueKind(Term):
    """What the clock does, in this order."""

    REMIND = "remind", "het team herinneren"
    ESCALATE = "escalate", "doorgeven aan de tweede persoon"
    WARN_CARER = "warn_carer", "vertellen dat het langer duurt"


EVENT_OF = {
    DueKind.REMIND: EventKind.REMINDED,
    DueKind.ESCALATE: EventKind.ESCALATED,
    DueKind.WARN_CARER: EventKind.CARER_WARNED,
}
_SHE_HEARD = frozenset(
    {EventKind.TRIED, EventKind.ASKED, EventKind.PROPOSED, EventKind.MESSAGE_TO_CARER, EventKind.PLANNED}
)
"""Somebody wrote to her or tried to call: she knows who it is, and need not be sent elsewhere."""


@dataclass(frozen=True)
class DueStep:
    """A step and the moment (UTC) from which it is due."""

    kind: DueKind
    at: datetime


def half_time(start: datetime, answer_by: datetime, office: OfficeHours) -> datetime:
    """When half of the office time until the promised contact has passed; never after the promise."""
    minutes = office.minutes_between(start, answer_by)
    return min(answer_by, office.add(start, minutes / 2)) if minutes > 0 else answer_by


def warning_moment(answer_by: datetime, office: OfficeHours) -> datetime:
    """When she hears that it takes longer: an hour of office time after the promise, and before the day is over that
    she was promised (R106)."""
    closing = next((w[1] for w in [office.window(answer_by.astimezone(office.zone).date())] if w), answer_by)
    return min(max(closing, answer_by), office.add(answer_by, LEAST_MINUTES))


def steps_of_round(request: Request, events: Sequence[RequestEvent], office: OfficeHours) -> tuple[DueStep, ...]:
    """Every step that is still to come, or due, while nobody had contact; in order. Empty when nobody waits."""
    if request.answer_by is None or request.contacted_at is not None or request.state not in RUNNING:
        return ()
    these = round_of(events)
    if not these:
        return ()
    happened = {event.kind for event in these}
    steps = (
        DueStep(DueKind.REMIND, half_time(these[0].at, request.answer_by, office)),
        DueStep(DueKind.ESCALATE, request.answer_by),
        DueStep(DueKind.WARN_CARER, warning_moment(request.answer_by, office)),
    )
    over = {kind for kind, event in EVENT_OF.items() if event in happened}
    if happened & _SHE_HEARD:
        over.add(DueKind.WARN_CARER)
    return tuple(step for step in steps if step.kind not in over)


def due_steps(
    request: Request, events: Sequence[RequestEvent], now: datetime, office: OfficeHours
) -> tuple[DueStep, ...]:
    """What is due at ``now`` and has not happened yet in this round. ``events``: of this request, oldest first."""
    return tuple(step for step in steps_of_round(request, events, office) if step.at <= now)
