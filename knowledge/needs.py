"""A need (what would help whom, where) and a match (an offer with its reasons)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.vocabulary import Condition, DayPart, OfferKind, Place, Urgency

if TYPE_CHECKING:
    from knowledge.offers import Offer


@dataclass(frozen=True)
class Spot:
    """A place someone lives: a municipality by its official name, and a postcode (four digits) if known."""

    municipality: str
    postcode: str | None = None


@dataclass(frozen=True)
class Need:
    """What would help. Empty sets and ``None`` mean unknown, never "no" and never "anything goes"."""

    kinds: frozenset[OfferKind] = frozenset()
    place: Place | None = None
    day_parts: frozenset[DayPart] = frozenset()
    conditions: frozenset[Condition] = frozenset()
    loved_one_is_child: bool | None = None
    carer_is_minor: bool | None = None
    carer_at: Spot | None = None
    loved_one_at: Spot | None = None
    urgency: Urgency = Urgency.NORMAL


@dataclass(frozen=True)
class Reason:
    """Why an offer fits or not, as a code with values; the words live in the wording files (``reason_<code>``)."""

    code: str
    values: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Match:
    """An offer for a need: why it fits, what does not, what nobody knows yet, and its distance in km if known."""

    offer: Offer
    fits: tuple[Reason, ...]
    misfits: tuple[Reason, ...]
    unknowns: tuple[Reason, ...]
    distance_km: float | None
