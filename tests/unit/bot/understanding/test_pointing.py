"""Which offer on screen she means."""

from __future__ import annotations

import pytest

from bot.understanding.pointing import asks_price, pointed_at

SCREEN = ["logeren Respijthuis Lang Leve Thuis", "dagopvang of dagbesteding De Tuin", "zorghotel Groot Stokkert"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("wat kost de tweede nou", [1]),
        ("hoe duur is nummer 3", [2]),
        ("en die laatste dan, wat kost dat", [2]),
        ("wat is de prijs van dat logeerhuis", [0]),
        ("wat kosten ze", [0, 1, 2]),
        ("wat kost de eerste keer", []),
        ("wat kost respijtzorg", []),
    ],
)
def test_by_its_place_or_by_what_it_is(text: str, meant: list[int]) -> None:
    assert asks_price(text)
    assert pointed_at(text, SCREEN) == meant


def test_a_fourth_of_three_is_none() -> None:
    assert pointed_at("wat kost die derde", SCREEN[:2]) == []
