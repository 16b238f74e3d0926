"""What is to be asked of her, and when (R109, R110, R111). Pure: the request, its history and her yes in, a moment out.

Every question is one she can pass over, and comes once. The choices behind the moments:

- *Does it still hold?* After two working days without contact: of the three that she was promised one is left, and in
  that one "heavier" still brings a call forward. After contact it takes ten working days without a word: arranging help
  takes weeks, and who talked with a person yesterday need not be asked by a program today. Never in the last phase of a
  life, and never where it is spoed already: there nothing is left to raise, and the clock warns people.
- *May it be asked later?* When the outcome reached her.
- *How did it go?* Four weeks after the outcome: weekly help has come a few times by then.
- *After a loss*: eight weeks, past the busy first time, and only when she said that she wants it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

from bot.request.clock import OfficeHours
from bot.request.followup import FollowUp
from bot.request.history import RequestEvent, round_of
from bot.request.record import Request
from bot.request.states import RUNNING
from bot.request.vocabulary import EventKind, RequestState
from knowledge.vocabulary import Term, Urgency

CHECK_WITHOUT_CONTACT, CHECK_AFTER_CONTACT, CHECK_AFTER_A_WORD = 2, 10, 1
"""Working days: after sending; after contact; and at least this after anybody's word to or from her."""
FOLLOW_UP_AFTER = timedelta(weeks=4)
LATER_AFTER = timedelta(weeks=8)
EARLIEST, LATEST = time(9), time(20)
"""Local time of day between which she may be asked something."""

_ENDS = (EventKind.RESOLVED, EventKind.FORWARDED)
_OVER = frozenset({RequestState.RESOLVED, RequestState.FORWARDED})
_A_WORD = frozenset(
    {
        EventKind.ACCEPTED, EventKind.TAKEN_OVER, EventKind.CONTACTED, EventKind.TRIED, EventKind.ASKED,
        EventKind.PLANNED, EventKind.MESSAGE_TO_CARER, EventKind.MESSAGE_FROM_CARER, EventKind.WORSENED,
        EventKind.UNCHANGED,
    }
)  # fmt: skip
_CHECKED_FOR = frozenset({Urgency.NORMAL, Urgency.SOON})


class Question(Term):
    """What the clock can ask her; its words are ``SENTENCE``."""

    CHECK = "check", "klopt het nog"
    INVITE = "invite", "mag het later worden nagevraagd"
    FOLLOW_UP = "follow_up", "hoe is het gegaan"
    LATER = "later", "hoe gaat het nu, na een verlies"


SENTENCE = {
    Question.CHECK: "utter_check_ask",
    Question.INVITE: "utter_follow_invite",
    Question.FOLLOW_UP: "utter_follow_ask",
    Question.LATER: "utter_later_ask",
}


@dataclass(frozen=True)
class DueQuestion:
    """A question and the moment (UTC) from which it may be asked."""

    kind: Question
    at: datetime


def next_question(
    request: Request, events: Sequence[RequestEvent], follow_up: FollowUp | None, office: OfficeHours
) -> DueQuestion | None:
    """The one question that is still to be asked, or ``None``. ``events``: of this request, oldest first."""
    if request.state is RequestState.WITHDRAWN:
        return None
    if follow_up is not None and follow_up.stopped_at is not None:
        return _after_a_loss(follow_up)
    if request.state in RUNNING:
        return _check(request, events, office)
    if request.state in _OVER:
        return _about_the_outcome(events, follow_up)
    return None


def may_ask_at(moment: datetime, office: OfficeHours) -> bool:
    """Is it a working day there, and between 9 and 20 local time?"""
    local = moment.astimezone(office.zone)
    return office.is_working_day(local.date()) and is_daytime(moment, office)


def is_daytime(moment: datetime, office: OfficeHours) -> bool:
    """Is it between 9 and 20 local time?"""
    return EARLIEST <= moment.astimezone(office.zone).time() < LATEST


def next_asking_moment(moment: datetime, office: OfficeHours) -> datetime:
    """The moment itself when she may be asked something then, else nine o'clock of the next working day (UTC).

    Raises ``ValueError`` when the office is closed for a year.
    """
    if may_ask_at(moment, office):
        return moment.astimezone(timezone.utc)
    day = moment.astimezone(office.zone).date()
    for offset in range(400):
        opens = datetime.combine(day + timedelta(days=offset), EARLIEST, office.zone)
        if opens > moment and office.is_working_day(opens.date()):
            return opens.astimezone(timezone.utc)
    raise ValueError("an office that is closed for a year has no next working day")


def _check(request: Request, events: Sequence[RequestEvent], office: OfficeHours) -> DueQuestion | None:
    """Once in a round. A moment that was agreed with her comes first."""
    these = round_of(events)
    if not these or request.urgency not in _CHECKED_FOR or any(event.kind is EventKind.CHECKED for event in these):
        return None
    day = office.minutes_a_day
    heard = [event.at for event in these if event.kind in _A_WORD]
    heard += [request.callback_at] if request.callback_at is not None else []
    if request.contacted_at is not None:
        return DueQuestion(Question.CHECK, office.add(max(heard, default=these[0].at), CHECK_AFTER_CONTACT * day))
    at = office.add(these[0].at, CHECK_WITHOUT_CONTACT * day)
    if heard:
        at = max(at, office.add(max(heard), CHECK_AFTER_A_WORD * day))
    return DueQuestion(Question.CHECK, at)


def _about_the_outcome(events: Sequence[RequestEvent], follow_up: FollowUp | None) -> DueQuestion | None:
    ended = max((event.at for event in events if event.kind in _ENDS), default=None)
    if ended is None:
        return None
    if follow_up is None or follow_up.invited_at is None:
        return DueQuestion(Question.INVITE, ended)
    if follow_up.is_wanted and follow_up.asked_at is None:
        return DueQuestion(Question.FOLLOW_UP, ended + FOLLOW_UP_AFTER)
    return None


def _after_a_loss(follow_up: FollowUp) -> DueQuestion | None:
    if follow_up.later_agreed_at is None or follow_up.later_asked_at is not None:
        return None
    return DueQuestion(Question.LATER, follow_up.later_agreed_at + LATER_AFTER)
