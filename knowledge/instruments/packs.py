"""Packs: what is public about a questionnaire. Its answers, score, bands and owner; never its items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Generic, TypeVar

from knowledge.instruments.blocks import InstrumentError

NOT_ASKED: Final = "not_asked"
SKIPPED: Final = "skipped"
UNANSWERED: Final = (NOT_ASKED, SKIPPED)
"""What an item can be besides answered. "Did not want to say" and "was never asked" stay apart; neither is a zero."""

Number = TypeVar("Number", int, Decimal)


@dataclass(frozen=True)
class ScoreRange(Generic[Number]):
    """The lowest and the highest score among all ways to fill in what is unanswered; both occur."""

    low: Number
    high: Number

    @property
    def exact(self) -> bool:
        """Can it be only one score?"""
        return self.low == self.high

    @classmethod
    def total(cls, ranges: Iterable[ScoreRange[Number]], zero: Number) -> ScoreRange[Number]:
        """The range of the sum: items are filled in independently of each other."""
        low = high = zero
        for each in ranges:
            low, high = low + each.low, high + each.high
        return cls(low, high)


@dataclass(frozen=True)
class Answer:
    """One answer of the set: ``code`` is stored, ``label`` the Dutch answer as printed, ``points`` its score."""

    code: str
    label: str
    points: int


@dataclass(frozen=True)
class Band:
    """Scores ``low`` to ``high``, both included, that the owner calls by one name (``label``, Dutch)."""

    code: str
    label: str
    low: int
    high: int


@dataclass(frozen=True)
class Construct:
    """What an item is about, in our own words. ``reversed``: the item is phrased the pleasant way round."""

    code: str
    label: str
    reversed: bool = False


@dataclass(frozen=True)
class Pack:
    """A questionnaire without its text (domain facts 1.1, R32).

    ``summed``: one sum score; else the values stand beside each other. ``bands``: none when the owner gives no cut-off.
    ``constructs``: one for each item, in order, or empty when no open source has the order; ``themes`` then say what it
    is about. ``takes_tariff``: the operator may add published weights. ``assumes_relation``: the items only make sense
    to someone who cares for this person ("partner"). ``confidence``: see ``knowledge.facts``.
    """

    key: str
    name: str
    citation: str
    rights_holder: str
    terms: str
    source: str
    confidence: str
    checked_on: date
    item_count: int
    answers: tuple[Answer, ...]
    summed: bool
    bands: tuple[Band, ...]
    constructs: tuple[Construct, ...]
    themes: tuple[Construct, ...]
    takes_tariff: bool
    assumes_relation: str | None

    def construct(self, number: int) -> Construct | None:
        """What item ``number`` (from 1) is about, when known."""
        return self.constructs[number - 1] if self.constructs else None

    def points(self, number: int, code: str) -> int:
        """What this answer to item ``number`` scores; more is always heavier. Raises ``InstrumentError``."""
        scored = {answer.code: answer.points for answer in self.answers}
        if code not in scored:
            raise InstrumentError(self.key, f"no such answer; the answers are {', '.join(scored)}")
        construct = self.construct(number)
        mirrored = construct is not None and construct.reversed
        return min(scored.values()) + max(scored.values()) - scored[code] if mirrored else scored[code]

    def points_range(self, number: int, step: str) -> ScoreRange[int]:
        """What item ``number`` can still score: one value when answered, all of them when not."""
        codes = [answer.code for answer in self.answers] if step in UNANSWERED else [step]
        points = [self.points(number, code) for code in codes]
        return ScoreRange(min(points), max(points))

    def score_range(self, steps: Iterable[str]) -> ScoreRange[int]:
        """The sum over the items, each an answer code, ``NOT_ASKED`` or ``SKIPPED``."""
        return ScoreRange.total((self.points_range(number, step) for number, step in enumerate(steps, 1)), 0)

    def band_of(self, score: ScoreRange[int]) -> Band | None:
        """The band that holds every score of the range; ``None`` when there is none (yet)."""
        return next((band for band in self.bands if band.low <= score.low and score.high <= band.high), None)
