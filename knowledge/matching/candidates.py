"""What may serve a place, as columns: first what its area names, then what stands within rings of so many km."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

import numpy as np

from knowledge.matching.grades import Grades
from knowledge.matching.index import OfferIndex
from knowledge.matching.memory import Numbers
from knowledge.matching.shelves import Near, places_to_look
from knowledge.places.regions import Regions, Spot

RINGS = ((0.0, 1.0), (1.0, 15.0), (15.0, 40.0), (40.0, inf))  # * km


class Candidates(NamedTuple):
    """Columns, an offer each row. ``least``: it is at least so many km away, or 0.

    ``far``: it may be further than people travel for it; ``only_far``: it is.
    """

    rows: Numbers
    least: Numbers
    far: Numbers
    only_far: Numbers

    def only(self, which: Numbers) -> Candidates:
        """Some of them, by a mask or in an order."""
        return Candidates(*(column[which] for column in self))

    def after(self, first: int) -> Candidates:
        """Those from a place on."""
        return Candidates(*(column[first:] for column in self))


def gather_named(spots: Sequence[Spot], index: OfferIndex, regions: Regions, grades: Grades) -> Candidates:
    """What names one of the places, or an area that may hold it; how far it is does not follow from that."""
    rows = np.concatenate([index.shelf(shelf) for shelf in places_to_look(spots, regions)])
    rows = rows[~grades.gone[rows]]
    no = np.zeros(len(rows), dtype=bool)
    return Candidates(rows, np.zeros(len(rows)), no, no)


def gather_near(around: Sequence[Near], index: OfferIndex, grades: Grades, ring: tuple[float, float]) -> Candidates:
    """What stands in the municipalities that begin within a ring."""
    inside = [each for each in around if ring[0] <= each.least < ring[1]]
    shelves = [index.shelf(("near", each.municipality)) for each in inside]
    if not shelves:
        return NOTHING
    lengths = [len(shelf) for shelf in shelves]
    rows = np.concatenate(shelves)
    least = np.repeat([each.least for each in inside], lengths)
    most = np.repeat([each.most for each in inside], lengths)
    sorts = index.sorts[rows]
    keep = (least <= index.far_km()[sorts]) & ~grades.gone[rows]
    rows, least, most, travel = rows[keep], least[keep], most[keep], index.travel_km()[sorts[keep]]
    return Candidates(rows, least, most > travel, (least > travel) & ~grades.by_radius[rows])


NOTHING = Candidates(np.empty(0, dtype=np.int32), np.empty(0), np.empty(0, dtype=bool), np.empty(0, dtype=bool))
