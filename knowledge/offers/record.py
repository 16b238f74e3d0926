"""An offer as the catalogue knows it.

An Offer is a value: immutable, safe to share between threads, compared by content. What is not known is absent
(``None`` or empty), never guessed. Terms of the HSDS service and of requirement R55.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.vocabulary import (
    AccessKind,
    AgeGroup,
    Applicant,
    BoundTo,
    CareDemand,
    Condition,
    DayPart,
    HelpArea,
    OfferKind,
    OfferStatus,
    Payer,
    Place,
    Scope,
    SourceAge,
    Transport,
)


@dataclass(frozen=True)
class Source:
    """Where an offer was read, and when that was written (``year``/``month`` if the source says so).

    ``exact``: the page itself, not only the site. ``date_words``: the date as the source words it. ``read_on``: the day
    on which we read it.
    """

    url: str
    exact: bool
    age: SourceAge
    date_words: str
    year: int | None = None
    month: int | None = None
    read_on: date | None = None


@dataclass(frozen=True)
class FieldCheck:
    """One fact of an offer that was looked up on its own: where, when, by whom, and until when it holds."""

    field: str
    source: str
    checked_on: date
    checked_by: str
    expires: date | None = None


@dataclass(frozen=True)
class Price:
    """An amount in euros as the source gave it. Never shown without its year."""

    euros: str
    per: str
    year: int


@dataclass(frozen=True)
class Offer:
    """One offer of relief or support. What each field means, with an example: ``guide.yml``, beside this file.

    ``kinds``: the first is what it mainly is. ``bound_to``: whose place counts. ``inferred``: names of fields that were
    inferred and not read. ``asked``: names of fields that the provider was asked for and could not or would not say.
    ``checked_on``/``checked_by``: an editor asked the provider. ``checks``: facts that were looked up on their own.
    ``money_words``, ``note``: for editors, never shown.
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
    aliases: tuple[str, ...] = ()
    access: AccessKind | None = None
    applicants: frozenset[Applicant] = frozenset()
    help_areas: frozenset[HelpArea] = frozenset()
    indication_by: str | None = None
    ggd_region: str | None = None
    radius_km: int | None = None
    excluded: tuple[str, ...] = ()
    excluded_conditions: frozenset[Condition] = frozenset()
    accepts: frozenset[CareDemand] = frozenset()
    declines: frozenset[CareDemand] = frozenset()
    min_age: int | None = None
    max_age: int | None = None
    min_hours: int | None = None
    max_hours: int | None = None
    structural: bool | None = None
    trial_visit: bool | None = None
    emergency_place: bool | None = None
    same_faces: bool | None = None
    carer_can_stay: bool | None = None
    transport: Transport | None = None
    gains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    waiting_weeks: tuple[int, int] | None = None
    email: str | None = None
    valid_until: date | None = None
    ends_on: date | None = None
    checks: tuple[FieldCheck, ...] = ()
    asked: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """What it is, in words for people."""
        return self.kind_label or self.kinds[0].label
