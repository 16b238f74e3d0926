"""A code as people write it down, read it aloud and type it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.going_on.code import LENGTH, SIGNS, code_in_message, new_code, read_code, shown

codes = st.text(alphabet=SIGNS, min_size=LENGTH, max_size=LENGTH)
between = st.sampled_from(["", " ", "-", " - ", "–", ".", "\n", "\u00a0", "_"])
_MISREAD = {"D": "D0OQdoq", "L": "L1Iil", "8": "8Bb", "5": "5Ss", "2": "2Zz", "6": "6Gg", "V": "VvUuYy"}


def test_a_code_is_long_enough_and_never_the_same() -> None:
    made = {new_code() for _ in range(500)}
    assert len(made) == 500
    assert len(SIGNS) ** LENGTH > 2**54
    assert all(re.search("[A-Z]", code) and re.search("[0-9]", code) for code in made)


def test_no_sign_looks_like_another_and_none_is_a_vowel() -> None:
    assert not set(SIGNS) & set("01OIQBSZGUYAE")
    assert len(set(SIGNS)) == len(SIGNS)


def test_it_is_shown_in_three_groups() -> None:
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", shown(new_code()))


@given(codes, st.data())
def test_it_is_read_however_it_was_typed(code: str, data: st.DataObject) -> None:
    typed = ""
    for sign in code:
        typed += data.draw(st.sampled_from(_MISREAD.get(sign, sign + sign.lower()))) + data.draw(between)
    assert read_code(f" {typed} ") == code


@given(st.text(max_size=200))
def test_any_text_gives_a_code_or_nothing(text: str) -> None:
    code = read_code(text)
    assert code is None or (len(code) == LENGTH and set(code) <= set(SIGNS))
    assert code_in_message(text) in (None, code)


@given(st.text(alphabet=SIGNS, max_size=30).filter(lambda text: len(text) != LENGTH))
def test_too_short_or_too_long_is_none(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize(
    "text",
    ["0612345678", "061234567890", "+31 6 12 34 56 78", "mijn moeder", "hulp nu", "112", "strijkijzers", "", "1234 AB"],
)
def test_what_people_say_is_no_code(text: str) -> None:
    assert code_in_message(text) is None


def test_a_message_that_is_a_code_is_seen_as_one() -> None:
    code = new_code()
    assert code_in_message(shown(code)) == code_in_message(code.lower()) == code_in_message(f"{shown(code)}.") == code
    assert code_in_message(f"mijn code is {shown(code)}") is None
