"""How single values of the profile read in Dutch: numbers, terms and places poured into domain sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.profile import Told
from bot.wording import Wording
from knowledge.vocabulary import Term

_NIGHTS_IN_A_WEEK = 7
_MONTHS_SAID_AS_YEARS = 24  # from two years on people speak of years


@dataclass(frozen=True)
class Value:
    """A readable value, the words it came from, and whether we concluded it rather than heard it."""

    text: str
    words: str = ""
    derived: bool = False


def labels(term: type[Term], told: Iterable[Told]) -> Value | None:
    """The Dutch labels of several values, each once; a value outside the vocabulary is her own text."""
    items = list(told)
    known = {member.value: member.label for member in term}
    names = dict.fromkeys(known.get(item.value, str(item.value)) for item in items)
    return Value(", ".join(names), quoted(items)) if items else None


def texts(told: Iterable[Told]) -> Value | None:
    """Free texts, as she said them."""
    items = list(told)
    return Value("; ".join(dict.fromkeys(str(item.value) for item in items)), quoted(items)) if items else None


def place_name(told: Told | None, wording: Wording) -> Value | None:
    """``Ede``, or ``Bennekom (gemeente Ede)`` when she named a village."""
    if told is None:
        return None
    municipality, place = told.value.get("municipality") or "", told.value.get("place") or ""
    if place and municipality and place.casefold() != municipality.casefold():
        text = wording.text("utter_field_place_in_municipality", place=place, municipality=municipality)
    else:
        text = municipality or place
    return Value(text, told.words, derived=told.value.get("state") == "derived") if text else None


def amount_of_hours(value: dict[str, Any], wording: Wording) -> str:
    """``ongeveer 15 uur per week``, ``10 tot 15 uur per week``, ``dag en nacht``."""
    if value.get("constant"):
        return wording.text("utter_field_hours_constant")
    low, high = value.get("low"), value.get("high")
    if low is None or high is None or low == high:
        return wording.text("utter_field_hours", hours=_number(high if low is None else low))
    return wording.text("utter_field_hours_range", low=_number(low), high=_number(high))


def broken_nights(value: dict[str, Any], wording: Wording) -> str:
    """``elke nacht, 2 keer``, ``3 tot 4 nachten per week``, ``geen onderbroken nachten``."""
    low, high, times = value.get("low"), value.get("high"), value.get("times")
    nights = _nights(high if low is None else low, low if high is None else high, wording)
    most = value.get("times_high")
    if times and most:
        name = "utter_field_nights_times_range"
        return wording.text(name, nights=nights, low=_number(times), high=_number(most))
    return wording.text("utter_field_nights_times", nights=nights, times=_number(times)) if times else nights


def _nights(low: float | None, high: float | None, wording: Wording) -> str:
    if low is None or high is None:
        return wording.text("utter_field_nights_unknown")
    if high == 0:
        return wording.text("utter_field_nights_none")
    if low >= _NIGHTS_IN_A_WEEK:
        return wording.text("utter_field_nights_every")
    if low == high:
        name = "utter_field_nights_one" if low == 1 else "utter_field_nights_some"
        return wording.text(name, nights=_number(low))
    return wording.text("utter_field_nights_range", low=_number(low), high=_number(high))


def since_when(value: dict[str, Any], wording: Wording, words: str = "") -> str:
    """``sinds mei 2024``, ``sinds 2019``, ``ongeveer 8 maanden``, ``ongeveer 3 jaar``; else her ``words``."""
    year, month, ago = value.get("year"), value.get("month"), value.get("months_ago")
    if month:
        named = format_date(date(2000, int(month), 1), "MMMM", locale="nl")
        return wording.text("utter_field_since", since=f"{named} {year}" if year else named)
    if year:
        return wording.text("utter_field_since", since=year)
    if ago is None and words:
        return words
    if not ago or ago < 1:
        return wording.text("utter_field_since_recent")
    if ago >= _MONTHS_SAID_AS_YEARS:
        return wording.text("utter_field_since_years", years=_number(round(ago / 12)))
    return wording.text("utter_field_since_months" if ago >= 2 else "utter_field_since_month", months=_number(ago))


def _number(amount: float | None) -> str:
    return format_decimal(round(amount or 0, 1), locale="nl")


def quoted(told: Iterable[Told]) -> str:
    """Her words behind several values, each once."""
    return " · ".join(dict.fromkeys(item.words for item in told if item.words))
