"""The guarded figures, for a place and a period: sums of whole lines of the book, and nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from bot.insight.guard import MINIMUM, Line


@dataclass(frozen=True)
class Figure:
    """What may be shown of one question: the lines of the book of one place and one period."""

    lines: tuple[Line, ...] = ()

    @cached_property
    def count(self) -> int:
        """Everything together; 0 means that nothing may be shown, not that there was nothing."""
        return sum(line.count for line in self.lines)

    @cached_property
    def blocks(self) -> dict[frozenset[str], int]:
        """How many of which answers, as far as they may be told apart."""
        found: Counter[frozenset[str]] = Counter()
        for line in self.lines:
            for block in line.blocks:
                found[block.answers] += block.count
        return dict(found)

    def of(self, *answers: str) -> int:
        """How many at least gave one of these answers: what surely did."""
        wanted = frozenset(answers)
        return sum(count for members, count in self.blocks.items() if members <= wanted)

    def between(self, *answers: str) -> tuple[int, int]:
        """How many gave one of these answers: at least, and at most."""
        least = most = 0
        for line in self.lines:
            low, high = _of_line(line, frozenset(answers))
            least, most = least + low, most + high
        return least, most

    def share(self, *answers: str) -> tuple[Fraction, Fraction] | None:
        """The part of the whole that gave one of these answers: at least, and at most; ``None`` without a whole."""
        if not self.count:
            return None
        least, most = self.between(*answers)
        return Fraction(least, self.count), Fraction(most, self.count)

    def mean(self, name: str) -> float | None:
        """The mean of a value, to a tenth, over those of the first class; ``None`` when it may not be shown. Over how
        many it is, is not told."""
        lines = [line for line in self.lines if name in line.sums]
        people = sum(line.valued for line in lines)
        return round(sum(line.sums[name] for line in lines) / people, 1) if people else None


def _of_line(line: Line, wanted: frozenset[str]) -> tuple[int, int]:
    inside = sum(block.count for block in line.blocks if block.answers <= wanted)
    crossing = sum(block.count for block in line.blocks if block.answers & wanted and not block.answers <= wanted)
    if crossing and line.small and not line.small & wanted:
        return inside + crossing - (MINIMUM - 1), inside + crossing
    if crossing and line.small and line.small >= wanted:
        return inside, inside + MINIMUM - 1
    return inside, inside + crossing
