"""The questions that the page of figures answers, each with its possible answers and exactly how it is counted.

Every count is of requests (or of searches that found nothing), never of talks: success is a request that somebody took
up and answered in time (R114). Of one question, one request gives one answer a month, so that answers add up.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.bodies import Body
from knowledge.matching.kinds import DAY_KINDS, HOME_KINDS, OVERNIGHT_KINDS
from knowledge.vocabulary import OfferKind, Term, UnmetReason


class FirstContact(Term):
    """How a promised first contact went. Hours are office hours of the municipality (R101)."""

    FOUR_HOURS = "four_hours", "binnen 4 kantooruren"
    ONE_DAY = "one_day", "binnen 1 werkdag"
    IN_TIME = "in_time", "later, wel op tijd"
    TAKEN_UP = "taken_up", "op tijd opgepakt, contact te laat"
    LATE = "late", "te laat opgepakt"


class Ending(Term):
    """How a request ended."""

    FIRST_DOOR = "first_door", "afgerond bij de eerste die het kreeg"
    SECOND_DOOR = "second_door", "afgerond na doorzetten binnen de gemeente"
    OUTSIDE = "outside", "overgenomen door een ander loket"
    UNREACHED = "unreached", "afgerond zonder gesprek"
    REOPENED = "reopened", "toch niet opgelost, heropend"
    WITHDRAWN = "withdrawn", "ingetrokken door de mantelzorger"


class Handover(Term):
    """What came of asking another to take a request over."""

    TAKEN_OVER = "taken_over", "overgenomen"
    REFUSED = "refused", "niet overgenomen"
    OUTSIDE = "outside", "overgenomen door een loket buiten de gemeente"
    TAKEN_BACK = "taken_back", "toch zelf gehouden"
    OPEN = "open", "nog geen antwoord"


class AskedBefore(Term):
    """Where she had asked before, when that is not one desk by name (those are ``Body``)."""

    SEVERAL = "several", "bij meer dan een loket"
    ELSEWHERE = "elsewhere", "ergens anders"
    NOT_TOLD = "not_told", "niet verteld of niet gevraagd"


class Relief(Term):
    """What was looked for, in families of kinds that people tell apart."""

    HOME = "home", "iemand thuis"
    NIGHT = "night", "hulp in de nacht"
    DAY = "day", "overdag ergens heen"
    STAY = "stay", "logeren"
    CHILD = "child", "logeren of steungezin voor een kind"
    HOLIDAY = "holiday", "weekend weg of vakantie"
    SUPPORT = "support", "steun, hulp bij regelen of in huis"
    SEVERAL = "several", "meer dan een soort"
    ANY = "any", "geen soort genoemd"


class Rest(Term):
    """What a later question brought: did what was agreed take place, and was there more rest at home (R110)."""

    MORE = "more", "meer rust dan ervoor"
    SAME = "same", "even veel rust"
    LESS = "less", "minder rust dan ervoor"
    NO_VALUES = "no_values", "ging door, geen twee cijfers"
    NOT_HAPPENED = "not_happened", "ging niet door"


class Undivided(Term):
    """What answers are called that can only be told as one class."""

    IN_TIME = "in_time", "op tijd, verder niet te splitsen"
    LATE = "late", "te laat, verder niet te splitsen"
    TWO_VALUES = "two_values", "twee cijfers gegeven, verder niet te splitsen"


@dataclass(frozen=True)
class Question:
    """One question.

    ``classes``: the answers in order, in the groups that must stay apart as long as possible (such as in time and too
    late); where there is one class, the last is what small answers are put with first. ``counts``: what one unit is,
    for people. ``undivided``: what to call answers that can only be told as one class; for each class one, or ``None``.
    """

    code: str
    classes: tuple[tuple[Term, ...], ...]
    counts: str
    undivided: tuple[Undivided | None, ...] = ()

    @property
    def answers(self) -> tuple[Term, ...]:
        """Every answer, in order."""
        return tuple(answer for group in self.classes for answer in group)

    @property
    def ordered(self) -> bool:
        """Do the answers have an order that must be kept when small ones are taken together?"""
        return len(self.classes) > 1


CONTACT = Question(
    "contact",
    (
        (FirstContact.FOUR_HOURS, FirstContact.ONE_DAY, FirstContact.IN_TIME),
        (FirstContact.TAKEN_UP, FirstContact.LATE),
    ),
    "aanvragen",
    undivided=(Undivided.IN_TIME, Undivided.LATE),
)
"""Of every promise of a first contact that fell due in the month: was it kept?

A promise begins when she sends the request, and again when it is reopened. *Contact*: the coordinator wrote down that
they spoke, or closed it with an outcome that she reads. *Taken up*: one named person accepted it. A promise that ended
before its time because she withdrew, or because a desk outside took over, is not counted. The month is that of the
promised moment, so what was late then stays late here (R101, R114).
"""

ENDING = Question("ending", (tuple(Ending),), "aanvragen")
"""Of every request that was closed, withdrawn or taken over outside in the month: how, and through how many doors?
The last ending in the month counts. A request that was opened again in that month and not closed since: reopened."""

HANDOVER = Question("handover", (tuple(Handover),), "aanvragen")
"""Of every request of which another was asked to take it over in the month: what came of the last time, by its end?"""

ASKED_BEFORE = Question(
    "asked_before", ((AskedBefore.NOT_TOLD, *Body, AskedBefore.SEVERAL, AskedBefore.ELSEWHERE),), "aanvragen"
)
"""Of every request that was sent in the month: at which desk had she asked before? From the field of the request that
she chose to share (R82), so "not told" says nothing about where she was."""

KIND = Question("kind", (tuple(Relief),), "zoekvragen")
"""Of every search in the month that found nothing that fits (R112): which kind of relief was it for? One search is one
unit; who searches twice is counted twice, because nothing links a search to a person."""

REASON = Question("reason", (tuple(UnmetReason),), "zoekvragen")
"""Of the same searches: why did nothing fit? (R53)"""

REST = Question(
    "rest",
    ((Rest.MORE, Rest.SAME, Rest.LESS), (Rest.NO_VALUES,), (Rest.NOT_HAPPENED,)),
    "mantelzorgers",
    undivided=(Undivided.TWO_VALUES, None, None),
)
"""Of everybody who was asked the later question in the month before and answered it by the end of this month: did it
take place, and is there more rest at home, on her own scale of 1 to 5, than before? (R110)"""

BEFORE, AFTER = "rest.before", "rest.after"
"""Sums of the two values, over those who gave both."""

QUESTIONS: tuple[Question, ...] = (CONTACT, ENDING, HANDOVER, ASKED_BEFORE, KIND, REASON, REST)

_FAMILY: dict[OfferKind, Relief] = {
    **dict.fromkeys(HOME_KINDS, Relief.HOME),
    **dict.fromkeys(DAY_KINDS, Relief.DAY),
    **dict.fromkeys(OVERNIGHT_KINDS, Relief.STAY),
    OfferKind.NIGHT_CARE: Relief.NIGHT,
    OfferKind.HOME_24H: Relief.NIGHT,
    OfferKind.STAY_CHILD: Relief.CHILD,
    OfferKind.SUPPORT_FAMILY: Relief.CHILD,
    OfferKind.HOLIDAY: Relief.HOLIDAY,
}


def family_of(kind: OfferKind) -> Relief:
    """The family of a kind of offer; what nobody takes over is support."""
    return _FAMILY.get(kind, Relief.SUPPORT)


def family_of_search(kinds: str) -> Relief:
    """The one answer of a search, from its kinds as they are stored (joined by ", "; unknown words are ignored)."""
    known = {kind.value: kind for kind in OfferKind}
    families = {family_of(known[word]) for word in kinds.split(", ") if word in known}
    if not families:
        return Relief.ANY
    return families.pop() if len(families) == 1 else Relief.SEVERAL
