"""A need (what would help whom, where), a match (an offer with its reasons), and one side on which they compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.places.regions import Spot
from knowledge.vocabulary import CareDemand, Condition, DayPart, OfferKind, Place, Urgency

if TYPE_CHECKING:
    from knowledge.offers.record import Offer

RELATIONS = frozenset(
    {"partner", "parent", "child", "sibling", "grandparent", "in_law", "friend_neighbour", "other"}
)  # fmt: skip
"""Who she cares for; the identifiers of ``bot.reading.Relation``, which this room must not know."""


@dataclass(frozen=True)
class Tried:
    """A kind of help that was tried before. ``failed``: it went wrong (``None``: not told); ``words``: hers, on how."""

    kind: OfferKind
    failed: bool | None = None
    words: str = ""


@dataclass(frozen=True)
class Need:
    """What would help. Empty sets and ``None`` mean unknown, never "no" and never "anything goes".

    Hard, once told: ``conditions``, ``demands`` (what whoever takes over must be able to do), the ages, the places.
    Wishes, which only rank: ``kinds``, ``place``, ``day_parts``, ``nights_wanted`` (at most so many in a row),
    ``structural`` (``False``: once), ``few_strangers``. ``needed_within_weeks``: 0 is now. ``transport_possible``: can
    the loved one be brought? ``language``: a code, when it is not Dutch. ``relation``: one of ``RELATIONS``.
    """

    kinds: frozenset[OfferKind] = frozenset()
    place: Place | None = None
    day_parts: frozenset[DayPart] = frozenset()
    conditions: frozenset[Condition] = frozenset()
    loved_one_is_child: bool | None = None
    carer_is_minor: bool | None = None
    carer_at: Spot | None = None
    loved_one_at: Spot | None = None
    urgency: Urgency = Urgency.NORMAL
    demands: frozenset[CareDemand] = frozenset()
    loved_one_age: int | None = None
    relation: str | None = None
    carer_works: bool | None = None
    arranging_is_heavy: bool | None = None
    few_strangers: bool | None = None
    tried: tuple[Tried, ...] = ()
    structural: bool | None = None
    nights_wanted: int | None = None
    needed_within_weeks: int | None = None
    transport_possible: bool | None = None
    language: str | None = None


@dataclass(frozen=True)
class Reason:
    """Why an offer fits or not, as a code with values; the words live in the wording files (``reason_<code>``)."""

    code: str
    values: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Aspect:
    """One side on which an offer was compared with a need.

    With a ``barrier`` it must not be offered. Not ``met``: at best a near miss, and ``would_fit`` says what would make
    it fit. ``points`` are never below zero, and fewer is better.
    """

    barrier: Reason | None = None
    met: bool = True
    points: int = 0
    fits: tuple[Reason, ...] = ()
    misfits: tuple[Reason, ...] = ()
    unknowns: tuple[Reason, ...] = ()
    would_fit: tuple[Reason, ...] = ()


def joined(aspects: Iterable[Aspect]) -> Aspect:
    """Several sides as one: the first barrier holds, the points add up, the reasons stay in order."""
    each = tuple(aspects)
    return Aspect(
        barrier=next((aspect.barrier for aspect in each if aspect.barrier), None),
        met=all(aspect.met for aspect in each),
        points=sum(aspect.points for aspect in each),
        fits=tuple(reason for aspect in each for reason in aspect.fits),
        misfits=tuple(reason for aspect in each for reason in aspect.misfits),
        unknowns=tuple(reason for aspect in each for reason in aspect.unknowns),
        would_fit=tuple(reason for aspect in each for reason in aspect.would_fit),
    )


@dataclass(frozen=True)
class Match:
    """An offer for a need: why it fits, what does not, what nobody knows yet, and its distance in km if known.

    ``would_fit``: for a near miss, what would make it fit; always there then, and never when it is met.
    """

    offer: Offer
    fits: tuple[Reason, ...]
    misfits: tuple[Reason, ...]
    unknowns: tuple[Reason, ...]
    distance_km: float | None
    would_fit: tuple[Reason, ...] = ()
