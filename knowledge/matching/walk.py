"""The walk from what may be best to what is: the offers that are asked for, best first, and no more than are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any, NamedTuple

import numpy as np

from knowledge.matching.candidates import RINGS, Candidates
from knowledge.matching.grades import Grades
from knowledge.matching.memory import BARRED, POINTS, UNKNOWN, UNMET, Numbers
from knowledge.matching.ranking import Tier
from knowledge.matching.reach import STEP_KM, Level
from knowledge.matching.search import POINT_STEP, TIER_STEP, Search
from knowledge.offers.record import Offer

_FIRST_LOOK = 48  # * what was learnt from so many is used to line up the rest
_LEAST = 1e-4  # a distance in km as a part of one place in the order: under 1 for all of the country
_ANY_UNMET, _ANY_UNKNOWN = 15 * UNMET, 15 * UNKNOWN
Where = Callable[[Grades, Numbers], Numbers]


class Found(NamedTuple):
    """An offer with where it stands: what ``weigh`` says of it, without the reasons."""

    row: int
    offer: Offer
    tier: Tier
    met: bool


@dataclass(frozen=True)
class _Asked:
    """Which offers a walk is after; ``None`` asks for both."""

    main: bool | None
    met: bool | None
    where: Where | None


def ranked(
    search: Search, *, main: bool | None = None, met: bool | None = None, where: Where | None = None
) -> Iterator[Found]:
    """Offers that may be shown, best first; ``where`` leaves out by grade."""
    return _Walk(search, _Asked(main, met, where)).found()


class _Line(NamedTuple):
    """Candidates in the order in which they are looked at."""

    places: list[int]
    ring: Candidates
    base: list[int]
    sums: list[int]


_Rest = tuple[Candidates, Numbers, int] | None


class _Walk:
    """One walk through the rings: a heap of what may still be best, by a bound that is never above what it is."""

    def __init__(self, search: Search, asked: _Asked) -> None:
        self._search, self._asked = search, asked
        self._heap: list[tuple[int, float, str, int, Callable[..., None] | None, Any]] = []
        self._number = count()
        self._seen: set[int] = set()
        self._wanted = self._wanted_sorts()

    def found(self) -> Iterator[Found]:
        """What is asked for, best first."""
        self._push_ring(0)
        while self._heap:
            place, distance, _, _, opened, what = heappop(self._heap)
            if opened is None:
                yield what
            else:
                opened(place, distance, *what)

    def _push(self, place: int, distance: float, opened: Callable[..., None], *what: Any) -> None:
        heappush(self._heap, (place, distance, "", next(self._number), opened, what))

    def _wanted_sorts(self) -> Numbers:
        """By sort: may any offer of it be what is asked for?"""
        search, asked = self._search, self._asked
        wanted = search.least < BARRED
        if asked.main is not None:
            wanted &= search.main == asked.main
        return wanted & (search.least < UNMET) if asked.met else wanted

    def _push_ring(self, number: int) -> None:
        """A ring can be no better than the best of the sorts that are found so far away."""
        search, wanted, away = self._search, self._wanted, 0.0
        if number > len(RINGS):
            return
        if number:
            away = RINGS[number - 1][0]
            wanted = wanted & (search.far_km >= max(away, 1.0))
        if wanted.any():
            tiers = np.where(search.main[wanted], Tier.RELIEF, Tier.SUPPORT_CENTRE)
            points = (search.least[wanted] & POINTS) + int(away // STEP_KM)
            place = int((tiers * TIER_STEP + points * POINT_STEP).min())
            self._push(place, away, self._open_ring, number)

    def _open_ring(self, _place: int, _distance: float, number: int) -> None:
        search, grades = self._search, self._search.grades
        self._push_ring(number + 1)
        ring, base = search.opened(number)
        if not len(ring.rows):
            return
        mask = self._wanted[search.sorts[ring.rows]]
        if self._asked.met is True:
            mask &= ~(grades.closed[ring.rows] | ring.only_far)
        if self._asked.met is False and not search.choosy:
            never = search.least[search.sorts[ring.rows]] < UNMET
            mask &= ~never | grades.closed[ring.rows] | ring.far
        if self._asked.where is not None:
            mask &= self._asked.where(grades, ring.rows)
        which = np.flatnonzero(mask)
        if len(which):
            self._line_up(ring.only(which), base[which], _FIRST_LOOK)

    def _line_up(self, ring: Candidates, base: Numbers, look: int) -> None:
        """What is left of a ring, by what is known by now. ``base``: its place but for what its own fields say."""
        search = self._search
        sums = search.parts.sums(search.signs[ring.rows], search.grades.just_checked[ring.rows])
        keep = sums < BARRED
        unmet = (sums & _ANY_UNMET) != 0
        if self._asked.met is True:
            keep &= ~unmet
        elif self._asked.met is False:
            unknown = (sums & _ANY_UNKNOWN) != 0
            keep &= unknown | unmet | ring.far | search.grades.closed[ring.rows]
        if not keep.all():
            ring, base, sums = ring.only(keep), base[keep], sums[keep]
        if len(ring.rows):
            sorts = search.sorts[ring.rows]
            points = np.maximum((sums & POINTS) + search.kind_points[sorts], search.least[sorts] & POINTS)
            places = base + points * POINT_STEP
            order, left = _first(places + ring.least * _LEAST, look)
            line = _Line(places[order].tolist(), ring.only(order), base[order].tolist(), sums[order].tolist())
            rest = (ring.only(left), base[left], int(places[left].min())) if len(left) else None
            self._push_next(line, 0, rest, look)

    def _push_next(self, line: _Line, at: int, rest: _Rest, look: int) -> None:
        if at < len(line.places):
            self._push(line.places[at], float(line.ring.least[at]), self._open_row, line, at, rest, look)
        elif rest:
            self._push(rest[2], 0.0, self._open_rest, rest, look)

    def _open_rest(self, _place: int, _distance: float, rest: tuple[Candidates, Numbers, int], look: int) -> None:
        self._line_up(rest[0], rest[1], 2 * look)

    def _open_row(self, place: int, distance: float, line: _Line, at: int, rest: _Rest, look: int) -> None:
        row = int(line.ring.rows[at])
        if row not in self._seen:
            self._look_at(place, distance, row, line.base[at], line.sums[at])
        self._push_next(line, at + 1, rest, look)

    def _look_at(self, place: int, distance: float, row: int, base: int, total: int) -> None:
        """Compares one part at a time: what that adds may be enough to look at others first."""
        search = self._search
        own = int(search.kind_points[search.sorts[row]])
        while total & _ANY_UNKNOWN:
            total = search.next_sum(row, total)
            if total >= BARRED or (self._asked.met is True and total & _ANY_UNMET):
                return
            bound = base + ((total & POINTS) + own) * POINT_STEP
            if total & _ANY_UNKNOWN and bound > place and self._heap and bound > self._heap[0][0]:
                self._push(bound, distance, self._look_at, row, base, total)
                return
        if total >= BARRED or (self._asked.met is True and total & _ANY_UNMET):
            return
        points, unmet = (total & POINTS) + own, bool(total & _ANY_UNMET)
        exact = base + points * POINT_STEP
        if exact > place:
            self._push(exact, distance, self._reach, row, points, unmet)
        else:
            self._reach(place, distance, row, points, unmet)

    def _reach(self, _place: int, _distance: float, row: int, points: int, unmet: bool) -> None:
        if row in self._seen:  # by name of its area and by distance; only the nearer bound is surely not too high
            return
        self._seen.add(row)
        search = self._search
        reached = search.reached(row)
        if reached is None:
            return
        met = not unmet and not search.grades.closed[row] and reached.level is not Level.TOO_FAR
        if self._asked.met in (None, met):
            tier = search.tier(row, reached.level)
            points += reached.points + int(search.grades.points[row])
            exact = tier * TIER_STEP + points * POINT_STEP + int(search.grades.rank[row])
            offer = search.offer(row)
            found = Found(row, offer, tier, bool(met))
            heappush(self._heap, (exact, reached.distance, offer.id, next(self._number), None, found))


def _first(bounds: Numbers, most: int) -> tuple[Numbers, Numbers]:
    """The first so many in order, and the rest as they come."""
    if len(bounds) <= 2 * most:
        return np.argsort(bounds), _NO_ROWS
    parted = np.argpartition(bounds, most)
    first = parted[:most]
    return first[np.argsort(bounds[first])], parted[most:]


_NO_ROWS: Numbers = np.empty(0, dtype=np.int64)
