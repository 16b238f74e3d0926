"""Forgetting is asked first, leaves nothing behind here, and does not touch a request that was sent."""

from __future__ import annotations

import pytest

from bot.profile import CarerProfile
from bot.request.vocabulary import RequestState
from tests.unit.actions.stage import Stage
from tests.unit.actions.told import knowing, told_profile


async def test_forgetting_is_asked_first(stage: Stage) -> None:
    await knowing(stage).hears("vergeet mij", intent="forget_me")
    assert stage.names == ["forget_confirm"]
    assert stage.profile == told_profile()
    assert not stage.cleared


async def test_a_no_keeps_everything(stage: Stage) -> None:
    await knowing(stage).hears("vergeet mij", intent="forget_me")
    await stage.presses("Nee, bewaar het")
    assert stage.names == ["forget_kept"]
    assert stage.profile == told_profile()
    assert not stage.cleared


async def test_a_yes_clears_the_profile_and_the_talk(stage: Stage) -> None:
    await knowing(stage, asked=["nights"], phase="offers").hears("vergeet mij", intent="forget_me")
    await stage.presses("Ja, vergeet alles")
    assert stage.names == ["forgotten"]
    assert stage.cards == [{"kind": "forgotten"}]
    assert stage.profile == CarerProfile()
    assert stage.thread.asked == []
    assert stage.thread.phase == "listening"
    assert stage.cleared == ["c"]
    await stage.hears("wat weet u van mij", intent="what_is_known")
    assert stage.names == ["known_nothing"]


async def test_from_what_is_known_it_is_one_button_away_and_still_asked(stage: Stage) -> None:
    await knowing(stage).hears("wat weet u van mij", intent="what_is_known")
    await stage.presses("Vergeet alles")
    assert stage.names == ["forget_confirm"]


@pytest.mark.parametrize(("text", "intent", "name"), [("ja", "affirm", "forgotten"), ("nee", "deny", "forget_kept")])
async def test_the_answer_to_forgetting_can_be_typed(stage: Stage, text: str, intent: str, name: str) -> None:
    await knowing(stage, phase="offers").hears("vergeet mij", intent="forget_me")
    await stage.hears(text, intent=intent)
    assert stage.names == [name]


async def test_what_only_sounds_like_a_yes_is_asked_once_more(stage: Stage) -> None:
    """Signs at random once counted as a yes (found by ``make fuzz``)."""
    await knowing(stage, phase="offers").hears("vergeet mij", intent="forget_me")
    await stage.hears("\xe6\U00026455\xfd", intent="affirm")
    assert stage.names == ["forget_confirm"]
    await stage.hears("doe maar", intent="affirm")
    assert stage.names == ["forgotten"]


async def drafted(stage: Stage) -> Stage:
    """A draft is on screen."""
    await knowing(stage).hears("ik wil iemand spreken", intent="ask_human")
    assert "request_check" in stage.names
    return stage


async def test_a_draft_is_withdrawn(stage: Stage) -> None:
    await drafted(stage)
    await stage.hears("vergeet alles", intent="forget_me")
    assert stage.names == ["forget_confirm"]
    await stage.presses("Ja, vergeet alles")
    request = stage.services.requests.for_conversation("c")
    assert request is None or request.state is RequestState.WITHDRAWN
    assert stage.thread.phase == "listening"


async def test_a_sent_request_stays_and_it_is_said_so(stage: Stage) -> None:
    await drafted(stage)
    await stage.presses("Aanvraag versturen")
    await stage.hears("vergeet alles", intent="forget_me")
    assert stage.names == ["forget_confirm_sent"]
    assert "Aanvraag intrekken" in stage.buttons
    await stage.presses("Ja, vergeet alles")
    request = stage.services.requests.for_conversation("c")
    assert request is not None
    assert request.state is RequestState.SENT
    assert stage.thread.phase == "sent"
    assert stage.profile == CarerProfile()


async def test_a_sent_request_can_be_withdrawn_first(stage: Stage) -> None:
    await drafted(stage)
    await stage.presses("Aanvraag versturen")
    await stage.hears("vergeet alles", intent="forget_me")
    await stage.presses("Aanvraag intrekken")
    request = stage.services.requests.for_conversation("c")
    assert request is not None
    assert request.state is RequestState.WITHDRAWN
    await stage.hears("vergeet alles", intent="forget_me")
    assert stage.names == ["forget_confirm"]
