"""What is known at the end of a talk, in a form that a person can write down: field → value, or a list of values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

NOT_ASKED_FOR = {"contact", "quotes", "role_evidence", "danger", "details", "kept_back"}
"""Compared only when a talk mentions them: how to reach her, her literal words, the sums behind her role, and what a
request holds beside the story."""
OPEN_END = "…"
"""A written value that ends so is the beginning of a longer one (her own words)."""


def readable(profile: dict[str, Any]) -> dict[str, list[str]]:
    """The profile (as ``CarerProfile.as_dict``) with every value as a short text.

    Of several people who are cared for, a value says which: ``dementia (uw moeder)``.
    """
    several = bool(profile.get("others_cared_for"))
    return {name: _values(name, told, several) for name, told in profile.items()}


def differences(wanted: dict[str, Any], profile: dict[str, Any]) -> list[str]:
    """Where the profile is not exactly as written; what is not written must not be known."""
    have = readable(profile)
    names = sorted(set(wanted) | (set(have) - NOT_ASKED_FOR))
    pairs = [(name, written(wanted.get(name)), have.get(name, [])) for name in names]
    return [f"at the end {name} is {got}, not {want}" for name, want, got in pairs if not _same(want, got)]


def heard(unheard: dict[str, Any], profile: dict[str, Any]) -> list[str]:
    """Which of the values that were written as not heard are known after all."""
    have = readable(profile)
    return [
        f"{name}: {value}"
        for name, values in unheard.items()
        for value in written(values)
        if any(_is(value, got) for got in have.get(name, []))
    ]


def written(value: Any) -> list[str]:
    """What stands in the file, as texts: nothing, one value, a list, or a mapping (``name=Ans``)."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [f"{key}={_text(one)}" for key, one in value.items()]
    return [_text(one) for one in (value if isinstance(value, list) else [value])]


def _values(name: str, told: Any, several: bool) -> list[str]:
    if isinstance(told, list):
        return [_one(name, item, several) for item in told]
    if isinstance(told, dict) and "value" not in told:
        return written(told)
    return [_one(name, told, several)]


def _one(name: str, item: Any, several: bool) -> str:
    if not isinstance(item, dict):
        return _text(item)
    value = item.get("value", item.get("text"))
    text = _COMPACT.get(name, _pairs)(value) if isinstance(value, dict) else _text(value)
    return f"{text} ({item['about']})" if several and item.get("about") else text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"  # so that yes, "yes" and true may all be written
    return f"{value:g}" if isinstance(value, float) else str(value)


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"{low:g}+" if high is None else f"-{high:g}"
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def _hours(value: dict[str, Any]) -> str:
    return "constant" if value.get("constant") else _range(value.get("low"), value.get("high"))


def _nights(value: dict[str, Any]) -> str:
    times, most = value.get("times"), value.get("times_high")
    often = f"x{_range(times, most or times)}" if times else ""
    return " ".join(filter(None, (_range(value.get("low"), value.get("high")), often)))


def _since(value: dict[str, Any]) -> str:
    year, month, ago = value.get("year"), value.get("month"), value.get("months_ago")
    if year or month:
        return "-".join(filter(None, (str(year or ""), f"{month:02d}" if month else "")))
    return "" if ago is None else f"{ago:g} months"


def _place(value: dict[str, Any]) -> str:
    municipality, place = value.get("municipality") or "", value.get("place") or ""
    name = f"{place} ({municipality})" if place and place != municipality else municipality
    state = value.get("state", "stated")
    return name if state == "stated" else f"{name}, {state}"


def _pairs(value: dict[str, Any]) -> str:
    return ", ".join(f"{key}={_text(one)}" for key, one in value.items() if one is not None)


_COMPACT: dict[str, Callable[[dict[str, Any]], str]] = {
    "hours": _hours,
    "nights": _nights,
    "since": _since,
    "carer_place": _place,
    "loved_one_place": _place,
}


def _same(want: list[str], got: list[str]) -> bool:
    closed = [value for value in want if not value.endswith(OPEN_END)]
    rest = list((Counter(got) - Counter(closed)).elements())
    begun = [value for value in want if value.endswith(OPEN_END)]
    if Counter(closed) - Counter(got) or len(rest) != len(begun):
        return False
    return all(any(_is(value, one) for one in rest) for value in begun)


def _is(value: str, got: str) -> bool:
    return got.startswith(value.removesuffix(OPEN_END)) if value.endswith(OPEN_END) else got == value
