"""Which passwords are refused, and that ordinary good ones are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.staff.passwords import (
    HOUSE_WORDS,
    LEAKED,
    LEAST_LENGTH,
    RefusedPasswordError,
    check_password,
    is_leaked,
    mark_of,
    own_words,
)
from scripts import leaked_passwords

PETRA = ("Petra van der Meulen", "p.meulen@ede.example", "Ede", "Wmo Noord")


def refused(password: str) -> str:
    try:
        check_password(password, PETRA)
    except RefusedPasswordError as error:
        return error.code
    return ""


@pytest.mark.parametrize("password", ["", "kort", "elf tekens!", "a" * (LEAST_LENGTH - 1)])
def test_a_short_one_is_refused(password):
    assert refused(password) == "short"


@pytest.mark.parametrize(
    "password", ["1234567890123", "Qwertyuiop123", "1Q2W3E4R5T6Y", "30secondstomars", "passwordpassword"]
)
def test_one_that_leaked_elsewhere_is_refused_whatever_its_capitals(password):
    assert is_leaked(password)
    assert refused(password) == "leaked"


def test_the_list_is_longer_than_the_standard_asks_and_in_order():
    marks = LEAKED.read_bytes()
    each = [marks[place : place + 5] for place in range(0, len(marks), 5)]
    assert len(each) > 40_000
    assert each == sorted(set(each)), "else it is not found"
    assert all(is_leaked_mark in each for is_leaked_mark in (mark_of("123456789012"), mark_of("qwertyuiop12")))


@pytest.mark.parametrize(
    "password",
    ["Adempauze2026!", "mantelzorg-Ede", "Petra van der Meulen 1", "gemeenteEde2026", "WmoNoord2026!", "Welkom2026!!",
     "respijtzorg respijtzorg", "p.meulen@ede.example"],
)  # fmt: skip
def test_words_of_the_house_and_of_oneself_do_not_count(password):
    assert refused(password) == "own"


@pytest.mark.parametrize(
    "password", ["P@ssw0rd!!!!", "dragon-monkey", "abcabcabcabcabc", "21-03-1978 !", "zxcvbnm,./zx"]
)
def test_what_is_guessed_first_is_refused(password):
    assert refused(password) in ("guessable", "leaked")


@pytest.mark.parametrize(
    "password",
    ["vier paarse olifanten", "een lange zin als wachtwoord", "fiets soep lantaarn kast", "Kq7#vLm2!xPz9",
     "hGt5-kkJw-pPz4",
     "het regent weer op dinsdag", "ЖелтыйСлон над рекой", "😀 zes appels op zolder", "x" + "tw9!" * 30],
)  # fmt: skip
def test_a_good_one_is_taken(password):
    assert refused(password) == ""


@given(st.text(max_size=200))
def test_nothing_that_is_typed_breaks_it(password):
    assert refused(password) in ("", "short", "leaked", "own", "guessable")


def test_the_words_are_listed_and_those_of_a_person_go_along():
    assert {"adempauze", "mantelzorg", "gemeente"} <= set(HOUSE_WORDS)
    assert {"petra", "meulen", "ede", "wmo", "noord"} <= set(own_words(PETRA))


def test_the_list_can_be_made_anew_and_holds_no_password(tmp_path, monkeypatch):
    monkeypatch.setattr(leaked_passwords, "LEAKED", tmp_path / "marks.bin")
    assert leaked_passwords.write(["correct horse battery", "kort", "Correct Horse Battery"]) == 1
    assert b"horse" not in (tmp_path / "marks.bin").read_bytes()
