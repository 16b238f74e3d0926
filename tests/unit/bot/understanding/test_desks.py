"""Whom she asked before, and whether she was sent around."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.desks import read_asked_at, was_sent_around
from bot.understanding.heard import phrasebook
from knowledge.bodies import Body

TWO_WAYS = "de gemeente zegt dat het zorgkantoor het moet doen en het zorgkantoor zegt dat de gemeente het moet doen"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ik heb de gemeente gebeld en die zegt dat ik bij het zorgkantoor moet zijn", ["municipality"]),
        ("gemeente gebeld. Die zegt zorgkantoor. Zorgkantoor gebeld", ["municipality", "care_office"]),
        ("bij het ciz zeiden ze dat ik bij de gemeente moest zijn", ["ciz"]),
        ("zegt de gemeente doodleuk dat ik bij de verzekering moet zijn", ["municipality"]),
        ("volgens de gemeente gaat het zorgkantoor erover", ["municipality"]),
        ("ze stuurden me door naar het CIZ", ["ciz"]),
        ("het zorgkantoor stuurt me terug naar de gemeente", ["care_office", "municipality"]),
        ("Zorgkantor zegt gemeente, gemeente zegt zorgkantoor", ["care_office", "municipality"]),
        ("het wijkteam? daar zijn ze niet van", ["neighbourhood_team"]),
        ("nul op rekest bij de zorgverzekeraar", ["insurer"]),
        ("mijn aanvraag bij de gemeente is afgewezen", ["municipality"]),
        ("de verzekering wil het niet vergoeden", ["insurer"]),
        ("ik hoor niks van de gemeente", ["municipality"]),
        ("casemanager belt niet terug", ["case_manager"]),
        ("wij hebben bij het cak navraag gedaan", ["cak"]),
        ("ik heb de gemeente en de zorgverzekeraar gebeld", ["municipality", "insurer"]),
        ("wmo gebeld, zorgkantoor gebeld, svb gebeld. niks", ["municipality", "care_office", "svb"]),
        ("gevraagd bij school maar die weigert mee te denken", ["school"]),
        ("heb het bij veilig thuis gemeld maar daar hoor ik niets meer van", ["veilig_thuis"]),
        ("de huisarts zegt dat ik bij de gemeente moet zijn", ["gp"]),
        ("van het kastje naar de muur: eerst het wijkteam, toen het jeugdteam", ["neighbourhood_team", "youth_team"]),
        ("de gemeente en het CIZ wijzen naar elkaar", ["municipality", "ciz"]),
        (TWO_WAYS, ["municipality", "care_office"]),
    ],
)
def test_whom_she_asked_is_read(text: str, asked: list[str]) -> None:
    assert [cue.value for cue in read_asked_at(text)] == asked


@pytest.mark.parametrize(
    "text",
    [
        "ik woon in de gemeente Ede",
        "ik werk bij de gemeente",
        "moet ik de gemeente bellen?",
        "kan ik bij de gemeente aankloppen",
        "ik heb het CIZ nog niet gebeld",
        "ik bel morgen het zorgkantoor",
        "als de gemeente nee zegt, wat dan",
        "ik ben bang dat de gemeente nee zegt",
        "de gemeente stuurt elke maand een brief",
        "stuurt de gemeente mij door?",
        "ik moet naar de gemeente zegt mijn zus",
        "mijn dochter werkt bij het UWV en zegt dat ik rust moet nemen",
        "mijn man is gisteren naar het ziekenhuis geweest",
        "de dokter heeft ons doorverwezen naar het ziekenhuis",
        "de huisarts zei dat ze dement is",
        "de huisarts heeft gebeld over de pillen",
        "hij wil niet naar de dagopvang",
        "mijn zoon gaat naar school",
        "mijn dochter zit op school en wil niet meer",
        "de thuiszorg komt elke dag",
        "wat doet een casemanager",
        "de casemanager komt elke maand en is heel lief",
        "",
    ],
)
def test_a_name_alone_is_nobody_who_was_asked(text: str) -> None:
    assert read_asked_at(text) == ()
    assert was_sent_around(text) is None


def test_where_she_is_only_told_to_go_is_not_where_she_asked() -> None:
    assert [cue.value for cue in read_asked_at("de gemeente verwijst naar het ciz")] == ["municipality"]


@pytest.mark.parametrize(
    "text",
    [
        "ik word van het kastje naar de muur gestuurd",
        "ik wil niet meer van het kastje naar de muur",
        "iedereen verwijst me maar door",
        "de gemeente en het CIZ wijzen naar elkaar",
        "huisarts verwijst naar de gemeente, gemeente verwijst naar de huisarts",
        "het zorgkantoor stuurt me terug naar de gemeente",
        "jeugdteam zegt wij zitten vol, probeer het wijkteam. het wijkteam kan niks voor ons doen",
        "eerst bij het wijkteam geweest, toen bij het jeugdteam, toen weer terug naar het wijkteam",
        "gemeente gebeld. Die zegt zorgkantoor. Zorgkantoor gebeld, die zegt gemeente",
        "ge wordt hier van 't kastje naar de muur gestuurd",
        TWO_WAYS,
    ],
)
def test_being_sent_around_is_heard(text: str) -> None:
    heard = was_sent_around(text)
    assert heard is not None
    assert heard.words == text[heard.start : heard.end]


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet van het kastje naar de muur gestuurd worden",
        "ik ben bang voor het kastje en de muur",
        "ik heb de gemeente gebeld en die zegt dat ik bij het zorgkantoor moet zijn",
        "ik heb de gemeente en het wijkteam gebeld",
        "de gemeente betaalt de dagbesteding en het zorgkantoor de rest",
        "de gemeente zegt dat het zes weken duurt en het ciz zegt dat ook",
        "mijn aanvraag bij de gemeente is afgewezen",
    ],
)
def test_one_refusal_or_a_fear_is_not_being_sent_around(text: str) -> None:
    assert was_sent_around(text) is None


def test_every_name_in_the_lexicon_is_somebody_we_can_list_and_the_other_way_round() -> None:
    named = {value.removeprefix("at.") for value in phrasebook().values("desks") if value.startswith("at.")}
    assert named == {body.value for body in Body}


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_the_words_are_hers(text: str) -> None:
    for cue in read_asked_at(text):
        assert cue.evidence.words == text[cue.evidence.start : cue.evidence.end]
    was_sent_around(text)
