"""An offer as the catalogue knows it.

An Offer is a value: immutable, safe to share between threads, compared by content. What is not known is absent
(``None`` or empty), never guessed. Terms of the HSDS service and of requirement R55.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.vocabulary import (
    AgeGroup,
    BoundTo,
    Condition,
    DayPart,
    OfferKind,
    OfferStatus,
    Payer,
    Place,
    Scope,
    SourceAge,
)


@dataclass(frozen=True)
class Source:
    """Where an offer was read, and when that was written (``year``/``month`` if the source says so).

    ``exact``: the page itself, not only the site. ``date_words``: the date as the source words it.
    """

    url: str
    exact: bool
    age: SourceAge
    date_words: str
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Price:
    """An amount in euros as the source gave it. Never shown without its year."""

    euros: str
    per: str
    year: int


@dataclass(frozen=True)
class Offer:
    """One offer of relief or support.

    ``kinds``: the first is what it mainly is. ``kind_label``: words for people where the kind says more than the
    source. ``place``: where the relief takes place, ``None`` for support that is no relief. ``bound_to``: whose place
    counts. ``audience``: for whom, in the source's words. ``conditions``/``ages``: the same in our terms, empty = not
    said; ``others_welcome``: the conditions are examples, others may come too. ``municipalities``: official names that
    are certainly served; ``coverage_uncertain``: "and surroundings", or not everywhere in its area.
    ``residents_only``: nobody from outside the area; otherwise people may travel to ``located_in``/``postcode``.
    ``limits``: what to reckon with, short and in words for people.
    ``money_words``, ``note``: for editors, never shown. ``existence_uncertain``: a pilot, or the source is in doubt.
    ``inferred``: names of fields that were inferred, shown as "ask". ``checked_on``/``checked_by``: an editor asked
    the provider.
    """

    id: str
    name: str
    organisation: str
    kinds: tuple[OfferKind, ...]
    bound_to: BoundTo
    area: str
    scope: Scope
    residents_only: bool
    source: Source
    verify_before_showing: bool
    status: OfferStatus = OfferStatus.UNKNOWN
    kind_label: str | None = None
    place: Place | None = None
    audience: tuple[str, ...] = ()
    conditions: frozenset[Condition] = frozenset()
    others_welcome: bool = False
    ages: frozenset[AgeGroup] = frozenset()
    young_carers_only: bool = False
    municipalities: tuple[str, ...] = ()
    coverage_uncertain: bool = False
    province: str | None = None
    located_in: str | None = None
    postcode: str | None = None
    payers: tuple[Payer, ...] = ()
    money_words: str | None = None
    price: Price | None = None
    indication_needed: bool | None = None
    day_parts: frozenset[DayPart] = frozenset()
    min_nights: int | None = None
    max_nights: int | None = None
    lead_weeks: tuple[int, int] | None = None
    limits: tuple[str, ...] = ()
    url: str | None = None
    phone: str | None = None
    existence_uncertain: bool = False
    inferred: frozenset[str] = frozenset()
    checked_on: date | None = None
    checked_by: str | None = None
    note: str = ""

    @property
    def label(self) -> str:
        """What it is, in words for people."""
        return self.kind_label or self.kinds[0].label
