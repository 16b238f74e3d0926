"""Offers kept so that a need is answered without weighing all of them: by what they are and by where they serve.

Nothing here decides anything: a shelf says where an offer may serve (``shelves.py``), a signature which offers are
alike to every need (``parts.py``), a grade what an offer is on a day whoever asks. An offer is a row in each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import NamedTuple, TypeVar

import numpy as np

from knowledge.matching.grades import Grades
from knowledge.matching.memory import Memory, Numbers
from knowledge.matching.parts import READERS, best_of
from knowledge.matching.shelves import Shelf, far_km, shelves_of, travel_km
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.vocabulary import OfferKind, Place

K = TypeVar("K", bound=Hashable)
Twin = tuple[str, OfferKind]
_MOST_DEAD = 1000  # * rows of offers that are gone, beside as many as there are offers, before all is made anew


class Sort(NamedTuple):
    """What offers are, as far as a need can be compared with that alone."""

    kinds: tuple[OfferKind, ...]
    place: Place | None
    young_carers_only: bool


@dataclass(frozen=True)
class Best:
    """The best that an offer of a sort could be (``best_of``), and the signatures of these."""

    sort: Sort
    offers: tuple[Offer, ...]
    signs: tuple[tuple[int, ...], ...]


class OfferIndex:
    """The offers of a catalogue, to match needs with. A value: a change gives a new one that shares what stayed."""

    def __init__(self, offers: Iterable[Offer], regions: Regions) -> None:
        self._regions = regions
        self._numbering = Numbering()
        self.offers: tuple[Offer, ...] = tuple(offers)
        self.signs, self.sorts = self._numbering.rows(self.offers)
        rows = range(len(self.offers))
        self._rows = {self.offers[row].id: row for row in rows}
        self._shelves = _shelved(self.offers, rows, regions)
        self._twins = _by_twin(self.offers, rows)
        self._far = _farthest(self.offers, self.sorts, len(self._numbering.bests))
        self._grades = Grades.of(self.offers, date.min, None)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Offer]:
        return (self.offers[row] for row in self._rows.values())

    def get(self, offer_id: str) -> Offer | None:
        """The offer of this id."""
        row = self._rows.get(offer_id)
        return None if row is None else self.offers[row]

    def with_changes(self, changed: Iterable[Offer] = (), removed: Iterable[str] = ()) -> OfferIndex:
        """The index after offers were added, changed or removed. This one stays as it is for whoever still reads it."""
        new = {offer.id: offer for offer in changed}
        gone = {self._rows[key] for key in {*new, *removed} if key in self._rows}
        first = len(self.offers)
        other = object.__new__(OfferIndex)
        other._regions, other._numbering = self._regions, self._numbering
        other.offers = (*self.offers, *new.values())
        signs, sorts = self._numbering.rows(tuple(new.values()))
        other.signs, other.sorts = np.concatenate([self.signs, signs]), np.concatenate([self.sorts, sorts])
        come = range(first, len(other.offers))
        left = {key: row for key, row in self._rows.items() if row not in gone}
        other._rows = left | {other.offers[row].id: row for row in come}
        if len(other.offers) > 2 * len(other._rows) + _MOST_DEAD:
            return OfferIndex(other, self._regions)
        leave, enter = _shelved(self.offers, gone, self._regions), _shelved(other.offers, come, self._regions)
        other._shelves = _exchanged(self._shelves, leave, enter)
        other._twins = _exchanged(self._twins, _by_twin(self.offers, gone), _by_twin(other.offers, come))
        count = len(self._numbering.bests)
        other._far = np.maximum(
            _farthest(other.offers[first:], sorts, count),
            np.pad(self._far, (0, count - len(self._far))),
        )
        other._grades = Grades.of(other.offers, self._grades.day, self._grades)
        return other

    def prepare(self, today: date) -> None:
        """Grade the offers for a day now, not on its first question."""
        self.grades(today)

    def grades(self, today: date) -> Grades:
        """What the offers are on a day, whoever asks."""
        grades = self._grades
        if grades.day != today:
            grades = self._grades = Grades.of(self.offers, today, None)
        return grades

    @property
    def memory(self) -> Memory:
        """What was compared before with offers of this index."""
        return self._numbering.memory

    @property
    def bests(self) -> Sequence[Best]:
        """Of every sort by its number: what no real offer of it can better."""
        return self._numbering.bests[: len(self._far)]  # an index made from this one may have more

    @property
    def counts(self) -> tuple[int, ...]:
        """How many signatures there are in each column."""
        return self._numbering.counts()

    def shelf(self, shelf: Shelf) -> Numbers:
        """The rows of the offers on a shelf."""
        return self._shelves.get(shelf, _NONE)

    def far_km(self) -> Numbers:
        """By sort: from how far people may come to an offer of it, at most."""
        return self._far

    def travel_km(self) -> Numbers:
        """By sort: how far people may be expected to travel for it."""
        return np.array(self._numbering.travel[: len(self._far)])

    def twins(self, offer: Offer) -> Numbers:
        """The rows of what the same organisation has that mainly is the same, this offer included."""
        return self._twins.get(_twin(offer), _NONE)


class Numbering:
    """Numbers for sorts and signatures. It only grows, so indexes that come from each other share it."""

    def __init__(self) -> None:
        self._numbers: tuple[dict[Hashable, int], ...] = tuple({} for _ in READERS)
        self._sorts: dict[Sort, int] = {}
        self._lock = Lock()
        self.bests: list[Best] = []
        self.travel: list[float] = []
        self.memory = Memory()

    def rows(self, offers: Sequence[Offer]) -> tuple[Numbers, Numbers]:
        """The signatures of each offer (``READERS``, and last its sort), and its sort."""
        with self._lock:
            sorts = [self._sort(offer) for offer in offers]
            signs = [(*self._signs(offer), sort) for offer, sort in zip(offers, sorts, strict=True)]
        return np.array(signs, dtype=np.int32).reshape(-1, len(READERS) + 1), np.array(sorts, dtype=np.int32)

    def counts(self) -> tuple[int, ...]:
        """How many signatures there are in each column."""
        return (*map(len, self._numbers), len(self.bests))

    def _sort(self, offer: Offer) -> int:
        sort = Sort(offer.kinds, offer.place, offer.young_carers_only)
        number = self._sorts.get(sort)
        if number is None:
            number = len(self.bests)
            best = best_of(offer)
            self.bests.append(Best(sort, best, tuple((*self._signs(each), number) for each in best)))
            self.travel.append(travel_km(offer.kinds))
            self._sorts[sort] = number
        return number

    def _signs(self, offer: Offer) -> tuple[int, ...]:
        return tuple(
            numbers.setdefault(read(offer), len(numbers)) for numbers, read in zip(self._numbers, READERS, strict=True)
        )


_NONE: Numbers = np.empty(0, dtype=np.int32)


def _shelved(offers: Sequence[Offer], rows: Iterable[int], regions: Regions) -> dict[Shelf, Numbers]:
    lists: dict[Shelf, list[int]] = defaultdict(list)
    for row in rows:
        for shelf in shelves_of(offers[row], regions):
            lists[shelf].append(row)
    return {shelf: np.array(found, dtype=np.int32) for shelf, found in lists.items()}


def _twin(offer: Offer) -> Twin:
    return offer.organisation, offer.kinds[0]


def _by_twin(offers: Sequence[Offer], rows: Iterable[int]) -> dict[Twin, Numbers]:
    lists: dict[Twin, list[int]] = defaultdict(list)
    for row in rows:
        lists[_twin(offers[row])].append(row)
    return {twin: np.array(found, dtype=np.int32) for twin, found in lists.items()}


def _exchanged(old: Mapping[K, Numbers], leave: Mapping[K, Numbers], enter: Mapping[K, Numbers]) -> dict[K, Numbers]:
    new = dict(old)
    for key in leave.keys() | enter.keys():
        there = old.get(key, _NONE)
        stay = there[~np.isin(there, leave[key])] if key in leave else there
        new[key] = np.concatenate([stay, enter.get(key, _NONE)])
    return new


def _farthest(offers: Sequence[Offer], sorts: Numbers, count: int) -> Numbers:
    far = np.zeros(count)  # by sort
    np.maximum.at(far, sorts, np.array([far_km(offer) for offer in offers]))
    return far
