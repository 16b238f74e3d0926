"""How far an offer may be trusted today, and what may be shown of it.

An offer goes from fresh to labelled, sinks, and leaves the talk for the editors' queue; it never goes back by waiting.
Without the label "nog niet gecontroleerd" only what an editor checked with the provider, or what was read on a recent
exact page with nothing inferred. Facts that soon go wrong (a number, a price, a waiting time) have terms of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

from knowledge.offers.record import FieldCheck, Offer
from knowledge.vocabulary import OfferStatus, SourceAge


class Stage(IntEnum):
    """How far an offer has come, in this order."""

    FRESH = 0  # shown without a warning
    LABELLED = 1  # shown with the label "nog niet gecontroleerd"
    SUNK = 2  # shown with the label, after everything that is fresher
    GONE = 3  # never reaches a carer; waits in the editors' queue


# Every term below is a choice of ours, to be changed here and nowhere else.
# How long ago the provider was asked. Half a year: offers change with the season. A year: budgets and contracts have
# been renewed once. Two years: nobody kept it.
CHECK_HOLDS = timedelta(days=180)
CHECK_SINKS = timedelta(days=365)
CHECK_GONE = timedelta(days=730)
# How old the source is of what nobody checked, in months. 36: the seed catalogue calls that recent. 84: a source of
# before the changes of 2020. 120: ten years. 24 months after we read a source without a date, nobody knows its age.
SOURCE_HOLDS_MONTHS = 36
SOURCE_SINKS_MONTHS = 84
SOURCE_GONE_MONTHS = 120
UNDATED_GONE_MONTHS = 24
# After its last valid day an offer has sunk at once; half a year later nobody has renewed it.
VALID_UNTIL_GONE = timedelta(days=180)
# Facts of their own: a price of this year or the last, a waiting time of this quarter, the rest as long as a check.
PRICE_HOLDS_YEARS = 1
WAITING_HOLDS = timedelta(days=90)

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

_RANKS = {SourceAge.RECENT: 1, SourceAge.OLDER: 2, SourceAge.UNDATED: 3, SourceAge.OLD: 4}
_SUNK_AGES = (SourceAge.UNDATED, SourceAge.OLD)
STALE_RANK = _RANKS[SourceAge.OLD]
GUARDED = frozenset({"phone", "price", "url", "email", "waiting_weeks"})


@dataclass(frozen=True)
class Freshness:
    """What an offer's age allows. ``code``: its label in the wording files (``freshness_<code>``) with ``values``.

    ``rank``: 0 checked by an editor, 1 recent, 2 older, 3 undated, 4 old or sunk. ``shows``: the ``GUARDED`` facts that
    are not past their date.
    """

    code: str
    rank: int
    stage: Stage
    shows: frozenset[str] = frozenset()
    values: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def unlabelled(self) -> bool:
        """Needs no warning."""
        return self.stage is Stage.FRESH

    def may_show(self, name: str) -> bool:
        """May a carer see this field?"""
        return self.stage is not Stage.GONE and (name in self.shows or name not in GUARDED)

    @property
    def may_show_phone(self) -> bool:
        """May a carer see the telephone number?"""
        return self.may_show("phone")

    @property
    def may_show_price(self) -> bool:
        """May a carer see the price?"""
        return self.may_show("price")


CODES = frozenset({"ended", "checked", "check_expired", "source", "unchecked", "unchecked_undated", "unchecked_old"})


def freshness_of(offer: Offer, today: date) -> Freshness:
    """The label, rank and permissions of an offer on a day."""
    if offer.status is OfferStatus.ENDED or (offer.ends_on is not None and today > offer.ends_on):
        return Freshness("ended", STALE_RANK, Stage.GONE)
    code, rank, stage = _by_check(offer, today) if offer.checked_on else _by_source(offer, today)
    if offer.valid_until is not None and today > offer.valid_until:
        stage = max(stage, Stage.GONE if today - offer.valid_until > VALID_UNTIL_GONE else Stage.SUNK)
        code, rank = ("check_expired" if offer.checked_on else _unchecked(offer)), STALE_RANK
    shows = frozenset(name for name in GUARDED if _shows(offer, name, stage, today))
    return Freshness(code, rank, stage, shows, _dated(offer, code))


def _by_check(offer: Offer, today: date) -> tuple[str, int, Stage]:
    age = _since_check(offer, today)
    if age <= CHECK_HOLDS:
        return "checked", 0, Stage.FRESH
    if age <= CHECK_SINKS:
        return "check_expired", _RANKS[SourceAge.OLDER], Stage.LABELLED
    return "check_expired", STALE_RANK, Stage.SUNK if age <= CHECK_GONE else Stage.GONE


def _by_source(offer: Offer, today: date) -> tuple[str, int, Stage]:
    source, months = offer.source, _source_months(offer, today)
    rank = _RANKS[source.age]
    if _is_recent(offer, today) and not offer.verify_before_showing and not _inferred(offer):
        return "source", rank, Stage.FRESH
    code = _unchecked(offer)
    if months is None:
        read = source.read_on
        gone = read is not None and _months(read.year, read.month, today) > UNDATED_GONE_MONTHS
    else:
        gone = months > SOURCE_GONE_MONTHS
    if gone:
        return code, STALE_RANK, Stage.GONE
    if months is not None and months > SOURCE_SINKS_MONTHS:
        return code, STALE_RANK, Stage.SUNK
    return code, rank, Stage.SUNK if source.age in _SUNK_AGES else Stage.LABELLED


def _unchecked(offer: Offer) -> str:
    if offer.source.year is None:
        return "unchecked_undated"
    return "unchecked_old" if offer.source.age is SourceAge.OLD else "unchecked"


def _inferred(offer: Offer) -> frozenset[str]:
    """What was inferred about the offer. Its areas of help are our own sorting: no source could have said them."""
    return offer.inferred - {"help_areas"}


def _is_recent(offer: Offer, today: date) -> bool:
    months = _source_months(offer, today)
    return offer.source.age is SourceAge.RECENT and months is not None and months <= SOURCE_HOLDS_MONTHS


def _since_check(offer: Offer, today: date) -> timedelta:
    return timedelta.max if offer.checked_on is None else today - offer.checked_on


def _source_months(offer: Offer, today: date) -> int | None:
    """How old the source is, in months, counted from the end of its year if it names no month."""
    year = offer.source.year
    return None if year is None else _months(year, offer.source.month or 12, today)


def _months(year: int, month: int, today: date) -> int:
    return (today.year - year) * 12 + today.month - month


def _shows(offer: Offer, name: str, stage: Stage, today: date) -> bool:
    """Is a guarded fact within its date? A check of its own decides, unless the whole offer was checked later."""
    if stage is Stage.GONE or getattr(offer, name) is None or not _in_its_year(offer, name, today):
        return False
    own = max((each for each in offer.checks if each.field == name), key=lambda each: each.checked_on, default=None)
    if own is not None and _check_holds(own, today):
        return True
    if own is not None and not (offer.checked_on and offer.checked_on > own.checked_on):
        return False
    return _shows_by_record(offer, name, stage, today)


def _in_its_year(offer: Offer, name: str, today: date) -> bool:
    return name != "price" or (offer.price is not None and offer.price.year >= today.year - PRICE_HOLDS_YEARS)


def _check_holds(own: FieldCheck, today: date) -> bool:
    holds = WAITING_HOLDS if own.field == "waiting_weeks" else CHECK_HOLDS
    if own.field == "waiting_weeks":  # whatever its check says: a waiting time of last quarter is a guess
        return today - own.checked_on <= holds and (own.expires is None or today <= own.expires)
    return today <= (own.expires or own.checked_on + holds)


def _shows_by_record(offer: Offer, name: str, stage: Stage, today: date) -> bool:
    """Without a check of its own a fact is as good as the offer; a page holds as long as the offer does."""
    if name == "url":
        return True
    if name == "waiting_weeks":
        return _since_check(offer, today) <= WAITING_HOLDS and stage <= Stage.LABELLED
    if offer.checked_on:
        return stage is Stage.FRESH
    return stage <= Stage.LABELLED and _is_recent(offer, today) and name not in offer.inferred


def _dated(offer: Offer, code: str) -> dict[str, str]:
    """The month that the label names."""
    if offer.checked_on:
        return {"month_year": f"{MONTHS[offer.checked_on.month - 1]} {offer.checked_on.year}"}
    year, month = offer.source.year, offer.source.month
    if year is None or code == "unchecked_undated":
        return {}
    return {"month_year": f"{MONTHS[month - 1]} {year}" if month else str(year)}
