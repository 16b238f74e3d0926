"""The questions about the load in a talk: where they come from and lead to, and what comes in between."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.reading import Reading
from tests.unit.actions.load_questions import NO, YES, begun, offered, open_question, reading, tells
from tests.unit.actions.stage import Stage, person


async def test_she_can_ask_for_it_herself(stage: Stage) -> None:
    await stage.hears("is dit niet te zwaar voor mij?", intent="ask", topic="load_check")
    assert stage.names == ["answer_load_check", "ask_load_nights"]
    while open_question(stage):
        await stage.presses("Sla over")
    assert "load_not_clear" in stage.names
    assert not stage.thread.in_load_check


async def test_after_a_no_she_can_still_ask_for_it_herself(stage: Stage) -> None:
    await offered(stage)
    await stage.presses(NO)
    await stage.hears("is dit niet te zwaar voor mij?", intent="ask", topic="load_check")
    assert stage.names == ["answer_load_check", "ask_load_nights"]


async def test_what_is_asked_between_two_answers_is_answered_and_no_question_is_lost(stage: Stage) -> None:
    await begun(stage)
    text = "mijn vader helpt ook, wie betaalt dat?"
    father = person(text, "mijn vader", "parent", "uw vader")
    await stage.hears(text, Reading(loved_ones=(father,)), topic="who_pays")
    assert "answer_who_pays" in stage.names
    assert open_question(stage)
    assert "nights" not in stage.profile.refused


async def test_a_side_question_is_answered_and_the_open_question_asked_again(stage: Stage) -> None:
    await begun(stage)
    await stage.hears("wat gebeurt er met wat ik zeg?", intent="ask", topic="after_sending")
    assert stage.names[0] == "answer_after_sending"
    assert stage.names[-2:] == ["back_to_thread", "ask_load_nights"]


async def test_a_side_question_at_the_offer_asks_the_offer_again(stage: Stage) -> None:
    await offered(stage)
    await stage.hears("wat gebeurt er met wat ik zeg?", intent="ask", topic="after_sending")
    assert stage.names[-2:] == ["back_to_thread", "ask_load_check"]
    await stage.presses(YES)
    assert open_question(stage) == "ask_load_nights"


async def test_an_answer_inside_a_side_question_goes_on_with_the_next(stage: Stage) -> None:
    await begun(stage)
    text = "elke nacht, maar wat gebeurt er met wat ik zeg?"
    await stage.hears(text, reading(text), intent="ask", topic="after_sending")
    assert stage.names[-1] == "ask_load_body"


async def test_after_seeing_what_is_known_the_open_question_can_be_repeated(stage: Stage) -> None:
    await begun(stage)
    await stage.hears("wat weet u van mij", intent="what_is_known")
    assert stage.names == ["known"]
    await stage.hears("wat vroeg u ook weer", intent="repeat")
    assert open_question(stage) in ("ask_load_nights", "ask_load_body")


@pytest.mark.parametrize(("at", "question"), [(offered, "ask_load_check"), (begun, "ask_load_nights")])
async def test_going_on_asks_what_was_open_and_costs_nothing(
    stage: Stage, at: Callable[[Stage], Awaitable[Stage]], question: str
) -> None:
    await at(stage)
    await stage.hears("wat weet u van mij", intent="what_is_known")
    await stage.presses("Verder praten")
    assert stage.names[-1] == question
    assert stage.profile.refused == []


async def test_silence_leaves_the_question_open(stage: Stage) -> None:
    await begun(stage)
    await stage.hears("...", intent="silence")
    assert stage.names == ["silence"]
    assert stage.thread.pending == "nights"
    await tells(stage, "elke nacht")
    assert open_question(stage) == "ask_load_body"


async def test_anger_is_answered_and_the_question_is_not_asked_again_at_once(stage: Stage) -> None:
    await begun(stage)
    await stage.hears("hou op met dat gevraag", intent="frustrated", topic="angry_at_you")
    assert stage.names == ["answer_angry_at_you"]
    assert stage.thread.pending == "nights"


async def test_a_person_is_at_hand_in_the_middle_and_ends_the_questions(stage: Stage) -> None:
    await begun(stage)
    await stage.presses("Ik wil een mens spreken")
    assert stage.names == ["human", "ask_name"]
    await stage.hears("Els")
    assert stage.names == ["ask_phone"]
    assert stage.profile.contact == {"name": "Els"}
    await stage.hears("06 12345678")
    assert stage.names[-1] == "request_check"
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["request_sent"]


async def test_stopping_ends_the_questions(stage: Stage) -> None:
    await begun(stage)
    await stage.hears("stop maar", intent="stop")
    assert stage.names == ["stopped"]
    assert not stage.thread.in_load_check
    await stage.hears("toch nog iets")
    assert not open_question(stage)
