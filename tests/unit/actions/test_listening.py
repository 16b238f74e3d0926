"""What is told in a message that the gate answers is learned all the same, and is not asked again."""

from __future__ import annotations

from typing import Any, cast

from bot.assistant import Assistant
from bot.engine.processor import TurnProcessor
from bot.engine.tracker_store import TalkStore
from bot.profile import CarerProfile
from bot.talk.thread import Thread
from bot.understanding.message import read_message
from tests.unit.actions.stage import REGIONS, Stage

HEAVY = "ik zorg voor mijn man met dementie in Zwolle en ik wil niet meer"


class Reads:
    """Stands where the trained model is: only our own readers."""

    async def parse_message(self, message: Any) -> dict[str, Any]:
        return {"reading": read_message(message.text, REGIONS).as_dict()}


class Keeps:
    """The slots of the one talk on ``stage``."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def slots_of(self, conversation_id: str) -> dict[str, Any]:
        return self._stage.slots

    def keep(self, conversation_id: str, slots: dict[str, Any]) -> None:
        self._stage.slots = slots


def listening(stage: Stage) -> Assistant:
    return Assistant(cast(TurnProcessor, Reads()), cast(TalkStore, Keeps(stage)))


async def test_what_she_told_with_it_is_not_asked_again(stage: Stage) -> None:
    await listening(stage).listen("c", HEAVY)
    assert stage.profile.called == "uw man"
    assert [told.value for told in stage.profile.conditions] == ["dementia"]
    assert stage.profile.quotes[0].text == HEAVY
    await stage.hears("geen van beide", intent="deny")
    asked = {"ask_relation", "ask_situation", "ask_place_carer", "ask_place_loved_one"}
    assert not asked & set(stage.names)


async def test_what_was_open_among_the_load_questions_or_for_a_request_is_asked_again_later(stage: Stage) -> None:
    for pending, left in (("nights", None), ("name", None)):
        thread = Thread(turn=2, asked=[pending], pending=pending, in_load_check=True)
        stage.slots = {"profile": CarerProfile().as_dict(), "thread": thread.as_dict()}
        await listening(stage).listen("c", HEAVY)
        assert (stage.thread.turn, stage.thread.pending, stage.thread.in_load_check) == (3, left, False)
        assert stage.profile.contact == {}
