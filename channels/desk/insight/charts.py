"""Where everything stands in a chart. Bars and dots are placed in per cent of the width, so that a chart is as wide as
the screen and its letters stay as large as the page's; the map is in ``mapping.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from bot.insight.figures import Figure
from bot.insight.months import in_words, months_between, short
from bot.insight.questions import AFTER, BEFORE, Question, Relief
from channels.desk.insight.sheets import KEPT, split


@dataclass(frozen=True)
class Bar:
    """One row: ``width`` in per cent of the longest; ``tone`` names its colour."""

    label: str
    count: int
    width: float
    tone: str = "plain"


@dataclass(frozen=True)
class Pair:
    """Looked for in vain, beside what is there; ``None`` where that may not be shown, or has no meaning."""

    label: str
    unmet: int | None
    unmet_width: float
    known: int | None
    known_width: float


@dataclass(frozen=True)
class Mark:
    """One month: at least and at most, in per cent; ``x`` in per cent of the width, the heights in pixels."""

    label: str
    short: str
    x: float
    low: int
    high: int
    count: int

    @property
    def spoken(self) -> str:
        """``87 %``, or ``86 tot 89 %``."""
        return per_cent(self.low, self.high)

    @property
    def is_span(self) -> bool:
        """Is there a doubt that can be seen?"""
        return self.high - self.low > 1

    @property
    def y_low(self) -> float:
        """Where the least stands."""
        return _height(self.low)

    @property
    def y_high(self) -> float:
        """Where the most stands."""
        return _height(self.high)

    @property
    def y(self) -> float:
        """The middle of the two."""
        return _height((self.low + self.high) / 2)


@dataclass(frozen=True)
class Slope:
    """Rest at home before and after, on the scale of 1 to 5, with their places in per cent of the width."""

    before: str
    after: str
    x_before: float
    x_after: float


def bounds_in_per_cent(share: tuple[Fraction, Fraction] | None) -> tuple[int, int] | None:
    """At least and at most, rounded outwards: never better, and never worse, than it was."""
    return None if share is None else (floor(share[0] * 100), ceil(share[1] * 100))


def per_cent(low: int, high: int) -> str:
    """``87 %`` when there is hardly doubt, else ``81 tot 89 %``, or ``ten minste 93 %``."""
    if high - low <= 1:
        return f"{(low + high) // 2} %"
    return f"ten minste {low} %" if high == 100 else f"{low} tot {high} %"


def bars(question: Question, figure: Figure, tones: Mapping[str, str] | None = None) -> tuple[Bar, ...]:
    """A row for each answer that was given; for an order that means something, in that order, else largest first."""
    rows = split(question, figure)
    if not question.ordered:
        rows = tuple(sorted(rows, key=lambda row: (row.code == "together", -row.count)))
    longest = max((row.count for row in rows), default=1)
    named = {"together": "together", **(tones or {})}
    return tuple(Bar(row.label, row.count, _part(row.count, longest), named.get(row.code, "plain")) for row in rows)


def pairs(figure: Figure, supply: Mapping[Relief, int]) -> tuple[Pair, ...]:
    """Each family of relief: most missed first."""
    shown = [(relief, figure.of(relief.value)) for relief in Relief]
    most = max((count for _, count in shown), default=0) or 1
    known: dict[Relief, int] = {
        relief: supply.get(relief, 0) for relief in Relief if relief not in (Relief.SEVERAL, Relief.ANY)
    }
    largest = max(known.values(), default=0) or 1
    return tuple(
        Pair(
            relief.label,
            count or None,
            _part(count, most),
            known.get(relief),
            _part(known.get(relief, 0), largest),
        )
        for relief, count in sorted(shown, key=lambda one: -one[1])
    )


def kept_by_month(figures: Mapping[str, Figure], first: str, last: str) -> tuple[Mark, ...]:
    """How much was in time, month by month; the months without a line of the book are left open."""
    months = months_between(first, last)
    found = []
    for place, month in enumerate(months):
        figure = figures.get(month)
        share = bounds_in_per_cent(figure.share(*KEPT)) if figure is not None else None
        if figure is not None and share is not None:
            x = 6 + (place + 0.5) / len(months) * 94
            found.append(Mark(in_words(month), short(month), round(x, 2), *share, figure.count))
    return tuple(found)


def slope(figure: Figure) -> Slope | None:
    """Before and after, or ``None`` when it may not be shown."""
    before, after = figure.mean(BEFORE), figure.mean(AFTER)
    if before is None or after is None:
        return None
    said = [f"{value:.1f}".replace(".", ",") for value in (before, after)]
    return Slope(said[0], said[1], _on_scale(before), _on_scale(after))


def _height(part: float) -> float:
    """From 150 pixels for nothing to 20 for all."""
    return round(150 - part * 1.3, 1)


def _part(count: int, of: int) -> float:
    return round(count / of * 100, 1)


def _on_scale(value: float) -> float:
    return round((value - 1) / 4 * 92 + 4, 1)
