"""The columns of a sheet: which field of the guide each holds, and how people may name it."""

from __future__ import annotations

from functools import cache

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from knowledge.offers.columns import COLUMN_GUIDES
from knowledge.offers.faults import label_of
from knowledge.offers.guide import FieldGuide, Shape
from knowledge.places.names import key_of

Column = FieldGuide  # one that holds no parts, or is typed as one text all the same


@cache
def columns() -> tuple[Column, ...]:
    """Every column, in the order of the guide."""
    return tuple(COLUMN_GUIDES.values())


def column_of(heading: str) -> Column | None:
    """The column with this name or Dutch label, whatever its capitals, spaces and punctuation."""
    return _by_key().get(key_of(heading)) if len(heading) < 200 else None


def label_of_column(name: str) -> str:
    """The Dutch label of a column; empty for a row as a whole."""
    return label_of(name) if name else ""


def width_of(column: Column) -> int:
    """How wide the column stands, in characters."""
    if column.shape in (Shape.LONG_TEXT, Shape.TEXTS, Shape.URL):
        return 45
    return 24 if column.shape in (Shape.TEXT, Shape.TERM, Shape.TERMS, Shape.PLACES) else 16


def column_letter(place: int) -> str:
    """What a spreadsheet program calls the column at this place, counted from 0."""
    return str(get_column_letter(place + 1))


@cache
def _by_key() -> dict[str, Column]:
    named = {key_of(column.name): column for column in columns()}
    return named | {key_of(column.label): column for column in columns()}
