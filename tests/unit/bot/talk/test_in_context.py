"""A few words after what stands on the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.profile import CarerProfile, Told
from bot.reading import Cue, Evidence, Reading, Role
from bot.talk.in_context import (
    calls_off,
    leaves,
    meant_in_context,
    names_nobody,
    nights_in_few_words,
    read_in_context,
    speaks_of_request,
)
from bot.talk.thread import Thread

AFTER_OFFERS = Thread(phase="offers")
SOMEWHERE = Evidence("", 0, 0)


@pytest.mark.parametrize(
    ("question", "text", "heard"),
    [
        ("helpers", "niemand", "frustrated"),
        ("helpers", "de buurvrouw", "out_of_scope"),
        ("wish", "fietsen", "goodbye"),
        ("wish", "dat iemand anders eens gaat", "ask"),
        ("wish", "iemand die gebaren kent", "ask_human"),
        ("current_help", "thuiszorg", "ask"),
        ("loved_one_agrees", "hij snapt het niet meer", "never_mind"),
        ("nights", "zij belt 's nachts ook", "ask"),
    ],
)
def test_a_few_words_answer_the_open_question(question: str, text: str, heard: str) -> None:
    assert meant_in_context(Thread(pending=question), text, heard, asks=False) == "tell"


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("ik wil een mens spreken", "ask_human"),
        ("wat een gezeur", "frustrated"),
        ("laat maar", "never_mind"),
        ("doei", "goodbye"),
        ("stop", "stop"),
        ("stuur maar op", "send_request"),
        ("welke wet is dat dan", "ask"),
        ("denk je dat dat lukt", "ask"),
        ("sla over", "skip"),
        ("vergeet alles", "forget_me"),
    ],
)
@pytest.mark.parametrize("question", ["helpers", "wish", "nights", "result"])
def test_an_open_question_swallows_no_way_out(question: str, text: str, heard: str) -> None:
    assert meant_in_context(Thread(pending=question), text, heard, asks=False) == heard


def test_what_asks_by_its_form_is_never_an_answer() -> None:
    assert meant_in_context(Thread(pending="helpers"), "niemand?", "ask", asks=False) == "ask"
    assert meant_in_context(Thread(pending="helpers"), "wie dan", "ask", asks=True) == "ask"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nee hoor, laat maar zitten", "deny"),
        ("nee ik wil niet dat er iemand belt", "deny"),
        ("het hoeft niet meer", "deny"),
        ("ja misschien wel iemand om mee te praten", "affirm"),
        ("bel mor", "affirm"),
        ("nou doe toch maar", "affirm"),
        ("nee toch maar wel logeren", "tell"),
        ("ja hij loopt steeds weg", "tell"),
        ("nee hij loopt niet weg", "tell"),
    ],
)
def test_yes_and_no_to_a_call_that_was_offered(text: str, meant: str) -> None:
    assert meant_in_context(AFTER_OFFERS, text, "tell", asks=False) == meant


def test_nothing_is_a_yes_where_nothing_was_offered() -> None:
    assert meant_in_context(Thread(), "ja graag", "tell", asks=False) == "tell"


def test_who_asks_for_a_call_is_not_asked_how_heavy_it_is() -> None:
    open_load = Thread(phase="offers", pending="load_check")
    assert meant_in_context(open_load, "of toch wel, laat maar bellen", "ask_human", asks=False) == "ask_human"


def test_who_does_not_help_says_nothing_of_the_carer_herself() -> None:
    carer = CarerProfile(role=Told(Role.CARER.value))
    heard = Reading(role=Role.OTHER.value, stances=(Cue("third_person", SOMEWHERE),))
    read = read_in_context(carer, Thread(pending="helpers"), heard, "haar man is vertrokken")
    assert (read.role, read.stances) == (Role.UNKNOWN.value, ())
    lost = replace(heard, bereaved=SOMEWHERE)
    assert read_in_context(carer, Thread(pending="helpers"), lost, "haar man is overleden") == lost


def test_a_no_to_bad_nights_tells_of_no_bad_nights() -> None:
    heard = Reading(load_cues=(Cue("sleep_loss", SOMEWHERE), Cue("exhausted", SOMEWHERE)))
    read = read_in_context(CarerProfile(), Thread(pending="nights"), heard, "nee 's nachts niet")
    assert [cue.value for cue in read.load_cues] == ["exhausted"]


@pytest.mark.parametrize(
    ("text", "nights"),
    [
        ("mama loopt buiten", "sometimes"),
        ("gaat wel", "no"),
        ("vaak", "sometimes"),
        ("nooit wakker", ""),
        ("groen", ""),
    ],
)
def test_nights_in_few_words(text: str, nights: str) -> None:
    assert nights_in_few_words(text) == nights


def test_what_leaves_calls_off_or_names_a_request() -> None:
    assert leaves("nee toch niet")
    assert not leaves("dat weet ik niet")
    assert calls_off("het hoeft niet meer")
    assert not calls_off("het leven hoeft voor mij niet meer, zo voelt het elke ochtend weer")
    assert speaks_of_request("verstuur de aanvraag")
    assert not speaks_of_request("ik stuur haar de link")
    assert names_nobody("gain aine")
    assert not names_nobody("mijn zus")


def test_a_long_wish_answers_though_it_sounds_like_a_question() -> None:
    wish = "dat er een avond in de week iemand anders bij hem gaat zitten, dan kan ik weer darten"
    assert meant_in_context(Thread(pending="wish"), wish, "ask", True) == "tell"
    assert meant_in_context(Thread(pending="nights"), wish, "ask", True) == "ask"


def test_who_wants_to_go_on_talking_does_not_stop() -> None:
    assert meant_in_context(Thread(), "ik wil graag verder praten", "stop", False) == "continue_talk"
    assert meant_in_context(Thread(), "ik wil niet meer, stop maar", "stop", False) == "stop"
    assert meant_in_context(Thread(), "ik wil niet verder praten", "stop", False) == "stop"
