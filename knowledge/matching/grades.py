"""What offers are on a day, whoever asks: gone, stale, closed, and the points for that. A row for each offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from knowledge.matching.memory import Numbers
from knowledge.matching.ranking import EXISTENCE_UNCERTAIN, FRESHNESS_POINTS, WAITING, is_just_checked
from knowledge.offers.freshness import Freshness, Stage, freshness_of
from knowledge.offers.record import Offer
from knowledge.vocabulary import OfferStatus, Scope

_Row = tuple[int, int, int, bool, bool, bool, bool, bool, bool, bool]


@dataclass(frozen=True)
class Grades:
    """Columns. ``age``: which of ``ages`` its freshness is like, as far as that bears on where it stands."""

    day: date
    ages: tuple[Freshness, ...]
    points: Numbers
    rank: Numbers
    age: Numbers
    just_checked: Numbers
    gone: Numbers
    closed: Numbers
    waiting: Numbers
    uncertain: Numbers
    national: Numbers
    by_radius: Numbers

    @classmethod
    def of(cls, offers: Sequence[Offer], day: date, before: Grades | None) -> Grades:
        """Those of these offers; of the first of them ``before`` holds already what they are on this day."""
        ages = {_like(fresh): number for number, fresh in enumerate(before.ages)} if before else {}
        kinds = list(before.ages) if before else []
        done = len(before.points) if before else 0
        if day == date.min:  # nobody asked for a day yet
            return cls(day, (), *(_EMPTY for _ in range(10)))
        rows = [_row(offer, day, ages, kinds) for offer in offers[done:]]
        columns = [np.array(column) for column in zip(*rows, strict=True)] if rows else [_EMPTY] * 10
        if before:
            columns = [
                np.concatenate([old, new]) if len(new) else old
                for old, new in zip(before._columns(), columns, strict=True)
            ]
        return cls(day, tuple(kinds), *columns)

    def _columns(self) -> tuple[Numbers, ...]:
        flags = (self.just_checked, self.gone, self.closed, self.waiting, self.uncertain, self.national, self.by_radius)
        return (self.points, self.rank, self.age, *flags)


_EMPTY: Numbers = np.empty(0, dtype=bool)


def _row(offer: Offer, day: date, ages: dict[object, int], kinds: list[Freshness]) -> _Row:
    fresh = freshness_of(offer, day)
    age = ages.setdefault(_like(fresh), len(kinds))
    if age == len(kinds):
        kinds.append(fresh)
    waiting = offer.status is OfferStatus.WAITING_LIST
    points = FRESHNESS_POINTS * fresh.rank
    points += EXISTENCE_UNCERTAIN if offer.existence_uncertain else 0
    points += WAITING if waiting else 0
    return (
        points,
        fresh.rank,
        age,
        is_just_checked(fresh),
        fresh.stage is Stage.GONE,
        offer.status is OfferStatus.TEMPORARILY_CLOSED,
        waiting,
        offer.existence_uncertain,
        offer.scope is Scope.NATIONAL,
        offer.scope is Scope.RADIUS,
    )


def _like(fresh: Freshness) -> object:
    return fresh.rank, fresh.stage
