"""What we aim at, and the floors below which a change is a step back (``floors.yml``)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.evaluation.document import Section, Table
from bench.evaluation.statistics import Figure

FLOORS = Path(__file__).with_name("floors.yml")


@dataclass(frozen=True)
class Bar:
    """One figure: what we aim at (if anything), and its floor. ``at_most``: less is better."""

    label: str
    floor: float
    aim: float | None = None
    at_most: bool = False

    def is_reached(self, value: float, bar: float) -> bool:
        """Is the value as good as the bar?"""
        return value <= bar if self.at_most else value >= bar


def read_bars(path: Path = FLOORS) -> dict[str, Bar]:
    """By the name of the figure. Raises ``TypeError`` on a key that is not known."""
    return {name: Bar(**row) for name, row in yaml.safe_load(path.read_text(encoding="utf-8")).items()}


def below(bars: Mapping[str, Bar], found: Mapping[str, Figure]) -> list[str]:
    """A line for each figure that fell through its floor. What was not measured cannot fall."""
    return [
        f"{bar.label}: {found[name].value:.3f}, the floor is {bar.floor}"
        for name, bar in bars.items()
        if _measured(found, name) and not bar.is_reached(found[name].value, bar.floor)
    ]


def unmeasured(bars: Mapping[str, Bar], found: Mapping[str, Figure]) -> list[str]:
    """The figures that have a floor and were not measured in this run."""
    return [bar.label for name, bar in bars.items() if not _measured(found, name)]


def aims_section(bars: Mapping[str, Bar], found: Mapping[str, Figure]) -> Section:
    """Each aim beside what is reached."""
    rows = []
    for name, bar in bars.items():
        if bar.aim is None:
            continue
        sign = "≤" if bar.at_most else "≥"
        if not _measured(found, name):
            rows.append((bar.label, f"{sign} {bar.aim:g}", "not measured", ""))
            continue
        one = found[name]
        told = str(one) if one.low < one.high else f"{one.value:.4g}"
        rows.append((bar.label, f"{sign} {bar.aim:g}", told, "yes" if bar.is_reached(one.value, bar.aim) else "no"))
    return Section("Aims").add(Table(("", "aim", "reached", "met"), rows))


def _measured(found: Mapping[str, Figure], name: str) -> bool:
    return name in found and not math.isnan(found[name].value)
