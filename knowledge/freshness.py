"""How far an offer may be trusted today, and what may be shown of it.

The rules are those of the seed catalogue: without the label "nog niet gecontroleerd" only what an editor checked with
the provider, or what was read on a recent exact page with nothing inferred; a telephone number only from those or from
a recent source; a price only with its year. Labels and numbers with * are ours and can be changed here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from knowledge.offers import Offer
from knowledge.vocabulary import OfferStatus, SourceAge

CHECK_HOLDS = timedelta(days=180)  # * a check with the provider
SOURCE_HOLDS_MONTHS = 36  # * a recent exact source without a check
PRICE_HOLDS_YEARS = 1  # * this year's price or last year's

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

_RANKS = {SourceAge.RECENT: 1, SourceAge.OLDER: 2, SourceAge.UNDATED: 3, SourceAge.OLD: 4}
STALE_RANK = _RANKS[SourceAge.OLD]


@dataclass(frozen=True)
class Freshness:
    """What an offer's age allows. ``code``: its label in the wording files (``freshness_<code>``) with ``values``.

    ``rank``: 0 checked by an editor, 1 recent, 2 older, 3 undated, 4 old. ``unlabelled``: needs no warning.
    """

    code: str
    rank: int
    unlabelled: bool
    may_show_phone: bool
    may_show_price: bool
    values: dict[str, str] = field(default_factory=dict, hash=False)


CODES = frozenset({"ended", "checked", "check_expired", "source", "unchecked", "unchecked_undated", "unchecked_old"})


def freshness_of(offer: Offer, today: date) -> Freshness:
    """The label, rank and permissions of an offer on a day."""
    if offer.status is OfferStatus.ENDED:
        return Freshness("ended", STALE_RANK, unlabelled=False, may_show_phone=False, may_show_price=False)
    if offer.checked_on:
        return _by_check(offer, offer.checked_on, today)
    return _by_source(offer, today)


def _by_check(offer: Offer, checked_on: date, today: date) -> Freshness:
    holds = today - checked_on <= CHECK_HOLDS
    return Freshness(
        code="checked" if holds else "check_expired",
        rank=0 if holds else _RANKS[SourceAge.OLDER],
        unlabelled=holds,
        may_show_phone=holds,
        may_show_price=_price_is_current(offer, today),
        values={"month_year": f"{MONTHS[checked_on.month - 1]} {checked_on.year}"},
    )


def _by_source(offer: Offer, today: date) -> Freshness:
    source = offer.source
    recent = source.age is SourceAge.RECENT
    unlabelled = not offer.verify_before_showing and recent and not offer.inferred and _source_holds(offer, today)
    values = {} if source.year is None else {"month_year": _month_year(source.year, source.month)}
    code = "source" if unlabelled else _unchecked(source.age, dated=bool(values))
    return Freshness(
        code=code,
        rank=_RANKS[source.age],
        unlabelled=unlabelled,
        may_show_phone=recent and "phone" not in offer.inferred,
        may_show_price=recent and _price_is_current(offer, today),
        values=values if code not in ("unchecked_undated",) else {},
    )


def _unchecked(age: SourceAge, *, dated: bool) -> str:
    if not dated:
        return "unchecked_undated"
    return "unchecked_old" if age is SourceAge.OLD else "unchecked"


def _source_holds(offer: Offer, today: date) -> bool:
    year, month = offer.source.year, offer.source.month or 12
    return year is not None and (today.year - year) * 12 + today.month - month <= SOURCE_HOLDS_MONTHS


def _price_is_current(offer: Offer, today: date) -> bool:
    return offer.price is not None and offer.price.year >= today.year - PRICE_HOLDS_YEARS


def _month_year(year: int, month: int | None) -> str:
    return f"{MONTHS[month - 1]} {year}" if month else str(year)
