"""A banner in the talk: once, in its place; and what fell away is asked only when the banner says so (R60)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.reading import Reading
from bot.understanding.message import read_message
from tests.unit.actions.load_questions import MOTHER, of_mother, tells
from tests.unit.actions.local_talks import banner, local_names, sees_offers
from tests.unit.actions.stage import REGIONS, Stage, cue


async def test_a_banner_is_told_once(stage: Stage) -> None:
    banner(stage)
    await stage.hears(MOTHER, of_mother())
    assert local_names(stage) == ["local_banner"]
    assert "De dagopvang is dicht." in stage.text
    await tells(stage, "elke nacht wakker")
    assert local_names(stage) == []


async def test_a_local_banner_waits_for_the_place(stage: Stage) -> None:
    banner(stage, scope="municipality", municipalities=["Zwolle"])
    await stage.hears(MOTHER, of_mother())
    assert local_names(stage) == []
    await sees_offers(stage)
    assert local_names(stage) == ["local_banner"]


@pytest.mark.parametrize("changes", [{"ends": "2026-11-22"}, {"begins": "2026-11-24"}, {"kinds": ["stay_child"]}])
async def test_a_banner_of_another_day_or_wish_is_not_told(stage: Stage, changes: dict[str, Any]) -> None:
    banner(stage, **changes)
    text = f"{MOTHER} in Zwolle, ik zoek een vrijwilliger thuis"
    await stage.hears(text, read_message(text, REGIONS), intent="ask_offers")
    assert local_names(stage) == []


async def asked_what_fell_away(stage: Stage) -> Stage:
    banner(stage, asks_what_fell_away=True)
    await stage.hears(MOTHER, of_mother())
    assert stage.names[-1] == "ask_fell_away"
    return stage


async def test_only_a_banner_that_asks_for_it_asks_what_fell_away(stage: Stage) -> None:
    banner(stage)
    await stage.hears(MOTHER, of_mother())
    assert "ask_fell_away" not in stage.names


async def test_what_fell_away_is_kept_in_her_words_and_weighs(stage: Stage) -> None:
    await asked_what_fell_away(stage)
    await stage.hears("de dagbesteding op dinsdag en donderdag")
    told = [one for one in stage.profile.load_cues if one.value == "help_stopped"]
    assert [one.words for one in told] == ["de dagbesteding op dinsdag en donderdag"]
    assert stage.names[-1].startswith("ask_")
    assert stage.names[-1] != "ask_fell_away"


@pytest.mark.parametrize(
    ("text", "intent"), [("nee", "deny"), ("nee hoor, niks", "tell"), ("gelukkig niet", "tell"), ("sla over", "skip")]
)
async def test_a_no_is_an_answer_and_it_is_asked_once(stage: Stage, text: str, intent: str) -> None:
    await asked_what_fell_away(stage)
    await stage.hears(text, intent=intent)
    assert not stage.profile.load_cues
    assert "not_understood" not in stage.names
    assert "ask_fell_away" not in stage.names
    assert stage.names[-1].startswith("ask_")


async def test_it_can_be_skipped_with_a_button(stage: Stage) -> None:
    await asked_what_fell_away(stage)
    await stage.presses("Sla over")
    assert "ask_fell_away" not in stage.names
    assert stage.names[-1].startswith("ask_")


async def test_another_story_is_not_taken_for_help_that_stopped(stage: Stage) -> None:
    await asked_what_fell_away(stage)
    text = "hij valt ook vaak"
    await stage.hears(text, Reading(tasks=(cue(text, "valt", "supervision"),)))
    assert not stage.profile.load_cues
