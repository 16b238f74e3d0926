"""The official names of municipalities, GGD regions and provinces, as a record or a sheet must write them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

MUNICIPALITIES = Path(__file__).parents[1] / "seed" / "gemeenten.csv"


def municipality_names() -> frozenset[str]:
    """The official names of the municipalities."""
    return _names("gemeente")


def ggd_regions() -> frozenset[str]:
    """The names of the GGD regions."""
    return _names("ggd_regio")


def provinces() -> frozenset[str]:
    """The names of the twelve provinces."""
    return _names("provincie")


@cache
def _names(column: str) -> frozenset[str]:
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as lines:
        return frozenset(row[column] for row in csv.DictReader(lines))
