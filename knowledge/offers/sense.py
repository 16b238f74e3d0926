"""Whether the fields of an offer make sense together: what no single field can show.

Each check is given a look-up that knows only values whose own shape is right, so none of them fails on bad input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from knowledge.offers.faults import Fault, label_of
from knowledge.offers.guide import GUIDE
from knowledge.offers.shapes import terms_of
from knowledge.vocabulary import OfferStatus, Scope

Value = Callable[[str], Any]  # the value of a field; None when it is not known or not right

_LOWEST_AND_HIGHEST = (("min_nights", "max_nights"), ("min_hours", "max_hours"), ("min_age", "max_age"))
_DISJOINT = (("conditions", "excluded_conditions"), ("accepts", "declines"))
_NEEDED_FOR_SCOPE = {
    Scope.MUNICIPALITY: "municipalities",
    Scope.PROVINCE: "province",
    Scope.RADIUS: "radius_km",
}


def check_sense(value: Value) -> Iterator[Fault]:
    """Everything that does not go together. These refuse an offer; ``completeness.contradictions`` only warns."""
    for each in (_lowest_first, _no_overlap, _place, _dates, _source):
        yield from each(value)


def _lowest_first(value: Value) -> Iterator[Fault]:
    for low, high in _LOWEST_AND_HIGHEST:
        least, most = value(low), value(high)
        if least is not None and most is not None and least > most:
            yield Fault(low, "above", {"other": label_of(high)})


def _no_overlap(value: Value) -> Iterator[Fault]:
    for one, other in _DISJOINT:
        both = set(value(one) or ()) & set(value(other) or ())
        for word in sorted(both):
            term = terms_of(GUIDE[one].vocabulary)[word]
            yield Fault(other, "both", {"other": label_of(one), "value": term.label})


def _place(value: Value) -> Iterator[Fault]:
    scope = value("scope")
    needed = _NEEDED_FOR_SCOPE.get(scope)
    if needed and not value(needed):
        yield Fault(needed, "needed_for_scope", {"scope": Scope(scope).label})
    if scope == Scope.RADIUS and not value("located_in") and not value("postcode"):
        yield Fault("located_in", "radius_centre")
    if scope is not None and scope != Scope.RADIUS and value("radius_km"):
        yield Fault("radius_km", "only_with_radius")


def _dates(value: Value) -> Iterator[Fault]:
    checked_on, checked_by = value("checked_on"), value("checked_by")
    if (checked_on is None) is not (checked_by is None):
        yield Fault("checked_on", "together", {"other": label_of("checked_by")})
    valid_until, ends_on = value("valid_until"), value("ends_on")
    if valid_until and checked_on and valid_until < checked_on:
        yield Fault("valid_until", "before", {"other": label_of("checked_on")})
    if ends_on and value("status") != OfferStatus.ENDED:  # of what has ended the last day is in the past
        if checked_on and ends_on < checked_on:
            yield Fault("ends_on", "before", {"other": label_of("checked_on")})
        elif (month := _month_of_source(value)) and ends_on < month:
            yield Fault("ends_on", "before", {"other": label_of("source")})
    for each in value("checks") or ():
        if each.get("expires") and each["expires"] < each["checked_on"]:
            yield Fault("checks.expires", "before", {"other": label_of("checks.checked_on")})


def _month_of_source(value: Value) -> str | None:
    """The first day on which the source can have been written."""
    source = value("source") or {}
    return f"{source['year']:04}-{source.get('month') or 1:02}-01" if source.get("year") else None


def _source(value: Value) -> Iterator[Fault]:
    source = value("source") or {}
    if source.get("month") and not source.get("year"):
        yield Fault("source.month", "month_without_year")
