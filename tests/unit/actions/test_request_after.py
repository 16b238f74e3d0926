"""A yes of its own for the loved one's health, changes after sending, a word to who has it, and the form."""

from __future__ import annotations

import json

import pytest

from actions.request_form import FormAnswer
from bot.request.fields import FieldKey
from bot.request.record import Request
from bot.request.vocabulary import FieldState, RequestState
from bot.understanding.message import read_message
from tests.unit.actions.stage import REGIONS, Stage

STORY = "mijn man in Zwolle heeft dementie. ik was hem en ik slaap niet meer, ik ben op"


async def shown(stage: Stage) -> Stage:
    """The request is on screen."""
    stage.brief = False
    await stage.hears(STORY, read_message(STORY, REGIONS), role="carer")
    await stage.hears("ik wil een mens spreken", intent="ask_human")
    await stage.hears("Ria")
    await stage.hears("06 12345678")
    return await stage.presses("Stuur maar zo") if "Stuur maar zo" in titles(stage) else stage


def titles(stage: Stage) -> list[str]:
    return [button["title"] for one in stage.said for button in one.buttons]


def request_of(stage: Stage) -> Request:
    request = stage.services.requests.for_conversation("c")
    assert request is not None
    return request


async def sent(stage: Stage) -> Stage:
    await shown(stage)
    await stage.presses("Aanvraag versturen")
    return await stage.presses("Ja, dat mag")


async def test_sending_asks_for_the_health_of_the_loved_one_first(stage: Stage) -> None:
    await shown(stage)
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["ask_health"]
    assert request_of(stage).state is RequestState.DRAFTED
    await stage.presses("Ja, dat mag")
    request = request_of(stage)
    assert request.state is RequestState.SENT
    assert request.loved_one_health_agreed
    assert "health" in request.agreement_version


async def test_a_no_takes_it_out_of_fields_words_and_offers(stage: Stage) -> None:
    await shown(stage)
    await stage.presses("Aanvraag versturen")
    await stage.presses("Nee, laat dat weg")
    assert "request_check" in stage.names
    await stage.presses("Aanvraag versturen")
    request = request_of(stage)
    assert request.state is RequestState.SENT
    assert not request.loved_one_health_agreed
    assert "dementie" not in json.dumps([[item.value, item.words] for item in request.fields])
    assert "dementie" not in request.question
    assert all(offer.reasons == () for offer in request.offers)


@pytest.mark.parametrize("words", ["hm", "ja maar wat staat er dan", "misschien"])
async def test_only_a_clear_yes_sends(stage: Stage, words: str) -> None:
    await shown(stage)
    await stage.presses("Aanvraag versturen")
    await stage.hears(words)
    assert request_of(stage).state is RequestState.DRAFTED


async def test_health_that_is_shared_after_a_no_is_asked_again(stage: Stage) -> None:
    await shown(stage)
    await stage.presses("Aanvraag versturen")
    await stage.presses("Nee, laat dat weg")
    await stage.presses("Iets veranderen")
    await stage.presses("Wat er speelt toch delen")
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["ask_health"]


async def test_the_load_does_not_leak_through_how_soon_it_must_be(stage: Stage) -> None:
    await shown(stage)
    request = request_of(stage)
    assert request.field(FieldKey.LOAD).state is FieldState.LEFT_OUT  # type: ignore[union-attr]
    assert "zwaar" not in request.shared(FieldKey.URGENCY)
    assert "zwaar" not in request.urgency_reason
    assert "grens" not in request.shared(FieldKey.URGENCY)


async def test_until_it_is_taken_up_she_can_change_it(stage: Stage) -> None:
    await sent(stage)
    await stage.hears("laat mijn aanvraag zien", intent="show_request")
    await stage.presses("Iets veranderen")
    await stage.presses("Telefoon")
    await stage.hears("06 87654321")
    assert request_of(stage).shared(FieldKey.CONTACT_PHONE) == "06 87654321"
    assert request_of(stage).state is RequestState.SENT
    assert stage.cards[-1]["changeable"] is True


async def test_once_taken_up_her_words_go_to_who_has_it(stage: Stage) -> None:
    await sent(stage)
    take_up(stage)
    await stage.hears("ik wil iets veranderen", intent="change_request")
    assert stage.names == ["ask_tell_owner"]
    await stage.hears("mijn nummer is 06 87654321 geworden")
    assert stage.names == ["told_owner"]
    assert request_of(stage).shared(FieldKey.CONTACT_PHONE) == "06 12345678"
    await stage.hears("laat mijn aanvraag zien", intent="show_request")
    assert stage.cards[-1]["changeable"] is False


def take_up(stage: Stage) -> None:
    """A coordinator has it now."""
    from sqlalchemy import update

    from bot.request.tables import requests

    with stage.services.requests._sessions.begin() as session:
        session.execute(update(requests).values(state=RequestState.ACCEPTED, owner="Marloes"))


async def test_the_form_changes_leaves_out_and_includes_at_once(stage: Stage) -> None:
    await shown(stage)
    await stage.fills_in(
        {
            "changes": {"contact_name": "Ria Jansen", "conditions": None, "wlz": "aangevraagd", "nonsense": "x"},
            "include": ["load"],
            "loved_one_health": True,
        }
    )
    request = request_of(stage)
    assert stage.names[-1] == "request_check"
    assert "request_form_partly" in stage.names
    assert request.shared(FieldKey.CONTACT_NAME) == "Ria Jansen"
    assert request.field(FieldKey.CONDITIONS).state is FieldState.LEFT_OUT  # type: ignore[union-attr]
    assert request.shared(FieldKey.WLZ) == "aangevraagd"
    assert request.shared(FieldKey.LOAD)
    assert request.loved_one_health_agreed


async def test_a_text_that_is_too_long_loses_nothing_else(stage: Stage) -> None:
    await shown(stage)
    await stage.fills_in(json.dumps({"changes": {"contact_name": "x" * 9_000, "contact_when": "'s avonds"}}))
    assert "request_form_partly" in stage.names
    assert request_of(stage).shared(FieldKey.CONTACT_NAME) == "Ria"
    assert request_of(stage).shared(FieldKey.CONTACT_WHEN) == "'s avonds"


async def test_her_question_in_other_words_or_left_out(stage: Stage) -> None:
    await shown(stage)
    await stage.fills_in({"question": "Kan er iemand een nacht blijven?"})
    reworded = request_of(stage).question
    assert reworded.startswith("Kan er iemand een nacht blijven?\n\n(Zelf later")
    await stage.fills_in({"changes": {"contact_when": "'s avonds"}})
    assert request_of(stage).question == reworded, "a form that says nothing of it changes nothing"
    await stage.fills_in({"question": None})
    assert "Kan er iemand" not in request_of(stage).question


async def test_a_form_without_a_request_begins_one(stage: Stage) -> None:
    await stage.fills_in({"changes": {}})
    assert "ask_place_request" in stage.names


@pytest.mark.parametrize("value", ["", "[", "[]", 3, None, {"changes": [], "include": {}, "loved_one_health": "ja"}])
def test_anything_can_come_from_a_form(value: object) -> None:
    answer = FormAnswer.read(value)
    assert answer.changes == {}
    assert answer.health is None
