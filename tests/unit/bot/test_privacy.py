"""A citizen service number never gets into the house."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import TAKEN_OUT, is_bsn, without_bsn

BSN = "111222333"


@pytest.mark.parametrize("written", [BSN, "1112.22.333", "111 222 333", "111-222-333"])
def test_it_is_taken_out_however_it_is_written(written: str) -> None:
    text, found = without_bsn(f"mijn bsn is {written}, en nu?")
    assert found
    assert text == f"mijn bsn is {TAKEN_OUT}, en nu?"


@pytest.mark.parametrize(
    "text", ["06 12 34 56 78", "0612345678", "+31612345678", "bel 0570-123456", "9711 AB", "111222334", "1112223330"]
)
def test_telephone_numbers_and_other_numbers_stay(text: str) -> None:
    assert without_bsn(text) == (text, False)


@given(st.integers(min_value=1, max_value=10**9 - 1))
def test_only_what_passes_the_test_is_taken_out(number: int) -> None:
    digits = f"{number:09d}"
    text, found = without_bsn(f"nummer {digits}.")
    assert found == is_bsn(digits)
    assert (digits in text) != found
