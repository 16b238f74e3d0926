"""Numbers of the profile as people say them."""

from __future__ import annotations

import pytest

from bot.request.values import amount_of_hours, broken_nights, since_when
from bot.wording import Wording

WORDING = Wording.load({})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"low": 15.0, "high": 15.0, "constant": False}, "ongeveer 15 uur per week"),
        ({"low": 7.5, "high": 7.5, "constant": False}, "ongeveer 7,5 uur per week"),
        ({"low": 10.0, "high": 20.0, "constant": False}, "10 tot 20 uur per week"),
        ({"low": 168.0, "high": 168.0, "constant": True}, "dag en nacht"),
    ],
)
def test_hours_read_as_people_say_them(value, expected):
    assert amount_of_hours(value, WORDING) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"low": 0.0, "high": 0.0, "times": None}, "geen onderbroken nachten"),
        ({"low": 1.0, "high": 1.0, "times": None}, "1 nacht per week"),
        ({"low": 3.0, "high": 4.0, "times": None}, "3 tot 4 nachten per week"),
        ({"low": 7.0, "high": 7.0, "times": 2.0}, "elke nacht, 2 keer per nacht"),
        ({"low": None, "high": None, "times": 3.0}, "onderbroken nachten, 3 keer per nacht"),
    ],
)
def test_nights_read_as_people_say_them(value, expected):
    assert broken_nights(value, WORDING) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"months_ago": None, "year": 2019, "month": None}, "sinds 2019"),
        ({"months_ago": None, "year": None, "month": 5}, "sinds mei"),
        ({"months_ago": 8.0, "year": None, "month": None}, "ongeveer 8 maanden"),
        ({"months_ago": 1.0, "year": None, "month": None}, "ongeveer 1 maand"),
        ({"months_ago": 38.0, "year": None, "month": None}, "ongeveer 3 jaar"),
        ({"months_ago": 0.2, "year": None, "month": None}, "sinds kort"),
    ],
)
def test_since_when_reads_as_people_say_it(value, expected):
    assert since_when(value, WORDING) == expected


def test_since_when_without_a_number_is_told_in_her_words():
    assert since_when({"months_ago": None, "year": None, "month": None}, WORDING, "al jaren") == "al jaren"


def test_a_range_of_times_a_night_reads_as_a_range():
    value = {"low": 7.0, "high": 7.0, "times": 3.0, "times_high": 4.0}
    assert broken_nights(value, WORDING) == "elke nacht, 3 tot 4 keer per nacht"
