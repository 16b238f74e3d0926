"""Each role its own path with a real next step; none is a closed door."""

from __future__ import annotations

import pytest

from bot.reading import LovedOne, Reading
from tests.unit.actions.stage import Stage, cue, person, words_at

NEXT_STEPS = {
    "Ja, laat iemand mij bellen", "Laat een consulent mij bellen", "Wat is er in de buurt?", "Ik wil een mens spreken",
}  # fmt: skip
SISTER = "mijn schoonzus zorgt dag en nacht voor haar moeder en gaat eraan onderdoor"
LATER = "stel dat mijn ouders straks niet meer thuis kunnen wonen"
WIDOW = "mijn man is vorige maand overleden, tien jaar heb ik voor hem gezorgd"


def third_person() -> Reading:
    return Reading(stances=(cue(SISTER, "zorgt", "third_person"),), load_cues=(cue(SISTER, "onderdoor", "exhausted"),))


def loss() -> Reading:
    return Reading(loved_ones=(person(WIDOW, "mijn man", "partner", "uw man"),), bereaved=words_at(WIDOW, "overleden"))


@pytest.mark.parametrize("role", ["cared_for", "professional", "former_carer", "volunteer", "other"])
async def test_every_role_gets_its_own_answer_and_then_another_with_a_real_next_step(stage: Stage, role: str) -> None:
    first = await stage.hears("een eerste bericht", role=role)
    assert first.names == [f"role_{role}"]
    assert stage.buttons & NEXT_STEPS
    await stage.hears("en nog iets erbij", role=role)
    assert stage.names == [f"{role}_listens"]
    assert stage.buttons >= {"Ik wil een mens spreken"}
    assert stage.buttons & (NEXT_STEPS - {"Ik wil een mens spreken"})


@pytest.mark.parametrize("role", ["cared_for", "former_carer", "volunteer", "other"])
async def test_a_yes_on_the_second_turn_asks_for_a_person_who_calls(stage: Stage, role: str) -> None:
    await stage.hears("een eerste bericht", role=role)
    await stage.hears("en nog iets erbij", role=role)
    await stage.hears("ja", intent="affirm")
    assert stage.thread.phase == "contact"
    own = role in ("cared_for", "former_carer")
    assert stage.names == ["ask_place_request_own" if own else "ask_place_request"]


@pytest.mark.parametrize("role", ["cared_for", "professional", "volunteer", "other"])
async def test_what_is_nearby_needs_only_a_place(stage: Stage, role: str) -> None:
    await stage.hears("een eerste bericht", role=role)
    await stage.presses("Wat is er in de buurt?")
    assert stage.names == ["ask_place_around"]
    await stage.hears("Zwolle")
    assert stage.thread.phase == "offers"
    assert stage.cards[0]["kind"] == "offers"
    await stage.presses("Ja, laat iemand mij bellen")
    assert stage.names == ["ask_name"]


async def test_a_place_that_is_not_known_is_asked_once_more_and_then_left(stage: Stage) -> None:
    await stage.hears("een eerste bericht", role="professional")
    await stage.presses("Wat is er in de buurt?")
    await stage.hears("Qwxzburg")
    assert stage.names == ["place_unknown"]
    await stage.hears("Qwxzburg toch")
    assert stage.thread.phase == "offers"
    assert stage.buttons & NEXT_STEPS


@pytest.mark.parametrize("role", ["professional", "volunteer", "other"])
async def test_who_says_with_a_button_that_she_cares_goes_on_as_a_carer(stage: Stage, role: str) -> None:
    await stage.hears("een eerste bericht", role=role)
    await stage.presses(next(title for title in stage.buttons if title.startswith("Ik zorg")))
    assert stage.names[-1] == "ask_relation"
    assert stage.profile.role is not None
    assert stage.profile.role.value == "carer"


async def test_a_no_to_a_call_is_a_no(stage: Stage) -> None:
    await stage.hears("een eerste bericht", role="volunteer")
    await stage.hears("en nog iets erbij", role="volunteer")
    await stage.hears("nee", intent="deny")
    assert stage.names == ["offers_declined"]
    await stage.hears("ik dacht nog aan iets anders", role="volunteer")
    assert stage.names == ["path_stays"]
    assert stage.buttons == {"Wat is er in de buurt?", "Ik wil een mens spreken"}


async def test_a_nurse_who_cares_at_home_goes_on_as_a_carer(stage: Stage) -> None:
    await stage.hears("ik ben verpleegkundige", role="professional")
    text = "en thuis was ik mijn moeder elke ochtend"
    mother = person(text, "mijn moeder", "parent", "uw moeder")
    await stage.hears(text, Reading(loved_ones=(mother,), tasks=(cue(text, "was", "personal_care"),)), role="carer")
    assert stage.profile.called == "uw moeder"
    assert "ask_nights" in stage.names


async def test_after_a_loss_come_condolences_no_offers_and_a_person(stage: Stage) -> None:
    await stage.hears(WIDOW, loss(), role="former_carer")
    assert stage.names == ["role_former_carer_lost"]
    assert stage.text.startswith("Gecondoleerd")
    await stage.presses("Verder praten")
    assert stage.names == ["former_carer_tells"]
    await stage.hears("wat is er allemaal voor mij", intent="ask_offers")
    assert stage.names == ["former_carer_listens"]
    await stage.presses("Nee, nu niet")
    assert stage.names == ["former_carer_declined"]
    assert stage.thread.phase == "listening"
    assert not stage.cards


async def test_after_some_turns_of_listening_comes_once_what_there_is_after_the_care(stage: Stage) -> None:
    await stage.hears(WIDOW, loss(), role="former_carer")
    said = []
    for text in ("de stoel staat er nog", "ik slaap slecht", "zijn jas hangt er ook nog", "en dan de avonden", "tja"):
        await stage.hears(text)
        said += stage.names
    assert said[:2] == ["former_carer_listens"] * 2
    assert said[2:] == ["former_carer_after", "former_carer_listens", "former_carer_listens"]
    assert not stage.cards


async def test_after_a_loss_a_call_is_not_offered_again_after_a_no(stage: Stage) -> None:
    await stage.hears(WIDOW, loss(), role="former_carer")
    await stage.hears("de stoel staat er nog")
    await stage.presses("Nee, nu niet")
    for _ in range(2):
        await stage.hears("en dan de avonden")
    assert stage.names == ["former_carer_stays"]
    assert "belt" not in stage.text
    assert stage.buttons == {"Ik wil een mens spreken"}


async def test_a_young_person_reads_whom_to_call_and_that_nobody_calls_home(stage: Stage) -> None:
    text = "ik zit op school en zorg voor mijn moeder"
    young = Reading(loved_ones=(person(text, "mijn moeder", "parent", "uw moeder"),), minor=cue(text, "school", "yes"))
    await stage.hears(text, young, role="carer")
    assert stage.names == ["role_minor", "ask_place_minor"]
    assert "niet naar huis" in stage.text
    assert "Kindertelefoon" in stage.text
    await stage.hears("Zwolle")
    assert stage.thread.phase == "offers"
    replies = []
    for _ in range(3):
        await stage.hears("het is thuis echt niet leuk")
        assert stage.names == ["minor_listens"]
        replies.append(stage.text)
    assert stage.buttons == {"Ik wil een mens spreken"}
    await stage.presses("Ik wil een mens spreken")
    assert stage.names == ["human_minor"]
    assert stage.thread.phase == "offers"


async def test_care_that_ended_otherwise_gets_no_condolences(stage: Stage) -> None:
    await stage.hears("moeder woont nu in het verpleeghuis", role="former_carer")
    assert stage.names == ["role_former_carer"]
    assert "Gecondoleerd" not in stage.text


async def test_a_death_in_the_middle_of_the_talk_comes_before_everything_else(stage: Stage) -> None:
    text = "mijn man heeft parkinson, we wonen in Ede"
    husband = person(text, "mijn man", "partner", "uw man")
    await stage.hears(text, Reading(loved_ones=(husband,)), role="carer")
    await stage.hears("wat is er", intent="ask_offers")
    stage.slots["thread"]["phase"] = "offers"
    await stage.hears(WIDOW, loss(), role="former_carer")
    assert stage.names == ["role_former_carer_lost"]
    assert stage.thread.phase == "listening"


async def test_who_worries_about_a_carer_reads_how_to_help_and_may_be_called(stage: Stage) -> None:
    await stage.hears(SISTER, third_person(), role="other")
    assert stage.names == ["role_third_person"]
    assert "doorgeven" in stage.text
    assert stage.profile.load_cues == []
    await stage.presses("Laat een consulent mij bellen")
    await stage.hears("Assen")
    await stage.hears("Wim")
    await stage.hears("0612345678")
    fields = {item["key"]: item["value"] for part in stage.cards[-1]["sections"] for item in part["fields"]}
    assert fields["role"] == "maakt zich zorgen om iemand die voor een ander zorgt"
    assert "relation" not in fields


async def test_who_looks_ahead_is_shown_what_there_is(stage: Stage) -> None:
    await stage.hears(LATER, Reading(stances=(cue(LATER, "stel dat", "hypothetical"),)), role="other")
    assert stage.names == ["role_hypothetical"]
    await stage.presses("Wat is er in de buurt?")
    await stage.hears("Groningen")
    assert stage.cards[0]["offers"]


async def test_whom_she_does_not_care_for_is_not_asked_about_again(stage: Stage) -> None:
    text = "mijn moeder is 90 en dement"
    mother = person(text, "mijn moeder", "parent", "uw moeder")
    await stage.hears(text, Reading(loved_ones=(mother,), conditions=(cue(text, "dement", "dementia"),)), role="carer")
    text = "nee ik zorg niet voor haar, dat doet mijn zus"
    denied = (cue(text, "niet", "negated"), cue(text, "mijn zus", "third_person"))
    await stage.hears(text, Reading(stances=denied, corrects=words_at(text, "nee")), role="other")
    assert stage.names == ["role_third_person"]
    assert stage.profile.relation is None


async def test_an_other_who_tells_of_care_is_no_other(stage: Stage) -> None:
    text = "mijn broer zit in een rolstoel"
    brother = person(text, "mijn broer", "sibling", "uw broer")
    reading = Reading(loved_ones=(brother,), conditions=(cue(text, "rolstoel", "physical_disability"),))
    await stage.hears(text, reading, role="other")
    assert stage.names[0] == "ack_one"


async def test_two_people_are_named_and_asked_about_in_good_dutch(stage: Stage) -> None:
    text = "mijn ouders zijn dement en mijn tante is ziek"
    people = (person(text, "mijn ouders", "parent", "uw ouders"), person(text, "mijn tante", "other", "uw tante"))
    conditions = (cue(text, "dement", "dementia"), cue(text, "ziek", "chronic_illness"))
    await stage.hears(text, Reading(loved_ones=people, conditions=conditions), role="carer")
    assert "een van uw ouders heeft" in stage.text.lower()
    assert "uw tante is al lang ziek" in stage.text
    await stage.hears("nee", intent="deny")
    assert "wonen uw ouders" in stage.text


async def test_who_has_no_name_yet_is_spoken_of_neutrally(stage: Stage) -> None:
    text = "ze is 91 en vergeet alles"
    reading = Reading(
        loved_ones=(LovedOne("parent", "", words_at(text, "ze")),), conditions=(cue(text, "vergeet", "dementia"),)
    )
    await stage.hears(text, reading, role="carer")
    assert "degene voor wie u zorgt heeft moeite" in stage.text.lower()
