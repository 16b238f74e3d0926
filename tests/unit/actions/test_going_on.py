"""Whoever asks to go on elsewhere hears how, whatever it looks like to the model, and the talk stays where it was."""

from __future__ import annotations

import pytest

from actions.going_on import CARD
from tests.unit.actions.stage import Stage

ASKS = "ik wil later verder op mijn telefoon"


@pytest.mark.parametrize("intent", ["tell", "ask", "stop", "ask_human", "out_of_scope"])
async def test_it_is_heard_whatever_it_looks_like(stage: Stage, intent: str) -> None:
    await stage.hears(ASKS, intent=intent)
    assert stage.names == ["going_on"]


async def test_the_open_question_stays_open(stage: Stage) -> None:
    await stage.hears("mijn moeder is ziek")
    before = stage.thread.pending
    await stage.hears(ASKS)
    assert stage.thread.pending == before


def test_the_card_holds_no_code() -> None:
    assert CARD == {"kind": "going_on"}
