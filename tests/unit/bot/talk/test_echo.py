"""Her own words, said back: only what stands by itself, is about herself, and may be read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.profile import Told
from bot.talk.echo import LEAST_WORDS, MOST_WORDS, choose_echo, speaks_of_guilt

STORY = "mijn man heeft parkinson en sinds de zomer gaat het hard achteruit, {}"


def echoed(text: str, evidence: str, *private: str) -> str | None:
    echo = choose_echo(text, [("load_x", Told("x", evidence))], private)
    return echo.words if echo else None


@pytest.mark.parametrize(
    ("ending", "evidence", "words"),
    [
        ("ik ren maar door", "ren", "ik ren maar door"),
        ("maar soms zit ik te huilen op de trap", "huilen", "soms zit ik te huilen op de trap"),
        ("dus ik ga niet meer weg", "weg", "ik ga niet meer weg"),
        ("en nou doe ik ook de pap", "doe", "nou doe ik ook de pap"),
        ("en ik heb geen minuut voor mezelf", "minuut", "ik heb geen minuut voor mezelf"),
        ("ik slaap nie en hij wordt steeds boos op de zuster die komt", "slaap", "ik slaap nie"),
        ("ik ben op", "op", "ik ben op"),
    ],
)
def test_a_clause_of_her_own_is_said_back_in_her_spelling(ending: str, evidence: str, words: str) -> None:
    text = STORY.format(ending)
    assert echoed(text, text[text.index(evidence, len(STORY) - 2) :][: len(evidence)]) == words


def test_a_joint_inside_a_saying_does_not_cut_it() -> None:
    text = "sinds de beroerte van mijn opa is alles anders en ik ben er dag en nacht voor hem"
    assert echoed(text, "dag en nacht") == "ik ben er dag en nacht voor hem"


@pytest.mark.parametrize(
    "ending",
    [
        "omdat ik niet meer slaap",  # half a sentence
        "slaap ik ooit nog?",
        "ik slaap niet?",
        "hij slaapt de hele dag",  # about another
        "dus slaap ik niet meer door",
        "ik met mijn emmer sop en slaap",
        "ik zeg altijd: slaap maar",
        "ik slaap, eet, werk",  # a list that goes on
        "ik slaap alleen met Ibrahim in huis",
        "ik slaap bij 0612345678 niet",
        "ik slaap niet van dat klote gedoe",
        "ik wil dood want ik slaap niet",
        "ik slaap in de luier van mijn man",
        "ik slaap en u vraagt maar door",
        "mijn vader en ik slapen allebei niet meer goed",
        "ik slaap",
        "I do not slaap any more",
    ],
)
def test_what_does_not_stand_by_itself_or_shames_is_not_said_back(ending: str) -> None:
    assert echoed(STORY.format(ending), "slaap") is None


def test_a_place_is_not_repeated() -> None:
    text = STORY.format("ik slaap nu in zutphen op de bank")
    assert echoed(text, "slaap") == "ik slaap nu in zutphen op de bank"
    assert echoed(text, "slaap", "Zutphen") is None


def test_a_short_message_is_not_parroted() -> None:
    assert echoed("ik ben moe", "moe") is None
    assert echoed("ja hoor, ik ben moe", "moe") is None


def test_the_first_that_fits_is_taken_and_all_it_says_is_covered() -> None:
    text = STORY.format("ik slaap niet en ben kapot, ik til hem elke dag")
    heard = [("breaking", Told("x", "achteruit")), ("exhausted", Told("x", "kapot")), ("sleep", Told("x", "slaap"))]
    echo = choose_echo(text, heard)
    assert echo is not None
    assert echo.words == "ik slaap niet en ben kapot"
    assert echo.covers == {"exhausted", "sleep"}


def test_words_that_are_not_in_the_message_give_nothing() -> None:
    assert echoed("ik ren maar door en dat al een heel jaar lang", "Bijna elke nacht") is None
    assert echoed("ik ren maar door en dat al een heel jaar lang", "") is None


PIECES = st.sampled_from(
    [
        "ik",
        "Ik",
        "'k",
        "ren",
        "slaap niet",
        "maar",
        "en",
        "dus",
        "omdat",
        "mijn man",
        ",",
        ".",
        "?",
        "…",
        "“",
        "dag en nacht",
        "soms zit",
        "2026",
        "\n",
        "😢",
        "é",
    ]
)


@given(st.lists(PIECES | st.text(max_size=12), max_size=30), st.data())
def test_it_is_always_a_short_piece_of_her_text(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    start = data.draw(st.integers(0, len(text)))
    evidence = text[start : data.draw(st.integers(start, len(text)))]
    echo = choose_echo(text, [("x", Told("x", evidence))])
    if echo is not None:
        assert echo.words in text
        assert echo.words == echo.words.strip()
        assert LEAST_WORDS <= len(echo.words.split()) <= MOST_WORDS
        assert not set('?!.\n“”"') & set(echo.words)


@pytest.mark.parametrize(
    "text",
    [
        "ik voel me zo schuldig",
        "Ik laat hem in de steek.",
        "wat een slechte dochter ben ik",
        "ben ik nou egoïstisch",
        "ik zit me hier te schamen",
    ],
)
def test_guilt_is_heard(text: str) -> None:
    assert speaks_of_guilt(text)


@pytest.mark.parametrize("text", ["ik ben boos op het wijkteam", "ik snauw tegen iedereen", "de onschuld zelve"])
def test_anger_alone_is_no_guilt(text: str) -> None:
    assert not speaks_of_guilt(text)
