"""From a need to at most three offers with their reasons, and an honest word when nothing real was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

import numpy as np

from knowledge.matching.grades import Grades
from knowledge.matching.index import OfferIndex
from knowledge.matching.memory import Numbers
from knowledge.matching.need import Match, Need
from knowledge.matching.ranking import Tier
from knowledge.matching.search import Search
from knowledge.matching.walk import Found, ranked
from knowledge.offers.freshness import STALE_RANK
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.vocabulary import OfferKind, UnmetReason


@dataclass(frozen=True)
class Matching:
    """What was found. ``near_misses``: for this person and place, but not what she wished for, or too far.

    Every match has at least one reason why it fits, every near miss says what would make it fit.

    ``unmet`` (an ``UnmetReason``) tells that no certain, local relief was found, also when ``matches`` holds national
    offers or a support centre: they help, but the need stays and is recorded.
    """

    matches: tuple[Match, ...]
    near_misses: tuple[Match, ...]
    unmet: UnmetReason | None


def match_offers(
    need: Need, offers: OfferIndex | Iterable[Offer], regions: Regions, today: date, limit: int = 3
) -> Matching:
    """The best ``limit`` offers for a need on a day. Pure: the same input gives the same answer, in the same order.

    Whoever matches more than once with the same offers gives their index (``Catalogue.index``).
    """
    index = _indexed(offers, regions)
    search = Search(need, index, regions, today)
    relief = list(islice(_without_doubles(ranked(search, main=True, met=True)), limit))
    matches = _with_support(relief, search, limit)
    near = islice(_without_doubles(ranked(search, main=True, met=False)), limit)
    return Matching(
        matches=tuple(search.weigh(found.offer).match for found in matches),
        near_misses=tuple(search.weigh(found.offer).match for found in near),
        unmet=_unmet(need, search, relief, lambda eased: Search(eased, index, regions, today)),
    )


def _indexed(offers: OfferIndex | Iterable[Offer], regions: Regions) -> OfferIndex:
    return offers if isinstance(offers, OfferIndex) else OfferIndex(offers, regions)


def _with_support(relief: list[Found], search: Search, limit: int) -> list[Found]:
    """Real relief first; the last place goes to the steunpunt of her own municipality, if there is one."""
    others = (found for found in ranked(search, main=False, met=True) if not search.has_relief_twin(found.offer))
    support = list(islice(_without_doubles(others), limit))
    keep_a_place = limit >= 3 and bool(support) and support[0].tier is Tier.SUPPORT_CENTRE
    chosen = relief[: limit - 1 if keep_a_place else limit]
    return chosen + support[: limit - len(chosen)]


def _without_doubles(found: Iterable[Found]) -> Iterator[Found]:
    """One of each kind from one organisation: the national twin of a local offer adds nothing."""
    seen: set[tuple[str, OfferKind]] = set()
    for each in found:
        offer = each.offer
        twin = (offer.organisation, offer.kinds[0])
        if twin not in seen:
            seen.add(twin)
            yield each


def _unmet(need: Need, search: Search, relief: list[Found], search_for: Callable[[Need], Search]) -> UnmetReason | None:
    if any(_is_relief(found) and _surely_open(search.grades, np.array([found.row])).all() for found in relief):
        return None
    if _is_relief(next(ranked(search, main=True, met=True, where=_surely_open), None)):
        return None
    if need.carer_at is None and need.loved_one_at is None:
        return UnmetReason.PLACE_UNKNOWN
    if _is_relief(next(ranked(search, main=True, met=True, where=_sure), None)):
        return UnmetReason.FULL_OR_CLOSED
    if next(ranked(search, where=_closed), None):
        return UnmetReason.FULL_OR_CLOSED
    if _is_relief(next(ranked(search, main=True, met=True, where=_local), None)):
        return UnmetReason.ONLY_STALE
    if next(ranked(search, main=True, met=True, where=_stale), None):
        return UnmetReason.ONLY_STALE
    return _at_another_time(need, search_for) or _nothing_local(search, relief)


def _at_another_time(need: Need, search_for: Callable[[Need], Search]) -> UnmetReason | None:
    """Would there be certain, local relief if it were less pressing, or on another part of the week?"""
    if need.needed_within_weeks is not None:
        less_pressing = search_for(replace(need, needed_within_weeks=None))
        if _is_relief(next(ranked(less_pressing, main=True, met=True, where=_sure), None)):
            return UnmetReason.TOO_LATE
    if need.day_parts:
        whenever = search_for(replace(need, day_parts=frozenset()))
        if _is_relief(next(ranked(whenever, main=True, met=True, where=_sure), None)):
            return UnmetReason.OTHER_DAY_PART
    return None


def _nothing_local(search: Search, relief: list[Found]) -> UnmetReason:
    if relief:
        return UnmetReason.ONLY_NATIONAL
    if any(next(ranked(search, main=True, met=False, where=where), None) for where in (_local, _stale)):
        return UnmetReason.OTHER_KIND_ONLY
    if _is_relief(next(ranked(search, main=True, met=False), None)):  # national, but with known faces (``tier_of``)
        return UnmetReason.OTHER_KIND_ONLY
    return UnmetReason.OUTSIDE_TARGET if search.some_are_for_others() else UnmetReason.NONE_KNOWN_HERE


def _is_relief(found: Found | None) -> bool:
    """Is the best that was found relief that is near and not stale?"""
    return found is not None and found.tier is Tier.RELIEF


def _surely_open(grades: Grades, rows: Numbers) -> Numbers:
    return _sure(grades, rows) & ~grades.waiting[rows]


def _sure(grades: Grades, rows: Numbers) -> Numbers:
    return _local(grades, rows) & ~grades.uncertain[rows]


def _local(grades: Grades, rows: Numbers) -> Numbers:
    return ~grades.national[rows]


def _stale(grades: Grades, rows: Numbers) -> Numbers:
    return grades.rank[rows] >= STALE_RANK


def _closed(grades: Grades, rows: Numbers) -> Numbers:
    return grades.closed[rows]
