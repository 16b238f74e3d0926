"""Whoever asks to go on elsewhere is heard; whoever says something else is not mistaken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.going_on.asking import asks_to_go_on


@pytest.mark.parametrize(
    "text",
    [
        "ik wil later verder op mijn telefoon",
        "kan ik straks verder op de computer",
        "Kan ik hier op mijn mobiel mee verder?",
        "kan ik dit gesprek op een ander apparaat afmaken",
        "ik ga liever verder op mijn laptop",
        "kan ik op m'n tablet verdergaan",
        "verder in Telegram",
        "Ik wil via telegram verder gaan",
        "kan ik dit gesprek meenemen naar mijn telefoon?",
        "ik wil doorgaan op de website",
        "overstappen naar mijn iPad",
    ],
)
def test_she_wants_to_go_on_elsewhere(text: str) -> None:
    assert asks_to_go_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "mijn moeder kan niet verder op de computer",
        "hij gaat maar door op zijn telefoon",
        "ik zit de hele dag op mijn telefoon",
        "ik kan zo niet verder",
        "hoe moet het nu verder",
        "kan ik verder praten aan de telefoon",
        "mag ik telefonisch verder",
        "ik las op de website over dagopvang",
        "ja, ga verder",
        "u kunt mij bellen op mijn telefoon",
        "",
    ],
)
def test_she_says_something_else(text: str) -> None:
    assert not asks_to_go_on(text)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    assert asks_to_go_on(text) in (True, False)
