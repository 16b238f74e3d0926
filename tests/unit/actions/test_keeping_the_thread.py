"""The thread is never lost: an open question waits once, nothing is asked or shown over and over, a no stays a no."""

from __future__ import annotations

import pytest

from bot.reading import PlaceMention, Reading
from bot.understanding.message import read_message
from tests.unit.actions.load_questions import MOTHER, of_mother, requested
from tests.unit.actions.stage import REGIONS, Stage, cue, person, words_at
from tests.unit.actions.told import began


async def at_place(stage: Stage) -> Stage:
    """The question in which place it is stands open."""
    await stage.hears(MOTHER, of_mother(), intent="ask_offers")
    assert stage.thread.pending == "place"
    return stage


async def at_offers(stage: Stage) -> Stage:
    """What there is in Zwolle is on screen."""
    await stage.hears(f"{MOTHER} in Zwolle, wat is er", of_mother("Zwolle"), intent="ask_offers")
    assert stage.thread.phase == "offers"
    return stage


async def test_a_question_that_waited_is_asked_once_more_and_no_more(stage: Stage) -> None:
    await began(stage)
    asked = []
    for words, value in (("mijn rug doet zeer", "body"), ("op mijn werk loopt het spaak", "work_conflict")):
        await stage.hears(words, Reading(load_cues=(cue(words, words, value),)))
        asked.append(stage.names[-1])
    assert asked[0] == "ask_nights"
    assert asked[1].startswith("ask_")
    assert asked[1] != "ask_nights"
    assert "nights" not in stage.profile.refused


async def test_an_unsure_intent_is_no_answer(stage: Stage) -> None:
    await began(stage)
    await stage.hears("tja", intent="affirm", confidence=0.3)
    assert stage.profile.nights is None
    await stage.hears("jawel", intent="affirm", confidence=0.9)
    assert stage.profile.nights is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("qwxzz", ["place_unknown"]),
        ("Qwxzz aan Zee", ["place_unknown"]),
        ("tja dat is maar net hoe", ["not_understood", "ask_place_loved_one"]),
        ("waarom wilt u dat weten?", ["question_unknown_only", "ask_place_loved_one"]),
    ],
)
async def test_only_what_looks_like_a_place_is_an_unknown_place(stage: Stage, text: str, said: list[str]) -> None:
    await at_place(stage)
    await stage.hears(text)
    assert stage.names == said


async def test_between_places_she_is_asked_to_choose_twice_at_most(stage: Stage) -> None:
    await at_place(stage)
    text = "in laren"
    laren = PlaceMention("laren", "Laren", ("Laren", "Lochem"), None, True, "loved_one", words_at(text, "laren"))
    asked = 0
    await stage.hears(text, Reading(places=(laren,)))
    while "ask_place_which" in stage.names:
        asked += 1
        await stage.hears("tja dat is maar net hoe")
    assert asked == 2
    assert stage.thread.place_options == []
    assert not [name for name in stage.names if name.startswith("ask_place")]


async def test_after_a_no_to_a_call_she_is_not_invited_again(stage: Stage) -> None:
    await at_offers(stage)
    await stage.hears("nee", intent="deny")
    assert stage.thread.declined
    await stage.hears("nee", intent="deny")  # nor the questions about the load
    for _ in range(2):
        await stage.hears("het regent hier")
        assert stage.names[-1] == "still_here"
        assert stage.buttons == {"Ik wil een mens spreken"}


async def test_three_invitations_are_enough(stage: Stage) -> None:
    await at_offers(stage)
    said = [stage.names[-1]]
    for _ in range(3):
        await stage.hears("het regent hier")
        said.append(stage.names[-1])
    assert said == ["after_offers", "after_offers", "after_offers", "still_here"]


async def test_offers_that_stay_the_same_are_not_shown_again(stage: Stage) -> None:
    await at_offers(stage)
    await stage.hears("wat is er nog meer te zien dan", intent="ask_offers")
    assert stage.names == ["offers_same"]
    assert stage.cards == []
    assert {"Ja, laat iemand mij bellen", "Andere mogelijkheden", "Ik wil een mens spreken"} <= stage.buttons


@pytest.mark.parametrize("topic", ["no_reply", "who_calls", "how_fast_call"])
async def test_after_sending_a_question_about_the_call_gets_how_it_stands(stage: Stage, topic: str) -> None:
    await stage.hears("hoe gaat dat met bellen?", intent="ask", topic=topic)
    assert stage.names[0] == f"answer_{topic}"
    stage.slots = {}
    await requested(stage)
    await stage.presses("Aanvraag versturen")
    request = stage.services.requests.for_conversation("c")
    assert request is not None
    await stage.hears("wanneer belt er nou iemand?", intent="ask", topic=topic)
    assert f"answer_{topic}" not in stage.names
    assert str(request.reference) in stage.text


async def test_an_answer_that_asks_something_itself_is_not_followed_by_another_question(stage: Stage) -> None:
    await began(stage)
    await stage.hears("ik wil een klacht indienen, hoe?", intent="ask", topic="complaint")
    assert stage.names[0] == "answer_complaint"
    assert not {"back_to_thread", "ask_nights"} & set(stage.names)
    await stage.presses("De gemeente")
    assert stage.names[0] == "answer_complaint_municipality"
    assert stage.names[-2:] == ["back_to_thread", "ask_nights"]


async def test_a_word_that_names_her_comes_after_she_was_heard(stage: Stage) -> None:
    await began(stage)
    assert "naming" not in stage.names
    await stage.presses("Bijna elke nacht")
    assert "naming" in stage.names


async def test_a_word_she_rejects_is_left_at_once_and_said_once(stage: Stage) -> None:
    text = "ik ben geen mantelzorger, ik ben gewoon haar dochter"
    for _ in range(2):
        await stage.hears(text, Reading(label_rejected=words_at(text, "geen mantelzorger")), role="carer")
        assert ("ack_word" in stage.names) is (stage.thread.turn == 1)
        assert "naming" not in stage.names


async def test_a_death_is_met_with_one_line_of_sympathy(stage: Stage) -> None:
    text = "mijn vader is overleden en nu zorg ik voor mijn moeder met parkinson"
    told = Reading(
        loved_ones=(person(text, "mijn moeder", "parent", "uw moeder"),),
        conditions=(cue(text, "parkinson", "parkinson"),),
        bereaved=words_at(text, "overleden"),
    )
    await stage.hears(text, told, role="carer")
    assert stage.names[0] == "condolence"
    await stage.hears(text, told)
    assert "condolence" not in stage.names


async def test_a_death_told_on_another_day_is_not_met_with_it(stage: Stage) -> None:
    await began(stage)
    text = "elke nacht"
    await stage.hears(text, read_message(text, REGIONS))
    assert "condolence" not in stage.names
