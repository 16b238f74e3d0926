"""Does she say je to us, u, or neither? Je that is said to nobody does not count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.informal import says_je
from bot.understanding.text import fold


@pytest.mark.parametrize(
    "text",
    [
        "Kun je me helpen?",
        "wie ben je eigenlijk",
        "wat weet je van mij",
        "ben jij een robot",
        "jij snapt er niks van",
        "Wat doe je met mijn gegevens?",
        "hoi, wat kan je voor me doen",
        "bende gij een computer",
        "is dit jouw antwoord?",
    ],
)
def test_je_to_us_is_je(text: str) -> None:
    assert says_je(fold(text)) is True


@pytest.mark.parametrize(
    "text", ["Kunt u mij helpen?", "wat weet u van mij", "bent u een mens", "u bent een robot", "zou u willen bellen"]
)
def test_u_is_u(text: str) -> None:
    assert says_je(fold(text)) is False


def test_u_wins_where_both_are_said() -> None:
    assert says_je(fold("kunt u mij zeggen: wat doe je als hij wegloopt")) is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mijn man heeft dementie",
        "Je doet wat je kunt",
        "je moet wel",
        "dan moet je wel",
        "help me",
        "zijn moeder zegt dat je nooit klaar bent",
    ],
)
def test_je_to_nobody_is_neither(text: str) -> None:
    assert says_je(fold(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "dan ben je kapot",
        "op een gegeven moment kan je niet meer",
        "als mantelzorger heb je geen leven",
        "daar kan je niks aan doen",
    ],
)
def test_je_for_anyone_in_a_turned_sentence_is_neither(text: str) -> None:
    assert says_je(fold(text)) is None


@pytest.mark.parametrize("text", ["kan u mij helpen", "wil u mij bellen", "zult u dat doorgeven"])
def test_u_with_a_short_verb_is_u(text: str) -> None:
    assert says_je(fold(text)) is False


@given(st.text(max_size=120))
def test_any_text_is_answered(text: str) -> None:
    assert says_je(fold(text)) in (True, False, None)
