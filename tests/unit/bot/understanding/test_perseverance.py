"""How long she thinks that she can keep it up; a span of something else is never taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.perseverance import read_perseverance, read_perseverance_answer

WORDS = (
    "ik", "hou", "trek", "het", "dit", "niet", "geen", "nog", "een", "paar", "week", "dag", "maanden", "jaar", "lang",
    "vol", "al", "meer", "ben", "op", "…", "3", "Één",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("ik kan dit nog een paar weken volhouden", "weeks", "nog een paar weken"),
        ("Nog hooguit een maand, dan trek ik het niet meer", "months", "Nog hooguit een maand"),
        ("dit houd ik nog 3 dagen vol", "days", "nog 3 dagen"),
        ("ik hou het geen week meer vol", "days", "geen week meer"),
        ("ik kan nog wel een paar maanden zo doorgaan", "months", "een paar maanden"),
        ("dit hou ik nog jaren vol", "longer", "nog jaren"),
    ],
)
def test_a_span_with_keeping_up_is_read_with_its_words(text: str, value: str, words: str) -> None:
    found = read_perseverance(text)
    assert found is not None
    assert (found.value, found.evidence.words) == (value, words)
    assert text[found.evidence.start : found.evidence.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "een paar weken geleden viel hij",
        "ik hou dit niet lang meer vol",
        "we houden het al lang vol",
        "al twee jaar hou ik dit vol",
        "sinds een maand moet ik dit zo volhouden",
        "hoe moet ik dit volhouden",
    ],
)
def test_without_a_span_ahead_nothing_is_read(text: str) -> None:
    assert read_perseverance(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ik ben er dag en nacht, ik hou het niet vol",
        "elke dag denk ik: hoe hou ik dit vol",
        "acht uur per dag zorgen, dat hou ik niet vol",
        "twee keer per week komt de thuiszorg, anders houd ik het niet vol",
        "ik trek elke dag zijn kousen aan",
        "ik moet de hele dag doorgaan",
        "vorige week kon ik het niet meer trekken",
    ],
)
def test_a_rhythm_a_part_of_the_day_or_the_past_is_no_span_ahead(text: str) -> None:
    assert read_perseverance(text) is None


@pytest.mark.parametrize(
    "text",
    ["ik heb het jaren volgehouden maar nu ben ik op", "ik doe dit nu drie jaar en hou het niet meer vol"],
)
def test_years_behind_her_are_not_years_ahead(text: str) -> None:
    found = read_perseverance(text)
    assert found is None or found.value != "longer"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("een paar dagen", "days"),
        ("hooguit tot morgen", "days"),
        ("een paar weken", "weeks"),
        ("een week of drie", "weeks"),
        ("niet lang", "weeks"),
        ("niet zo lang meer", "weeks"),
        ("Ik ben op", "weeks"),
        ("ik kan echt niet meer", "weeks"),
        ("geen week", "days"),
        ("1 maand", "months"),
        ("tot de zomer", "months"),
        ("nog jaren", "longer"),
        ("nog lang", "longer"),
    ],
)
def test_as_an_answer_a_bare_span_is_enough(text: str, value: str) -> None:
    found = read_perseverance_answer(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["", "weet ik niet", "geen flauw idee", "dat zegt niemand mij"])
def test_an_answer_without_a_span_is_none(text: str) -> None:
    assert read_perseverance_answer(text) is None


@pytest.mark.parametrize(
    "text", ["niet zo lang", "niet heel lang", "niet erg lang", "geen idee hoe lang nog", "hoe lang weet ik niet"]
)
def test_not_so_long_is_never_longer(text: str) -> None:
    found = read_perseverance_answer(text)
    assert found is None or found.value != "longer"


@pytest.mark.parametrize("text", ["ik doe dit al drie jaar", "al drie jaar, en ik kan niet meer"])
def test_in_an_answer_years_behind_her_are_not_years_ahead(text: str) -> None:
    found = read_perseverance_answer(text)
    assert found is None or found.value != "longer"


@pytest.mark.parametrize(
    "text",
    ["dat weet ik niet, hangt van de dag af", "dat bekijk ik per dag", "ik slaap maar drie uur per nacht"],
)
def test_a_rhythm_in_an_answer_is_no_span(text: str) -> None:
    found = read_perseverance_answer(text)
    assert found is None or found.value != "days"


def test_no_year_more_is_months() -> None:
    found = read_perseverance_answer("geen jaar meer")
    assert found is not None
    assert found.value == "months"


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=80))
def test_whatever_is_typed_the_words_are_hers(text: str) -> None:
    for found in (read_perseverance(text), read_perseverance_answer(text)):
        if found is not None:
            assert found.value in ("days", "weeks", "months", "longer")
            assert text[found.evidence.start : found.evidence.end] == found.evidence.words
            assert found.evidence.words
