"""A question is kept only in words that are everybody's: no name, no place, no figure survives."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.everyday import LONGEST, TAKEN_OUT, asks, everyday_words, question_in
from bot.understanding.text import fold

COMMON = ("wat", "kost", "een", "hulp", "voor", "mijn", "vader", "hoe", "lang", "duurt", "het", "daar", "een")
EVERYDAY = frozenset(COMMON)
NAMES = ("Jansen", "piet", "Fatma", "Zwolle", "wijhe", "06-12345678", "8131", "AB", "1956", "o'Neill", "Anne_Marie")


def kept_words(question: str) -> list[str]:
    return re.findall(r"[^\W_]+", question)


def test_words_that_several_use_in_small_letters_are_everyday() -> None:
    texts = ["wat kost hulp", "hulp voor vader", "hulp is duur, vader"]
    assert everyday_words(texts) == {"hulp"}


def test_a_word_that_is_mostly_a_name_is_not() -> None:
    texts = ["een roos", "de roos", "mijn roos", "mijn moeder Roos", "tante Roos, zus Roos"]
    assert "roos" not in everyday_words(texts)


def test_a_word_that_is_now_and_then_a_name_is() -> None:
    assert "mark" in everyday_words([*["op de mark"] * 9, "mijn zoon Mark"])


def test_figures_and_words_with_figures_are_not() -> None:
    assert everyday_words(["bel 112 op a4 nu"] * 5) == {"bel", "op", "nu"}


@pytest.mark.parametrize("name", ["zwolle", "ede", "assen"])
def test_a_municipality_is_not(name: str) -> None:
    assert name not in everyday_words([f"hulp in {name}"] * 5)


@pytest.mark.parametrize(
    ("place", "word"), [("alphen aan den rijn", "alphen"), ("bergen op zoom", "zoom"), ("den haag", "haag")]
)
def test_a_municipality_of_several_words_is_not(place: str, word: str) -> None:
    assert word not in everyday_words([f"hulp in {place}"] * 5)


def test_one_who_says_it_three_times_is_not_several_people() -> None:
    assert "jansen" not in everyday_words(["jansen hier, jansen, ja jansen met een s"])


def test_only_the_sentences_that_ask_are_kept() -> None:
    text = "Mijn vader is duur. Wat kost hulp voor mijn vader? Het duurt lang."
    assert question_in(text, EVERYDAY) == "Wat kost hulp voor mijn vader?"


def test_without_a_question_mark_a_question_word_asks() -> None:
    assert question_in("wat kost een hulp", EVERYDAY) == "wat kost een hulp"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Wat kost hulp voor Piet Jansen?", f"Wat kost hulp voor {TAKEN_OUT}?"),
        ("Hoe lang duurt het in 8131 AB, Wijhe?", f"Hoe lang duurt het {TAKEN_OUT}, {TAKEN_OUT}?"),
        ("wat kost het 06-12345678", f"wat kost het {TAKEN_OUT}"),
    ],
)
def test_names_places_and_figures_are_taken_out(text: str, kept: str) -> None:
    assert question_in(text, EVERYDAY) == kept


@pytest.mark.parametrize("text", ["", "?", "Zwolle?", "Wat?", "wat Jansen", "12 34 56?", "…", "😀?"])
def test_of_less_than_two_words_nothing_is_kept(text: str) -> None:
    assert question_in(text, EVERYDAY) == ""


def test_an_accent_does_not_matter() -> None:
    assert question_in("Hóé lang duurt het dáár?", EVERYDAY) == "Hóé lang duurt het dáár?"


@given(st.lists(st.sampled_from([*COMMON, *NAMES, "?", ",", ".", "\n", "WAT", "Hulp"]), max_size=60).map(" ".join))
def test_no_token_outside_the_everyday_words_survives(text: str) -> None:
    assert all(fold(word) in EVERYDAY for word in kept_words(question_in(text, EVERYDAY)))


@given(st.text(max_size=400))
def test_nothing_of_any_text_survives_that_is_not_everyday(text: str) -> None:
    kept = question_in(text, EVERYDAY)
    assert all(fold(word) in EVERYDAY for word in kept_words(kept))
    assert set(re.sub(r"[^\W_]+", "", kept)) <= set(f"{TAKEN_OUT} ,?")


@given(st.text(alphabet="wathoe Zq,?.", max_size=600))
def test_what_is_kept_has_a_bound_and_is_stable(text: str) -> None:
    kept = question_in(text, EVERYDAY)
    assert len(kept) <= 2 * LONGEST
    assert "  " not in kept
    assert not kept or question_in(kept, EVERYDAY).replace(TAKEN_OUT, "").split() == kept.replace(TAKEN_OUT, "").split()


SURNAMES = ("de Jong", "Bakker", "de Boer", "van den Bos", "Groot", "de Wit", "Meer")
"""Names that are everybody's words too."""
THEIR_WORDS = EVERYDAY | {"de", "jong", "bakker", "boer", "bos", "groot", "wit", "meer", "van", "den", "mevrouw", "is"}


@given(st.sampled_from(SURNAMES))
def test_a_name_that_is_also_a_word_goes_by_its_capital(surname: str) -> None:
    kept = question_in(f"Wat kost een hulp voor {surname} daar?", THEIR_WORDS)
    assert surname.split()[-1] not in kept
    assert kept.startswith("Wat kost een hulp voor")


@given(st.sampled_from(SURNAMES), st.sampled_from(["mevrouw", "meneer", "dhr", "tante"]))
def test_and_by_the_title_before_it(surname: str, title: str) -> None:
    kept = question_in(f"wat kost een hulp voor {title} {surname.lower()} daar?", THEIR_WORDS)
    assert surname.split()[-1].lower() not in kept


def test_the_words_of_the_field_keep_their_capital() -> None:
    assert question_in("Wat kost hulp van de Wmo?", THEIR_WORDS | {"wmo"}) == "Wat kost hulp van de Wmo?"


@pytest.mark.parametrize("sign", ["\n", " ", "\n ", ".\n"])
def test_empty_lines_without_end_cost_no_more_than_their_number(sign: str) -> None:
    """Ten thousand empty lines once cost eight seconds: the rest was read from each of them."""
    began = time.process_time()
    assert not asks("Ik zorg voor mijn man" + (sign * 10_000)[:9_900] + "en ik slaap slecht")
    assert asks("Ik zorg voor mijn man" + (sign * 10_000)[:9_900] + "en wat kost dat")
    assert time.process_time() - began < 1.0
