"""What comes between two items of a questionnaire: other words, side questions, a person, a pause, other texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.reading import Reading
from knowledge.instruments import load_packs
from knowledge.instruments.licensed import text_digest
from tests.unit.actions.questionnaires import STOP, after_the_signal, begun, item, licensed, stage_with
from tests.unit.actions.stage import cue
from tests.unit.knowledge.test_instruments import content


async def test_words_that_are_no_answer_are_said_once_and_then_skipped(tmp_path: Path) -> None:
    stage = await begun(tmp_path)
    await stage.hears("tja, dat ligt eraan")
    assert stage.names == ["questionnaire_choose", "questionnaire_item"]
    assert stage.said[-1].text == item("csi", 1)
    await stage.hears("soms wel, soms niet")
    assert stage.names == ["leave_question", "questionnaire_item"]
    assert stage.said[-1].text == item("csi", 2)
    await stage.hears("weer niet")
    assert stage.names == ["questionnaire_choose", "questionnaire_item"]
    await stage.hears(" JA ")
    assert stage.said[-1].text == item("csi", 3)
    assert stage.thread.questionnaire["steps"][:3] == ["skipped", "yes", "not_asked"]


async def test_a_side_question_is_answered_and_the_same_item_comes_back(tmp_path: Path) -> None:
    stage = await begun(tmp_path)
    await stage.hears("wat kost dat eigenlijk?", intent="ask", topic="cost")
    assert stage.names[0] == "answer_cost"
    assert stage.said[-1].text == item("csi", 1)
    text = "hij heeft parkinson, wat kost dat?"
    heard = Reading(conditions=(cue(text, "parkinson", "parkinson"),))
    await stage.hears(text, heard, intent="ask", topic="cost")
    assert stage.said[-1].text == item("csi", 1)
    assert stage.profile.conditions
    await stage.hears("dank je", intent="thanks")
    assert stage.said[-1].text == item("csi", 1)
    await stage.hears("waar haal ik een paspoort", intent="out_of_scope")
    assert stage.names[0] == "out_of_scope"
    assert stage.said[-1].text == item("csi", 1)
    assert stage.thread.questionnaire["steps"] == ["not_asked"] * 13


async def test_a_side_question_brings_the_offer_back(tmp_path: Path) -> None:
    stage = stage_with(tmp_path, "csi")
    await after_the_signal(stage)
    await stage.hears("wat kost dat?", intent="ask", topic="cost")
    assert stage.names[-1] == "questionnaire_offer"


async def test_stopping_with_the_list_leaves_no_outcome(tmp_path: Path) -> None:
    stage = await begun(tmp_path)
    await stage.presses("ja")
    await stage.presses(STOP)
    assert stage.names == ["questionnaire_stopped"]
    assert (stage.thread.questionnaire, stage.thread.questionnaire_results) == ({}, [])
    await stage.presses("Verder praten")
    assert stage.names == ["after_offers"]


async def test_a_person_comes_first_and_the_list_waits(tmp_path: Path) -> None:
    stage = await begun(tmp_path)
    await stage.presses("ja")
    await stage.hears("ik wil iemand spreken", intent="ask_human")
    assert stage.thread.phase == "contact"
    await stage.hears("Zwolle")
    assert "questionnaire_item" not in stage.names
    assert stage.thread.questionnaire["steps"][0] == "yes"


async def test_a_paused_list_is_taken_up_where_it_was(tmp_path: Path) -> None:
    stage = await begun(tmp_path)
    await stage.presses("ja")
    await stage.hears("stop maar even", intent="stop")
    assert stage.names == ["stopped"]
    await stage.presses("Verder praten")
    assert stage.names == ["back_to_thread", "questionnaire_item"]
    assert stage.said[-1].text == item("csi", 2)
    stage.slots["thread"] = replace(stage.thread, last_at="2026-11-20T09:00:00+00:00").as_dict()
    await stage.hears("ik ben er weer")
    assert stage.names == ["back_to_thread", "questionnaire_item"]
    await stage.presses("nee")
    assert stage.thread.questionnaire["steps"][:3] == ["yes", "no", "not_asked"]


@pytest.mark.parametrize("change", ["words", "off"])
async def test_other_words_end_the_list_kindly(tmp_path: Path, change: str) -> None:
    stage = await begun(tmp_path)
    await stage.presses("ja")
    items = [f"another made-up line {number}" for number in range(13)]
    permission = {**content("csi")["permission"], "sha256": text_digest(items)}
    texts = licensed(tmp_path, "csi", items=items, permission=permission) if change == "words" else None
    stage.services = replace(stage.services, instruments=load_packs(texts))
    await stage.presses("ja")
    assert stage.names == ["questionnaire_gone"]
    assert stage.thread.questionnaire == {}
    assert stage.thread.pending is None


async def test_a_button_pressed_twice_answers_one_item(tmp_path: Path) -> None:
    stage = await begun(tmp_path)
    shown = list(stage.said)
    await stage.presses("ja")
    stage.said = shown
    await stage.presses("ja")
    assert stage.said[-1].text == item("csi", 2)
    await stage.presses(STOP)
    stage.said = shown
    await stage.presses("ja")
    assert stage.names == ["questionnaire_over"]
