"""What was compared of a need, part by part: kept by signature, for this need and for others that ask the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.matching.advice import Advice, tried_of
from knowledge.matching.need import Need
from knowledge.matching.parts import COMPANY, HASTE, PARTS, READERS, WISH, Part
from knowledge.offers.record import Offer
from knowledge.vocabulary import OfferKind

Numbers = npt.NDArray[Any]

POINTS = (1 << 20) - 1
UNMET, UNKNOWN, BARRED = 1 << 20, 1 << 24, 1 << 28
"""Bits above the points; each is counted at most once a part."""
_MOST_KEPT = 400  # * what was compared for so many different questions is kept


class Known:
    """What one part says of each signature: points, and bits for what else (``UNMET``, ``UNKNOWN``, ``BARRED``).

    The bits stand so high that the sums of all parts can be taken apart again.
    """

    def __init__(self, part: Part) -> None:
        self._compare = part.compare
        self.values: Numbers = np.empty(0, dtype=np.int32)

    def reserve(self, count: int) -> None:
        """Room for so many signatures. Another thread may lose what it just wrote, and then compares it again."""
        if len(self.values) < count:
            room = np.full(count + count // 4 + 16, UNKNOWN, dtype=np.int32)
            room[: len(self.values)] = self.values
            self.values = room

    def value(self, sign: int, offer: Offer, need: Need) -> int:
        """Of an offer with this signature: compared, unless that was done before."""
        value = int(self.values[sign])
        if value & UNKNOWN:
            value = self.values[sign] = self.compare(offer, need)
        return value

    def compare(self, offer: Offer, need: Need) -> int:
        """Points and bits of one offer, compared anew."""
        aspect = self._compare(offer, need)
        return BARRED if aspect.barrier else aspect.points + (0 if aspect.met else UNMET)


class Memory:
    """What was compared before, by part and by what that asks of a need: many needs ask the same of a part."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Known] = OrderedDict()
        self._tiers: OrderedDict[Hashable, dict[Hashable, Any]] = OrderedDict()

    def tiers_of(self, need: Need) -> dict[Hashable, Any]:
        """The tiers of needs that ask the same of them as this one (``tier_of``), to read and to add to."""
        key = (need.kinds, need.urgency)
        with self._lock:
            tiers = self._tiers.setdefault(key, {})
            self._tiers.move_to_end(key)
            if len(self._tiers) > _MOST_KEPT:
                self._tiers.popitem(last=False)
        return tiers

    def of(self, column: int, part: Part, need: Need, count: int) -> Known:
        """What is known of a part for needs that ask the same as this one, with room for so many signatures."""
        key = (column, part.compare, part.asks(need))
        with self._lock:
            known = self._kept.setdefault(key, Known(part))
            self._kept.move_to_end(key)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            known.reserve(count)
        return known


class Parts:
    """The comparison of one need with offers, part by part. Sums are points and bits, as in ``Known``."""

    def __init__(self, need: Need, advice: Advice, memory: Memory, counts: Sequence[int]) -> None:
        self._need, self._advice = need, advice
        columns = [*range(HASTE), HASTE, HASTE]
        columns[WISH] = _wish_column(need)
        known = [memory.of(column, part, need, counts[column]) for column, part in zip(columns, PARTS, strict=True)]
        self._columns, self._known = columns[:HASTE], known[:HASTE]
        self._longer_ago, self._lately = known[HASTE:]
        turn = list(zip(self._columns, self._known, strict=True))
        last = [turn[COMPANY], turn[WISH + 2], turn[1], turn[0]]
        self._in_turn = tuple([turn[WISH], (HASTE, haste), *last] for haste in (self._longer_ago, self._lately))
        self._kinds: dict[OfferKind, int] = {}

    def sums(self, signs: Numbers, just_checked: Numbers) -> Numbers:
        """For offers with these signatures (a row each): what is known by now, which is never too many points."""
        haste = signs[:, HASTE]
        total = np.where(just_checked, self._lately.values[haste], self._longer_ago.values[haste])
        for column, known in zip(self._columns, self._known, strict=True):
            total += known.values[signs[:, column]]
        return total

    def sum(self, offer: Offer, signs: Sequence[int], *, just_checked: bool) -> int:
        """For one offer, all of it."""
        haste = self._lately if just_checked else self._longer_ago
        total = haste.value(signs[HASTE], offer, self._need)
        for column, known in zip(self._columns, self._known, strict=True):
            total += known.value(signs[column], offer, self._need)
            if total >= BARRED:
                break
        return total

    def next_sum(self, offer: Offer, signs: Sequence[int], total: int, *, just_checked: bool) -> int:
        """A sum with one more part compared; the group it is for comes last, for that takes most."""
        for column, known in self._in_turn[just_checked]:
            if known.values[signs[column]] & UNKNOWN:
                return total - UNKNOWN + known.value(signs[column], offer, self._need)
        return self.sum(offer, signs, just_checked=just_checked)  # what was unknown was compared meanwhile

    def least(self, offers: Sequence[Offer], signs: Sequence[Sequence[int]]) -> int:
        """For the best of a sort (``best_of``): the least that any offer of the sort can have."""
        target = self._known[0]
        if all(target.value(each[0], offer, self._need) >= BARRED for offer, each in zip(offers, signs, strict=True)):
            return BARRED
        best, first = offers[0], signs[0]
        wish, company = (
            self._known[part].value(first[self._columns[part]], best, self._need) for part in (WISH, COMPANY)
        )
        return self.kind_points(best) + wish + company

    def kind_points(self, offer: Offer) -> int:
        """What was tried before and what is advised, which look at what an offer mainly is."""
        points = self._kinds.get(offer.kinds[0])
        if points is None:
            points = tried_of(offer, self._need).points + self._advice.of(offer).points
            self._kinds[offer.kinds[0]] = points
        return points


def _wish_column(need: Need) -> int:
    """The fewest signatures that still tell apart what this need asks."""
    if need.nights_wanted is not None or need.structural is not None:
        return WISH
    return len(PARTS) - 1 if need.day_parts else len(READERS)
