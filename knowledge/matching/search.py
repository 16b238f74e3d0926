"""The offers for one need, best first, without weighing them all.

For everything that may serve her place, at once: the points that are certain by now, from what was compared before.
That is never too many, so whatever has fewest is looked at next: first its own fields, then its reach. The order is
that of ``weigh``, and tests hold it against that.
"""

from __future__ import annotations

from datetime import date
from math import inf
from typing import NamedTuple

import numpy as np

from knowledge.matching.advice import advise
from knowledge.matching.candidates import NOTHING, RINGS, Candidates, gather_named, gather_near
from knowledge.matching.index import OfferIndex
from knowledge.matching.memory import BARRED, UNMET, Numbers, Parts
from knowledge.matching.need import Need
from knowledge.matching.parts import REACH
from knowledge.matching.ranking import Tier, Weighed, tier_of, weigh
from knowledge.matching.reach import STEP_KM, Level, reach_of, reach_points
from knowledge.matching.shelves import Near, near
from knowledge.matching.wish import is_main
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.vocabulary import Place

TIER_STEP, POINT_STEP = 1 << 24, 1 << 3
"""A place in the order as one number: the tier, then the points, then the rank of age."""


class Reached(NamedTuple):
    """What counts of a ``Reach``."""

    level: Level
    points: int
    distance: float


class Search:
    """One need, one day, one index. What it compared is remembered for its next question."""

    def __init__(self, need: Need, index: OfferIndex, regions: Regions, today: date) -> None:
        self._need, self._index, self._regions, self._today = need, index, regions, today
        self._advice = advise(need)
        self.choosy = _is_choosy(need)
        self.grades, self.sorts, self.signs = index.grades(today), index.sorts, index.signs
        self.parts = Parts(need, self._advice, index.memory, index.counts)
        self._spots = tuple(dict.fromkeys(spot for spot in (need.carer_at, need.loved_one_at) if spot))
        bests = index.bests
        self.far_km = index.far_km()
        self.main = np.array([is_main(best.offers[0], need) for best in bests], dtype=bool)
        self.least = np.array([self.parts.least(best.offers, best.signs) for best in bests], dtype=np.int64)
        kind_points = [self.parts.kind_points(best.offers[0]) for best in bests]
        self.kind_points = np.array(kind_points, dtype=np.int64)
        self._tiers = index.memory.tiers_of(need)
        self._rings: list[Candidates] = []
        self._open: dict[int, tuple[Candidates, Numbers]] = {}
        self._around: tuple[Near, ...] = ()
        self._reaches: dict[int, Reached | None] = {}

    def weigh(self, offer: Offer) -> Weighed:
        """The offer with its reasons."""
        weighed = weigh(offer, self._need, self._regions, self._today, self._advice)
        if weighed is None:
            raise AssertionError(f"{offer.id} was found and cannot be shown")
        return weighed

    def has_relief_twin(self, offer: Offer) -> bool:
        """Has the same organisation the same as relief that is what she wished for?"""
        return any(self._is_met_relief(int(row)) for row in self._index.twins(offer))

    def some_are_for_others(self) -> bool:
        """Is there anything near enough and of the wished kind, but for another group?"""
        bests = self._index.bests
        wished = np.array([not self._need.kinds or bool(self._need.kinds & set(best.sort.kinds)) for best in bests])
        for number in range(len(RINGS) + 1):
            ring = self.ring(number)
            rows = ring.rows[wished[self.sorts[ring.rows]]] if ring and len(ring.rows) else ()
            if any(self.sum(row) >= BARRED and self.reached(row) for row in map(int, rows)):
                return True
        return False

    def ring(self, number: int) -> Candidates | None:
        """What may serve her place: first by the name of its area, then by distance. ``None``: there is no more."""
        if number > len(RINGS):
            return None
        while len(self._rings) <= number:
            if not self._rings:
                ring = gather_named(self._spots, self._index, self._regions, self.grades)
            else:
                self._around = self._around or near(self._spots, self._regions)
                ring = gather_near(self._around, self._index, self.grades, RINGS[len(self._rings) - 1])
            self._rings.append(ring)
        return self._rings[number]

    def opened(self, number: int) -> tuple[Candidates, Numbers]:
        """A ring without what is surely for others, and the place in the order of each but for its own fields."""
        known = self._open.get(number)
        if known is None:
            ring = self.ring(number) or NOTHING
            ring = ring.only(self.least[self.sorts[ring.rows]] < BARRED)
            level = Level.LOCAL if number == 0 or RINGS[number - 1][0] == 0.0 else Level.REGION
            points = self.grades.points[ring.rows] + (ring.least // STEP_KM).astype(np.int64)
            base = self.tiers(ring.rows, level) * TIER_STEP + points * POINT_STEP + self.grades.rank[ring.rows]
            known = self._open[number] = (ring, base)
        return known

    def tier(self, row: int, level: Level) -> Tier:
        """The tier of an offer that reaches her so."""
        return self._tier(int(self.sorts[row]), int(self.grades.age[row]), level)

    def tiers(self, rows: Numbers, level: Level) -> Numbers:
        """The tiers of offers that reach her so, or as national ones."""
        ages = len(self.grades.ages)
        combined = (self.sorts[rows] * ages + self.grades.age[rows]) * 2 + self.grades.national[rows]
        table = np.zeros(2 * ages * len(self.main), dtype=np.int64)
        table[combined] = 1
        for place in np.flatnonzero(table).tolist():
            sort, age = divmod(place // 2, ages)
            table[place] = self._tier(sort, age, Level.NATIONAL if place % 2 else level)
        return table[combined]

    def _tier(self, sort: int, age: int, level: Level) -> Tier:
        fresh = self.grades.ages[age]
        key = (sort, fresh.rank, fresh.stage, level)
        known = self._tiers.get(key)
        if known is None:
            known = self._tiers[key] = tier_of(self._index.bests[sort].offers[0], self._need, level, fresh)
        return known

    def sum(self, row: int) -> int:
        """What an offer's own fields say: points, and whether it is barred or not what she wished for."""
        just_checked = bool(self.grades.just_checked[row])
        return self.parts.sum(self._index.offers[row], self._index.signs[row].tolist(), just_checked=just_checked)

    def next_sum(self, row: int, total: int) -> int:
        """The same with one more part compared; what is left is marked as unknown."""
        just_checked = bool(self.grades.just_checked[row])
        return self.parts.next_sum(self._index.offers[row], self.signs[row].tolist(), total, just_checked=just_checked)

    def reached(self, row: int) -> Reached | None:
        """How an offer reaches this person."""
        sign = int(self._index.signs[row, REACH])
        if sign not in self._reaches:
            reach = reach_of(self._index.offers[row], self._need, self._regions)
            self._reaches[sign] = (
                None
                if reach is None
                else Reached(reach.level, reach_points(reach), inf if reach.distance_km is None else reach.distance_km)
            )
        return self._reaches[sign]

    def offer(self, row: int) -> Offer:
        """The offer of a row."""
        return self._index.offers[row]

    def _is_met_relief(self, row: int) -> bool:
        if not self.main[self._index.sorts[row]] or self.grades.gone[row] or self.grades.closed[row]:
            return False
        reached = None if self.sum(row) >= UNMET else self.reached(row)
        return reached is not None and reached.level is not Level.TOO_FAR


def _is_choosy(need: Need) -> bool:
    """Was anything told in which an offer may fall short, other than its kind, being closed or being too far?"""
    wishes = (need.kinds, need.day_parts, need.nights_wanted is not None, need.structural is not None)
    limits = (need.needed_within_weeks is not None, need.transport_possible is False)
    return any((*wishes, *limits, need.place not in (None, Place.EITHER)))
