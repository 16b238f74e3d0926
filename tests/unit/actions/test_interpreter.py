"""Another language: answered in simple Dutch, and a call with an interpreter is offered once."""

from __future__ import annotations

import pytest

from bot.reading import Cue, LovedOne, Reading
from tests.unit.actions.stage import Stage, cue, words_at

ENGLISH = "My mother has dementia and I am so tired"
LINES = {"en": "You may write", "tr": "Türkçe", "pl": "po polsku", "ar": "بالعربية", "uk": "українською"}


def story(language: str = "en") -> Reading:
    mother = LovedOne("parent", "", words_at(ENGLISH, "My mother"))
    conditions: tuple[Cue, ...] = (cue(ENGLISH, "dementia", "dementia"),)
    return Reading(language=language, loved_ones=(mother,), conditions=conditions)


@pytest.mark.parametrize("language", [*LINES, "de", "fr", "und"])
async def test_she_reads_that_she_may_in_her_own_language_and_in_simple_dutch(stage: Stage, language: str) -> None:
    await stage.hears(ENGLISH, story(language), role="carer")
    assert stage.names[0] == "ack_one"
    assert LINES.get(language, "") in stage.text
    assert "makkelijk Nederlands" in stage.text
    assert "gratis" not in stage.text
    assert len(stage.buttons) == 3


async def test_it_is_asked_once_and_a_no_goes_on_with_the_talk(stage: Stage) -> None:
    await stage.hears(ENGLISH, story(), role="carer")
    await stage.presses("Nee, hier verder / No, go on here")
    assert stage.names[-1] == "ask_nights"
    await stage.hears("every single night", Reading(language="en"))
    assert not any(name.startswith("ask_interpreter") for name in stage.names)
    assert stage.profile.language is not None


async def test_a_yes_goes_into_the_request(stage: Stage) -> None:
    await stage.hears(ENGLISH, story("tr"), role="carer")
    await stage.presses("Ja, met een tolk / Evet, tercümanla")
    assert stage.names == ["interpreter_noted", "ask_place_request"]
    for answer in ("Zwolle", "Fatma", "0612345678"):
        await stage.hears(answer)
    if "Nee, laat de aanvraag zien" in stage.buttons:
        await stage.presses("Nee, laat de aanvraag zien")
    fields = {item["key"]: item["value"] for part in stage.cards[-1]["sections"] for item in part["fields"]}
    assert fields["interpreter"] == "graag een tolk: Turks"


async def test_a_typed_yes_counts_too(stage: Stage) -> None:
    await stage.hears(ENGLISH, story(), role="carer")
    await stage.hears("yes please", intent="affirm")
    assert stage.names == ["interpreter_noted", "ask_place_request"]


async def test_asked_for_a_person_at_once_the_receiver_is_told_to_ask(stage: Stage) -> None:
    await stage.hears("can somebody phone me", Reading(language="en"), intent="ask_human")
    assert stage.names == ["ask_interpreter_en"]
    await stage.presses("Ik wil een mens spreken")
    for answer in ("Zwolle", "Fatma", "0612345678"):
        await stage.hears(answer)
    if "Nee, laat de aanvraag zien" in stage.buttons:
        await stage.presses("Nee, laat de aanvraag zien")
    fields = {item["key"]: item["value"] for part in stage.cards[-1]["sections"] for item in part["fields"]}
    assert fields["interpreter"] == "schrijft Engels; vraag of er een tolk nodig is"


@pytest.mark.parametrize("intent", ["ask_offers", "ask_cost"])
async def test_whatever_her_first_message_is_it_is_offered(stage: Stage, intent: str) -> None:
    await stage.hears("is there something for my dad", Reading(language="en"), intent=intent)
    assert stage.names[-1] == "ask_interpreter_en"


async def test_a_question_that_was_open_comes_back_after_it(stage: Stage) -> None:
    await stage.hears("hallo", intent="greet")
    assert stage.thread.pending == "relation"
    await stage.hears("sorry what does that mean", Reading(language="en"))
    await stage.presses("Nee, hier verder / No, go on here")
    assert stage.names[-1] == "ask_relation"


async def test_a_name_in_another_script_is_a_name(stage: Stage) -> None:
    await stage.hears("ik wil een mens", intent="ask_human")
    await stage.hears("Zwolle")
    await stage.hears("Оксана", Reading(language="uk"))
    assert stage.profile.contact["name"] == "Оксана"
    assert stage.profile.language is None


async def test_another_desk_and_another_language_get_both(stage: Stage) -> None:
    await stage.hears("which day is the rubbish", Reading(language="en"), intent="out_of_scope", role="other")
    assert stage.names == ["out_of_scope", "ask_interpreter_en"]


async def test_a_child_is_not_offered_a_call(stage: Stage) -> None:
    text = "I am 13 and I wash my mum"
    await stage.hears(text, Reading(language="en", minor=cue(text, "13", "yes")), role="carer")
    assert "role_minor" in stage.names
    assert not any(name.startswith("ask_interpreter") for name in stage.names)
