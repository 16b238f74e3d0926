"""The questions about the load beside a request: never in its way, there for who chooses them, and into it after."""

from __future__ import annotations

import pytest

from bot.reading import Reading
from bot.request.fields import FieldKey
from bot.request.record import Request
from bot.request.vocabulary import FieldState, RequestState
from tests.unit.actions.load_questions import (
    HEAVY,
    MOTHER,
    TOGETHER,
    begun_in_request,
    open_question,
    requested,
    tells,
)
from tests.unit.actions.stage import Stage, cue, person

STAY_WITH_HER = (FieldKey.LOAD, FieldKey.BODY, FieldKey.OWN_TIME)


def request_of(stage: Stage) -> Request:
    request = stage.services.requests.for_conversation("c")
    assert request is not None
    return request


def card(stage: Stage) -> str:
    """All that stands on the request she sees."""
    return str(next(card for card in stage.cards if card["kind"] == "request"))


async def test_nothing_stands_between_her_number_and_the_request(stage: Stage) -> None:
    await requested(stage)
    assert stage.names[-1] == "request_check"
    assert not stage.thread.in_load_check
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["request_sent"]


async def test_under_what_can_be_changed_they_can_be_chosen(stage: Stage) -> None:
    await requested(stage)
    await stage.presses("Iets veranderen")
    assert stage.names == ["request_change_which"]
    assert TOGETHER in stage.buttons
    await stage.presses(TOGETHER)
    assert stage.names == ["ask_load_nights"]


async def test_they_can_be_chosen_once(stage: Stage) -> None:
    await begun_in_request(stage)
    while open_question(stage):
        await stage.presses("Sla over")
    await stage.presses("Iets veranderen")
    assert TOGETHER not in stage.buttons


async def test_they_are_not_there_when_it_is_clear_that_it_is_too_heavy(stage: Stage) -> None:
    text = f"{MOTHER}, ik trek het niet meer"
    mother = person(text, "mijn moeder", "parent", "uw moeder")
    told = Reading(loved_ones=(mother,), load_cues=(cue(text, "trek het niet meer", "breaking_point"),))
    await stage.hears(text, told, intent="ask_human")
    await tells(stage, "Zwolle")
    await stage.hears("Els")
    await stage.hears("06 12345678")
    await stage.presses("Iets veranderen")
    assert TOGETHER not in stage.buttons


async def test_after_them_the_request_is_shown_again_with_what_she_told(stage: Stage) -> None:
    await begun_in_request(stage)
    while question := open_question(stage):
        await stage.presses(HEAVY[question])
    assert {"load_told", "load_high_next"} <= set(stage.names)
    assert stage.names[-1] == "request_check"
    assert request_of(stage).field(FieldKey.NIGHTS).value
    assert request_of(stage).field(FieldKey.NETWORK).value
    assert request_of(stage).field(FieldKey.NETWORK).value in card(stage)
    assert not stage.thread.in_load_check
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["request_sent"]


async def test_what_she_told_is_in_it_when_the_last_is_skipped(stage: Stage) -> None:
    await begun_in_request(stage)
    while question := open_question(stage):
        await stage.presses("Sla over" if question == "ask_load_perseverance" else HEAVY[question])
    assert stage.names[-1] == "request_check"
    assert request_of(stage).field(FieldKey.NIGHTS).value
    assert request_of(stage).field(FieldKey.NETWORK).value


async def test_how_heavy_it_is_stays_out_until_she_ticks_it(stage: Stage) -> None:
    await begun_in_request(stage)
    while question := open_question(stage):
        await stage.presses(HEAVY[question])
    for key in STAY_WITH_HER:
        assert request_of(stage).field(key).state is FieldState.LEFT_OUT
    await stage.presses("Iets veranderen")
    await stage.presses(next(title for title in stage.buttons if "eigen lichaam" in title.lower()))
    assert request_of(stage).field(FieldKey.BODY).state is not FieldState.LEFT_OUT
    assert request_of(stage).field(FieldKey.OWN_TIME).state is FieldState.LEFT_OUT
    await stage.presses("Aanvraag versturen")
    sent = request_of(stage)
    assert sent.field(FieldKey.BODY).value
    assert not (sent.field(FieldKey.OWN_TIME) and sent.field(FieldKey.OWN_TIME).value)
    assert not (sent.field(FieldKey.LOAD) and sent.field(FieldKey.LOAD).value)


@pytest.mark.parametrize(("text", "intent", "value"), [("nee niemand", "deny", "none"), ("ja", "affirm", "some")])
async def test_a_yes_or_no_to_the_last_question_is_no_answer_to_the_request(
    stage: Stage, text: str, intent: str, value: str
) -> None:
    await begun_in_request(stage)
    while (question := open_question(stage)) != "ask_load_helpers":
        assert question
        await stage.presses("Sla over")
    profile = stage.profile
    profile.refused.append("perseverance")
    stage.slots["profile"] = profile.as_dict()
    await tells(stage, text, intent)
    assert stage.profile.helpers is not None
    assert stage.profile.helpers.value == value
    assert stage.names[-1] == "request_check"
    assert request_of(stage).state is RequestState.DRAFTED


async def test_a_person_is_asked_for_in_the_middle_and_the_request_is_there_to_send(stage: Stage) -> None:
    await begun_in_request(stage)
    await stage.presses("Ik wil een mens spreken")
    assert stage.names[-1] == "request_check"
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["request_sent"]


async def test_asked_for_before_the_request_is_there_they_lead_back_to_what_was_missing(stage: Stage) -> None:
    await stage.hears(MOTHER, Reading(loved_ones=(person(MOTHER, "mijn moeder", "parent", "uw moeder"),)))
    await stage.hears("ik wil iemand spreken", intent="ask_human")
    await tells(stage, "Zwolle")
    assert stage.names == ["ask_name"]
    await stage.hears("is dit niet te zwaar voor mij?", intent="ask", topic="load_check")
    while open_question(stage):
        await stage.presses("Sla over")
    assert stage.names[-1] == "ask_name"
    await stage.hears("Els")
    assert stage.profile.contact == {"name": "Els"}
