"""A question inside a story, or beside the answer: the story first, then its answer, then the thread."""

from __future__ import annotations

import pytest

from bot.reading import Reading
from bot.understanding.message import read_message
from tests.unit.actions.load_questions import MOTHER, of_mother
from tests.unit.actions.stage import REGIONS, Stage
from tests.unit.actions.told import began

STORY = f"{MOTHER}. Wie betaalt dat?"


async def test_first_the_story_then_the_answer_then_our_question(stage: Stage) -> None:
    await stage.hears(STORY, of_mother(), topic="who_pays")
    assert stage.names[0].startswith("ack_")
    assert "answer_who_pays" in stage.names[1:-1]
    assert stage.names[-1] == "ask_nights"
    assert stage.profile.relation is not None


@pytest.mark.parametrize(("chance", "answered"), [(0.69, False), (0.7, True)])
async def test_in_a_story_it_must_be_surer(stage: Stage, chance: float, answered: bool) -> None:
    await stage.hears(STORY, of_mother(), topics={"who_pays": chance})
    assert ("answer_who_pays" in stage.names) is answered
    assert stage.names[-1] == "ask_nights"


@pytest.mark.parametrize(("chance", "answered"), [(0.49, False), (0.5, True)])
async def test_without_a_story_an_even_chance_will_do(stage: Stage, chance: float, answered: bool) -> None:
    await began(stage)
    await stage.hears("en wie betaalt dat?", topics={"who_pays": chance})
    assert ("answer_who_pays" in stage.names) is answered
    assert stage.names[-1] == "ask_nights"


async def test_a_question_alone_is_no_miss_and_the_open_one_comes_back_once(stage: Stage) -> None:
    await began(stage)
    await stage.hears("en wie betaalt dat?", topic="who_pays")
    assert (stage.names[0], stage.names[-1]) == ("answer_who_pays", "ask_nights")
    await stage.hears("en wie betaalt dat?", topic="who_pays")
    assert stage.names[0] == "said_above"
    assert stage.names[-1].startswith("ask_")
    assert stage.names[-1] != "ask_nights"
    assert stage.thread.misses == 0
    assert "nights" not in stage.profile.refused


async def test_beside_the_answer_to_our_question_the_next_is_asked(stage: Stage) -> None:
    await began(stage)
    text = "ik ben er elke nacht uit, wie betaalt dat?"
    await stage.hears(text, read_message(text, REGIONS), topic="who_pays")
    assert stage.profile.nights is not None
    assert stage.names[0].startswith("ack_")
    assert "answer_who_pays" in stage.names
    assert not {"ask_nights", "back_to_thread"} & set(stage.names)
    assert stage.names[-1].startswith("ask_")


async def test_words_that_ask_nothing_get_no_answer(stage: Stage) -> None:
    await stage.hears(MOTHER, of_mother(), topic="who_pays")
    assert "answer_who_pays" not in stage.names


async def test_with_a_wish_to_see_what_there_is_both_are_answered(stage: Stage) -> None:
    text = f"{MOTHER} in Zwolle, wat is er allemaal en wie betaalt dat?"
    await stage.hears(text, of_mother("Zwolle"), intent="ask_offers", topic="who_pays")
    assert stage.names[0].startswith("ack_")
    assert "answer_who_pays" in stage.names
    shown = next(name for name in stage.names if name.startswith("offers_intro"))
    assert stage.names.index("answer_who_pays") < stage.names.index(shown)


async def test_after_the_offers_it_is_answered_too(stage: Stage) -> None:
    await stage.hears(f"{MOTHER} in Zwolle", of_mother("Zwolle"))
    await stage.hears("laat maar zien", intent="ask_offers")
    text = "ik doe ook de boodschappen, wie betaalt dat?"
    await stage.hears(text, read_message(text, REGIONS), topic="who_pays")
    assert "answer_who_pays" in stage.names
    assert stage.names[-1] == "after_offers"


async def test_a_question_for_another_desk_is_shown_the_door_and_not_answered(stage: Stage) -> None:
    await began(stage)
    await stage.hears("wat kost een paspoort?", intent="out_of_scope", topic="cost", role="other")
    assert stage.names == ["out_of_scope", "back_to_thread", "ask_nights"]


@pytest.mark.parametrize("intent", ["continue_talk", "greet"])
async def test_going_on_asks_the_open_question_again_and_costs_nothing(stage: Stage, intent: str) -> None:
    await began(stage)
    for _ in range(3):
        await stage.hears("verder", intent=intent)
        assert stage.names == ["ask_nights"]
    assert stage.thread.misses == 0
    assert stage.thread.asked.count("nights") == 1
    assert "nights" not in stage.profile.refused
    await stage.hears("drie", Reading(number=3.0))
    assert stage.profile.nights is not None


async def test_going_on_with_news_asks_the_next_question(stage: Stage) -> None:
    await began(stage)
    text = "hallo weer, ik ben er elke nacht uit"
    await stage.hears(text, read_message(text, REGIONS), intent="greet")
    assert stage.profile.nights is not None
    assert stage.names[0].startswith("ack_")
    assert "ask_nights" not in stage.names


async def test_going_on_without_an_open_question_asks_the_one_that_matters(stage: Stage) -> None:
    await began(stage)
    await stage.hears("stop maar even", intent="stop")
    assert stage.thread.pending is None
    await stage.presses("Verder praten")
    assert stage.names[-1].startswith("ask_")
    assert stage.thread.pending
