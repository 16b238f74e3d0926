"""Offers written out as people read and type them: one text a column, which ``typed`` reads back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from knowledge.offers.columns import COLUMNS, ISO_DAY, SPREAD
from knowledge.offers.guide import GUIDE, FieldGuide, Shape
from knowledge.offers.shapes import terms_of


def texts_of(data: Mapping[str, Any], separator: str = "\n") -> dict[str, str]:
    """One text for each of ``COLUMNS``, "" for what is not known. ``separator`` stands between the parts of a list.

    Never fails, whatever the data: what is not as it should be is shown as it is.
    """
    texts = dict.fromkeys(COLUMNS, "")
    for name, guide in GUIDE.items():
        value = data.get(name)
        if value is None:
            continue
        if guide.shape not in SPREAD:
            texts[name] = _written(guide, value, separator)
        elif isinstance(value, Mapping):
            for key, part in guide.parts.items():
                texts[part.name] = "" if value.get(key) is None else _written(part, value[key], separator)
        else:
            texts[next(iter(guide.parts.values())).name] = str(value)
    return texts


def _written(guide: FieldGuide, value: Any, separator: str) -> str:
    if isinstance(value, list) and guide.shape is not Shape.RANGE:
        return separator.join(_written_one(guide, each) for each in value)
    return _written_one(guide, value)


def _written_one(guide: FieldGuide, value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    writer = _WRITERS.get(guide.shape)
    try:
        return str(value) if writer is None else writer(guide, value)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError):  # not as it should be: show it as it is
        return str(value)


def _written_term(guide: FieldGuide, value: Any) -> str:
    return terms_of(guide.vocabulary)[value].label


def _written_day(guide: FieldGuide, value: Any) -> str:
    found = ISO_DAY.fullmatch(value)
    return "-".join(reversed(found[1].split("-"))) if found else str(value)


def _written_range(guide: FieldGuide, value: Any) -> str:
    if isinstance(value, str):
        return value
    low, high = value
    return str(low) if low == high else f"{low}-{high}"


def _written_check(guide: FieldGuide, value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    parts = [_written_one(part, value[key]) if value.get(key) else "" for key, part in guide.parts.items()]
    return " | ".join(parts).rstrip(" |")


_WRITERS: dict[Shape, Callable[[FieldGuide, Any], str]] = {
    Shape.TERM: _written_term,
    Shape.TERMS: _written_term,
    Shape.DAY: _written_day,
    Shape.RANGE: _written_range,
    Shape.AMOUNT: lambda guide, value: value.replace(".", ","),
    Shape.FIELD: lambda guide, value: GUIDE[value].label,
    Shape.FIELDS: lambda guide, value: GUIDE[value].label,
    Shape.CHECKS: _written_check,
}
