"""Broken nights, as people tell them."""

from __future__ import annotations

import pytest

from bot.reading import Nights
from bot.understanding.nights import read_nights
from bot.understanding.text import fold


def nights_in(text: str) -> Nights | None:
    return read_nights(text, fold(text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("elke nacht", 7, 7),
        ("bijna elke nacht ben ik eruit", 5, 7),
        ("geen enkele nacht door", 7, 7),
        ("ik heb in maanden geen nacht doorgeslapen", 7, 7),
        ("twee van de zeven nachten", 2, 2),
        ("drie nachten per week", 3, 3),
        ("een nacht of vier per week", 4, 4),
        ("twee tot drie nachten in de week", 2, 3),
        ("om de nacht", 3.5, 3.5),
        ("de meeste nachten", 4, 7),
        ("soms moet ik er 's nachts uit", 1, 5),
        ("ik slaap gewoon goed", 0, 0),
        ("geen enkele nacht eruit", 0, 0),
        ("de nachten gaan goed", 0, 0),
    ],
)
def test_how_many_nights_a_week_are_broken_is_read(text: str, low: float, high: float) -> None:
    nights = nights_in(text)
    assert nights is not None
    assert (nights.per_week_low, nights.per_week_high) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("twee keer per nacht", 2, None),
        ("vier keer eruit", 4, None),
        ("een keer of vijf per nacht", 5, None),
        ("drie, vier keer per nacht", 3, 4),
        ("in de nacht moet ik er twee, soms drie keer uit", 2, 3),
        ("elk uur", 6, 8),
        ("om de twee uur wakker", 3, 4),
    ],
)
def test_how_often_a_night_is_read_as_the_range_it_is(text: str, low: float, high: float | None) -> None:
    nights = nights_in(text)
    assert nights is not None
    assert (nights.times_a_night, nights.times_high) == (low, high)


def test_nights_and_times_are_told_together() -> None:
    nights = nights_in("ik moet er elke nacht wel drie keer uit")
    assert nights is not None
    assert (nights.per_week_low, nights.times_a_night, nights.evidence.words) == (7, 3, "elke nacht wel drie keer")


@pytest.mark.parametrize(
    ("text", "hours"),
    [("ik slaap hooguit drie uur", 3), ("hooguit vier uur slaap per nacht", 4), ("ik slaap maar 3 à 4 uur", 4)],
)
def test_how_little_she_sleeps_is_read(text: str, hours: float) -> None:
    nights = nights_in(text)
    assert nights is not None
    assert nights.sleep_hours == hours


@pytest.mark.parametrize("text", ["hij slaapt 3 uur overdag", "ik slaap 8 uur", "elk uur moet hij gedraaid worden"])
def test_sleep_of_another_and_enough_sleep_are_no_broken_nights(text: str) -> None:
    assert nights_in(text) is None


@pytest.mark.parametrize("text", ["ik slaap niet", "'s nachts is het onrustig", "ik lig wakker"])
def test_nights_that_are_only_described_leave_the_number_open(text: str) -> None:
    nights = nights_in(text)
    assert nights is not None
    assert (nights.per_week_low, nights.per_week_high) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "ik wil een nacht weg", "een paar nachten logeren", "goedenacht", "we praten erover", "drie nachten logeren",
        "ik wil er vier keer per jaar eruit", "hij is 3 nachten in het ziekenhuis geweest", "drie keer naar de wc",
    ],
)  # fmt: skip
def test_a_night_she_would_like_or_that_is_elsewhere_is_not_a_broken_night(text: str) -> None:
    assert nights_in(text) is None


@pytest.mark.parametrize(
    ("text", "approximate"), [("drie nachten per week", False), ("gemiddeld vier nachten in de week", True)]
)
def test_doubt_about_the_nights_is_kept(text: str, approximate: bool) -> None:
    nights = nights_in(text)
    assert nights is not None
    assert nights.approximate is approximate
