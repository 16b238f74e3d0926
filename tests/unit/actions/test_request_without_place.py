"""Wanting a person without saying where: no request, a number to call, and a place named later makes it after all."""

from __future__ import annotations

import pytest

from tests.unit.actions.load_questions import MOTHER, of_mother, tells
from tests.unit.actions.stage import Stage


async def asked_where(stage: Stage) -> Stage:
    """She wants a person, and is asked in which place the care is."""
    await stage.hears(MOTHER, of_mother(), intent="ask_human")
    assert stage.names[-1] == "ask_place_request"
    return stage


async def without_place(stage: Stage, how: str = "button") -> Stage:
    """She does not say where."""
    await asked_where(stage)
    if how == "button":
        return await stage.presses("Sla over")
    if how == "skip":
        return await stage.hears("sla maar over", intent="skip")
    return await tells(stage, "dat wil ik niet zeggen")


@pytest.mark.parametrize("how", ["button", "skip", "refusal"])
async def test_she_hears_why_nobody_can_call_and_whom_she_can_call(stage: Stage, how: str) -> None:
    await without_place(stage, how)
    assert stage.names == ["request_without_place"]
    assert stage.services.facts["mantelzorglijn"].value in stage.text
    assert stage.services.requests.for_conversation("c") is None
    assert (stage.thread.phase, stage.thread.pending) == ("offers", None)
    assert "name" not in stage.thread.asked


async def test_an_unknown_place_is_asked_once_more_and_then_left(stage: Stage) -> None:
    await asked_where(stage)
    await tells(stage, "qwxzz")
    assert stage.names == ["place_unknown"]
    await tells(stage, "qwxzz dorp")
    assert stage.names == ["request_without_place"]
    assert stage.thread.misses == 0


async def test_an_unknown_place_can_be_written_otherwise(stage: Stage) -> None:
    await asked_where(stage)
    await tells(stage, "qwxzz")
    await tells(stage, "Zwolle")
    assert stage.names == ["ask_name"]


async def test_the_talk_goes_on_and_the_place_is_not_asked_by_itself(stage: Stage) -> None:
    await without_place(stage)
    await stage.presses("Verder praten")
    assert not [name for name in stage.names if name.startswith("ask_place")]
    assert "apology" not in stage.names


async def test_who_wants_a_person_after_all_is_asked_where_again(stage: Stage) -> None:
    await without_place(stage)
    await stage.presses("Ik wil een mens spreken")
    assert stage.names == ["human", "ask_place_request"]
    await tells(stage, "Zwolle")
    assert stage.names == ["ask_name"]


async def test_a_place_named_later_makes_the_request_as_was_said(stage: Stage) -> None:
    await without_place(stage)
    assert "Kies dan weer Ik wil een mens spreken" in stage.text
    await tells(stage, "het is toch in Zwolle")
    await stage.presses("Ik wil een mens spreken")
    assert stage.names[-1] == "ask_name"
