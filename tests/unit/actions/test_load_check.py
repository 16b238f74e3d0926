"""The five questions about the load: offered once, each skippable, told back as a signal that stays with her."""

from __future__ import annotations

import pytest

from bot.load import LoadBand, assess_load
from bot.reading import Reading
from bot.talk.thread import LOAD_QUESTIONS
from tests.unit.actions.load_questions import (
    ASKED,
    HEAVY,
    LIGHT,
    MOTHER,
    NO,
    YES,
    begun,
    offered,
    open_question,
    reading,
    tells,
)
from tests.unit.actions.stage import Stage, cue, person


async def test_after_a_no_to_offers_it_is_offered_with_a_way_past_it(stage: Stage) -> None:
    await offered(stage)
    assert stage.names == ["offers_declined", "ask_load_check"]
    assert stage.buttons == {YES, NO, "Ik wil een mens spreken"}


@pytest.mark.parametrize("answer", ["button", "words"])
async def test_a_no_is_left_at_that_and_not_offered_again(stage: Stage, answer: str) -> None:
    await offered(stage)
    await (stage.presses(NO) if answer == "button" else stage.hears("nee liever niet", intent="deny"))
    assert stage.names == ["load_check_left"]
    assert not stage.thread.in_load_check
    assert stage.thread.pending is None
    await stage.hears("nee", intent="deny")
    assert stage.names == ["offers_declined"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("ik doe ook de boodschappen voor haar", "tell"), ("nee, ik doe al de boodschappen voor haar", "deny")],
)
async def test_what_is_told_without_a_yes_is_taken_up_and_begins_nothing(stage: Stage, text: str, intent: str) -> None:
    await offered(stage)
    await tells(stage, text, intent)
    assert stage.profile.tasks
    assert not open_question(stage)
    assert not stage.thread.in_load_check


async def test_it_is_not_offered_when_it_is_clear_that_it_is_too_heavy(stage: Stage) -> None:
    text = f"{MOTHER}, ik trek het niet meer"
    mother = person(text, "mijn moeder", "parent", "uw moeder")
    cues = (cue(text, "trek het niet meer", "breaking_point"),)
    await stage.hears(text, Reading(loved_ones=(mother,), load_cues=cues, places=reading("Zwolle").places))
    await stage.hears("laat maar zien", intent="ask_offers")
    await stage.presses("Nee, nu niet")
    assert stage.names == ["offers_declined"]


@pytest.mark.parametrize("answer", ["button", "words"])
async def test_a_yes_begins_with_the_first_question(stage: Stage, answer: str) -> None:
    await offered(stage)
    await (stage.presses(YES) if answer == "button" else stage.hears("ja hoor", intent="affirm"))
    assert open_question(stage) == "ask_load_nights"


@pytest.mark.parametrize("answers", [LIGHT, HEAVY])
async def test_each_is_asked_once_and_answered_by_button(stage: Stage, answers: dict[str, str]) -> None:
    await begun(stage)
    asked = []
    while question := open_question(stage):
        asked.append(question)
        assert {"Sla over", "Ik wil een mens spreken"} <= stage.buttons
        await stage.presses(answers[question])
    assert asked == ASKED[: len(asked)]
    assert len(asked) <= 5
    assert {"load_told", "load_band_only"} & set(stage.names)
    assert stage.names[-1] == "still_here"  # she said no to a call
    assert not stage.thread.in_load_check


async def test_each_is_answered_in_words(stage: Stage) -> None:
    await begun(stage)
    for text, intent in (
        ("elke nacht", "tell"),
        ("mijn rug doet zeer", "tell"),
        ("nee nooit", "deny"),
        ("er is niemand", "tell"),
        ("een paar maanden", "tell"),
    ):
        assert open_question(stage)
        await tells(stage, text, intent)
    assert not open_question(stage)
    profile = stage.profile
    assert [told and told.value for told in (profile.body, profile.own_time, profile.helpers)] == [
        "hurts",
        "none",
        "none",
    ]
    assert profile.nights is not None
    assert profile.nights.value["high"] == 7
    assert profile.perseverance is not None
    assert profile.perseverance.value == "months"


@pytest.mark.parametrize("text", ["er is niemand", "nee niemand", "niemand", "geen mens", "er is geen ander"])
async def test_nobody_is_nobody(stage: Stage, text: str) -> None:
    await begun(stage)
    for _ in range(3):
        await stage.presses("Sla over")
    assert open_question(stage) == "ask_load_helpers"
    await tells(stage, text)
    assert stage.profile.helpers is not None
    assert stage.profile.helpers.value == "none"


@pytest.mark.parametrize("how", ["button", "words", "refusal"])
async def test_each_can_be_skipped_and_none_comes_back(stage: Stage, how: str) -> None:
    await begun(stage)
    asked = []
    while question := open_question(stage):
        asked.append(question)
        if how == "button":
            await stage.presses("Sla over")
        elif how == "words":
            await stage.hears("sla maar over", intent="skip")
        else:
            await tells(stage, "dat wil ik niet zeggen")
    assert asked == ASKED
    assert set(LOAD_QUESTIONS) <= set(stage.profile.refused)
    assert stage.names == ["load_not_clear", "still_here"]
    assert all(getattr(stage.profile, name) is None for name in LOAD_QUESTIONS)


async def test_what_is_not_understood_is_left_and_not_asked_twice(stage: Stage) -> None:
    await begun(stage)
    await stage.hears("qwx", intent="out_of_scope")
    assert open_question(stage) == "ask_load_body"
    assert "nights" in stage.profile.refused
    assert "leave_question" in stage.names


async def test_what_she_told_before_is_not_asked(stage: Stage) -> None:
    text = f"{MOTHER}, mijn rug is kapot en ik sta er alleen voor"
    mother = person(text, "mijn moeder", "parent", "uw moeder")
    cues = (cue(text, "mijn rug is kapot", "body"), cue(text, "sta er alleen voor", "alone"))
    await stage.hears(text, Reading(loved_ones=(mother,), load_cues=cues))
    await stage.hears("hoe zwaar is het eigenlijk voor mij?", intent="ask", topic="load_check")
    asked = []
    while question := open_question(stage):
        asked.append(question)
        await stage.presses("Sla over")
    assert asked == ["ask_load_nights", "ask_load_own_time", "ask_load_perseverance"]


async def test_days_stop_the_questions_at_once(stage: Stage) -> None:
    await begun(stage)
    text = "elke nacht, dit hou ik nog hooguit twee dagen vol"
    await tells(stage, text)
    assert assess_load(stage.profile).band is LoadBand.CRISIS
    assert not open_question(stage)
    assert "load_told" in stage.names
    assert "load_high_next" in stage.names


async def test_help_that_fell_away_and_nobody_else_stops_them_too(stage: Stage) -> None:
    await begun(stage)
    text = "de thuiszorg is gestopt en ik ben helemaal alleen"
    cues = (cue(text, "gestopt", "help_stopped"), cue(text, "helemaal alleen", "alone"))
    await stage.hears(text, Reading(load_cues=cues))
    assert not open_question(stage)
    assert "load_told" in stage.names


async def test_the_signal_has_its_reasons_in_her_words_and_is_no_test(stage: Stage) -> None:
    await begun(stage)
    await tells(stage, "elke nacht")
    await stage.hears("mijn rug en mijn knieën")
    for _ in range(3):
        await stage.presses("Sla over")
    assert "load_told" in stage.names
    assert "een signaal, geen test" in stage.text
    assert "“mijn rug en mijn knieën”" in stage.text
    assert "“elke nacht”" in stage.text or "elke nacht" in stage.text
    assert "Niemand anders ziet het" in stage.text


async def test_a_light_load_is_told_as_light_and_no_reason_is_made_up(stage: Stage) -> None:
    await begun(stage)
    while question := open_question(stage):
        await stage.presses("Sla over" if question == "ask_load_perseverance" else LIGHT[question])
    assert "load_band_only" in stage.names
    assert "een signaal, geen test" in stage.text
    assert "load_high_next" not in stage.names


async def test_the_signal_is_said_with_je_to_who_says_je(stage: Stage) -> None:
    await begun(stage)
    await stage.hears("elke nacht, weet je", Reading(informal=True, nights=reading("elke nacht").nights))
    for _ in range(4):
        await stage.presses("Sla over")
    assert "Zoals je het vertelt" in stage.text
