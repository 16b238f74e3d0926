"""Patterns in the week and the year."""

from __future__ import annotations

from typing import Any

import pytest

from bot.reading import Moment
from bot.understanding.message import read_message
from bot.understanding.moments import read_moments
from bot.understanding.text import fold
from knowledge.places.regions import Regions


def moments_in(text: str) -> tuple[Moment, ...]:
    return read_moments(text, fold(text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dinsdagochtend", {"weekdays": (2,), "day_parts": ("morning",)}),
        ("woensdag- en vrijdagmiddag", {"weekdays": (3, 5), "day_parts": ("afternoon",)}),
        ("om de week een zaterdag", {"weekdays": (6,), "times": 1, "per": "fortnight"}),
        ("één weekend in de maand", {"weekdays": (6, 7), "times": 1, "per": "month"}),
        ("twee middagen per week", {"day_parts": ("afternoon",), "times": 2, "per": "week"}),
        ("doordeweeks overdag", {"weekdays": (1, 2, 3, 4, 5), "day_parts": ("full_day",)}),
        ("maandag t/m donderdag", {"weekdays": (1, 2, 3, 4)}),
        ("ma t/m vr", {"weekdays": (1, 2, 3, 4, 5)}),
        ("ma, wo en vr", {"weekdays": (1, 3, 5)}),
        ("elke dinsdag en donderdag", {"weekdays": (2, 4)}),
        ("na half zes", {"from_hour": 17.5, "day_parts": ("evening",)}),
        ("vanaf 17.00 uur", {"from_hour": 17}),
        ("tussen 9 en 12", {"from_hour": 9, "until_hour": 12}),
        ("in de schoolvakanties", {"season": "school_holidays"}),
        ("om de veertien dagen", {"times": 1, "per": "fortnight"}),
        ("de hele vrijdag", {"weekdays": (5,), "day_parts": ("full_day",)}),
    ],
)  # fmt: skip
def test_a_pattern_is_read(text: str, told: dict[str, Any]) -> None:
    (moment,) = moments_in(text)
    assert {name: getattr(moment, name) for name in told} == told


def test_two_patterns_are_kept_apart() -> None:
    saturday, afternoon = moments_in("de zaterdag om de week en 1 middag na schooltijd")
    assert (saturday.weekdays, saturday.per) == ((6,), "fortnight")
    assert (afternoon.weekdays, afternoon.day_parts) == ((), ("afternoon",))


@pytest.mark.parametrize(
    "text",
    [
        "'s avonds", "in het weekend", "ma, zo doe ik dat niet", "ik ben na 2 uur weer thuis",
        "ik werk maandag t/m vrijdag",
        "hij gaat al dinsdag en donderdag naar de dagopvang", "afgelopen dinsdag viel hij",
        "ik ben 3 keer per week bij haar",
    ],
)  # fmt: skip
def test_a_part_of_the_day_her_work_or_what_has_been_is_no_pattern(text: str) -> None:
    assert moments_in(text) == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("iemand die op dinsdagmiddag bij hem is", ["afternoon"]),
        ("op zondagochtend wil ik naar de kerk", ["weekend", "morning"]),
        ("'s avonds laat", ["evening"]),
        ("na half zes", ["evening"]),
    ],
)
def test_a_pattern_carries_the_parts_of_the_week_that_offers_know(
    regions: Regions, text: str, parts: list[str]
) -> None:
    assert [cue.value for cue in read_message(text, regions).day_parts] == parts
