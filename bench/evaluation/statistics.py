"""Figures with 95% intervals. The sentences of one person are alike, so persons are resampled, not sentences.

Every figure here is a formula over sums of counts (right and total; hits, false finds and misses). So a resample is a
weighted sum of the counts of each person, and a thousand of them are one matrix product.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = Sequence[bool] | npt.NDArray[np.bool_]
Formula = Callable[[Floats], Floats]
"""Sums (any shape, the last axis holds the counts) to figures (the same shape without the last axis)."""
TIMES, SEED = 1000, 20261122
_Z = 1.959964


@dataclass(frozen=True)
class Figure:
    """A value with its 95% interval; ``n`` is how many cases it stands on. Not a number when there were none."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        if self.n == 0 or math.isnan(self.value):
            return "–"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


NOTHING = Figure(math.nan, math.nan, math.nan, 0)


class Bootstrap:
    """Resamples of one set. ``clusters`` names the person or pair of each row; rows of one name stay together."""

    def __init__(self, clusters: Sequence[str], times: int = TIMES, seed: int = SEED) -> None:
        names, self._cluster = np.unique(np.asarray(clusters), return_inverse=True)
        generator = np.random.default_rng(seed)
        self._size = len(names)
        self._draws = generator.multinomial(self._size, np.full(self._size, 1 / self._size), size=times).astype(float)

    def figure(self, counts: npt.ArrayLike, formula: Formula, n: int) -> Figure:
        """The figure over all rows (``counts``: rows x counts) and its percentile interval over the resamples.

        A resample in which the figure does not exist (no case was drawn) is left out.
        """
        rows = np.asarray(counts, dtype=float)
        if n == 0:
            return NOTHING
        sums = np.zeros((self._size, rows.shape[1]))
        np.add.at(sums, self._cluster, rows)
        with np.errstate(invalid="ignore", divide="ignore"):
            value = float(formula(sums.sum(axis=0)))
            spread = formula(self._draws @ sums)
        spread = spread[~np.isnan(spread)]
        low, high = np.percentile(spread, [2.5, 97.5]) if len(spread) else (math.nan, math.nan)
        return Figure(value, float(low), float(high), n)

    def share(self, right: Flags, among: Flags | None = None) -> Figure:
        """The share of rows that are ``right``, of all or of those ``among`` which it is asked.

        Where all or none are right resampling gives no interval, so there Wilson's takes its place.
        """
        wanted = np.ones(len(self._cluster), dtype=bool) if among is None else np.asarray(among, dtype=bool)
        hits = np.asarray(right, dtype=bool) & wanted
        total, good = int(wanted.sum()), int(hits.sum())
        if total and good in (0, total):
            return Figure(good / total, *wilson(good, total), total)
        return self.figure(np.column_stack([hits, wanted]), ratio, total)

    def precision(self, found: Flags, true: Flags) -> Figure:
        """The share of what was found that is true."""
        return self.share(true, among=found)

    def recall(self, found: Flags, true: Flags) -> Figure:
        """The share of what is true that was found."""
        return self.share(found, among=true)

    def f1(self, found: npt.ArrayLike, true: npt.ArrayLike) -> Figure:
        """F1 over flags; a second axis of labels gives micro-F1. ``n`` is how many are true."""
        counts, total = hits_and_misses(found, true), int(np.asarray(true, dtype=bool).sum())
        if total and not counts[:, 1:].any():  # no mistake at all: resampling gives no interval
            return Figure(1.0, *wilson(total, total), total)
        return self.figure(counts, f1_of, total)

    def macro_f1(self, found: Sequence[str], true: Sequence[str]) -> Figure:
        """The mean of the F1 of each label that occurs, told or found: as scikit-learn does by default."""
        labels = sorted({*found, *true})
        columns = [hits_and_misses([one == label for one in found], [one == label for one in true]) for label in labels]

        def macro(sums: Floats) -> Floats:
            by_label = f1_of(sums.reshape(*sums.shape[:-1], len(labels), 3))
            return np.asarray(np.nanmean(by_label, axis=-1))

        return self.figure(np.hstack(columns), macro, len(true))


def hits_and_misses(found: npt.ArrayLike, true: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Hits, false finds and misses of each row, added up over labels when there are more."""
    seen, told = np.asarray(found, dtype=bool), np.asarray(true, dtype=bool)
    rows = [seen & told, seen & ~told, ~seen & told]
    return np.column_stack([one.reshape(len(told), -1).sum(axis=1) for one in rows])


def ratio(sums: Floats) -> Floats:
    """The first count over the second."""
    return np.asarray(sums[..., 0] / sums[..., 1])


def f1_of(sums: Floats) -> Floats:
    """F1 of hits, false finds and misses."""
    return np.asarray(2 * sums[..., 0] / (2 * sums[..., 0] + sums[..., 1] + sums[..., 2]))


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927); sensible near 0 and 1, where the textbook interval is not."""
    if total == 0:
        return math.nan, math.nan
    share, spread = right / total, _Z * _Z / total
    reach = _Z * math.sqrt(share * (1 - share) / total + spread / total / 4)
    low, high = (share + spread / 2 - reach) / (1 + spread), (share + spread / 2 + reach) / (1 + spread)
    return max(0.0, low), min(1.0, high)


@dataclass(frozen=True)
class Bin:
    """Chances between ``low`` and ``high``: how many, their mean, and how often they came true."""

    low: float
    high: float
    n: int
    chance: float
    came_true: float


def reliability(chances: Sequence[float], true: Sequence[bool], bins: int = 5) -> list[Bin]:
    """Do chances mean what they say? Bins of equal width; an empty one holds no number."""
    said, happened = np.asarray(chances, dtype=float), np.asarray(true, dtype=float)
    places = np.minimum((said * bins).astype(int), bins - 1)
    found = []
    for place in range(bins):
        here = places == place
        n = int(here.sum())
        means = (float(said[here].mean()), float(happened[here].mean())) if n else (math.nan, math.nan)
        found.append(Bin(place / bins, (place + 1) / bins, n, *means))
    return found


def confusion(told: Sequence[str], found: Sequence[str]) -> dict[str, dict[str, int]]:
    """How often each told label was found as each label: ``table[told][found]``; every label has its row."""
    labels = sorted({*told, *found})
    table = {label: dict.fromkeys(labels, 0) for label in labels}
    for true, seen in zip(told, found, strict=True):
        table[true][seen] += 1
    return table
