"""What is remembered: shown when she asks, changed and dropped part by part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.profile import CarerProfile
from bot.reading import Reading
from bot.request.fields import FieldKey
from bot.talk.thread import Thread
from tests.unit.actions.stage import Stage, person
from tests.unit.actions.told import began, knowing, opens, shown, told_profile, types


async def test_of_nobody_nothing_is_known(stage: Stage) -> None:
    await stage.hears("wat weet u van mij", intent="what_is_known")
    assert stage.names == ["known_nothing"]
    assert not stage.cards


async def test_every_part_that_was_told_is_shown_and_nothing_else(stage: Stage) -> None:
    await knowing(stage).hears("wat weet u van mij", intent="what_is_known")
    assert stage.names == ["known"]
    assert set(shown(stage)) == {
        "relation", "tasks", "hours", "body", "municipality_carer", "loved_one", "conditions",
        "municipality_loved_one", "network", "contact_name", "contact_phone",
    }  # fmt: skip
    assert shown(stage)["hours"] == "ongeveer 20 uur per week"
    assert shown(stage)["municipality_loved_one"] == "Kampen"


async def test_what_the_question_itself_tells_is_shown_too(stage: Stage) -> None:
    text = "wat weet u van mij? ik zorg voor mijn vader"
    father = person(text, "mijn vader", "parent", "uw vader")
    await stage.hears(text, Reading(loved_ones=(father,)), intent="what_is_known", role="carer")
    assert shown(stage)["loved_one"] == "vader"


async def test_every_shown_part_is_a_button(stage: Stage) -> None:
    await knowing(stage).hears("wat weet u van mij", intent="what_is_known")
    labels = {FieldKey(key).label for key in shown(stage)}
    await stage.presses("Iets veranderen")
    assert stage.names == ["known_which"]
    assert stage.buttons == labels | {"Toch niets", "Ik wil een mens spreken"}
    await stage.presses("Toch niets")
    assert stage.names == ["known"]


async def test_the_open_question_comes_back_after_seeing_what_is_known(stage: Stage) -> None:
    await began(stage)
    await stage.hears("wat weet u van mij", intent="what_is_known")
    await stage.presses("Verder praten")
    assert stage.names[-1] == "ask_nights"


# change is never made, and the new value stands beside the old one (conditions, tasks) or in the wrong place
@pytest.mark.parametrize(
    ("label", "text", "key", "value"),
    [
        ("Uren zorg", "12", "hours", "ongeveer 12 uur per week"),
        ("Zorgt voor", "mijn vader", "loved_one", "vader"),
        ("Wat er speelt", "het is een beroerte geweest", "conditions", "beroerte"),
        ("Doet dit", "ik was haar", "tasks", "wassen"),
        ("Hulp van anderen", "mijn broer helpt nu mee", "network", "er helpt iemand mee"),
        ("Gemeente", "Meppel", "municipality_carer", "Meppel"),
        ("Gemeente van de ander", "Meppel", "municipality_loved_one", "Meppel"),
        ("Naam", "Ria de Wit", "contact_name", "Ria de Wit"),
        ("Telefoon", "038 123 45 67", "contact_phone", "038 123 45 67"),
    ],
)
async def test_a_part_is_changed_in_her_words(stage: Stage, label: str, text: str, key: str, value: str) -> None:
    await opens(knowing(stage), label)
    assert stage.names == ["ask_known_value"]
    await types(stage, text)
    assert stage.names == ["known_changed", "known"]
    assert value in shown(stage)[key]
    assert stage.thread.pending is None
    assert stage.thread.changing is None


async def test_changing_the_place_of_the_other_leaves_her_own(stage: Stage) -> None:
    await opens(knowing(stage), "Gemeente van de ander")
    await types(stage, "Meppel")
    places = (stage.profile.carer_place, stage.profile.loved_one_place)
    assert [told and told.value["municipality"] for told in places] == ["Zwolle", "Meppel"]


async def test_a_changed_condition_stands_for_the_old_one(stage: Stage) -> None:
    await opens(knowing(stage), "Wat er speelt")
    await types(stage, "het is een beroerte geweest")
    assert [told.value for told in stage.profile.conditions] == ["brain_injury"]


async def test_a_change_is_not_quoted_twice(stage: Stage) -> None:
    await opens(knowing(stage), "Zorgt voor")
    await types(stage, "het gaat om mijn vader")
    quotes = [quote.text for quote in stage.profile.quotes]
    assert len(quotes) == len(set(quotes))


@pytest.mark.parametrize("label", ["Uren zorg", "Gemeente", "Telefoon", "Zorgt voor"])
async def test_odd_words_leave_the_old_value(stage: Stage, label: str) -> None:
    await opens(knowing(stage), label)
    await types(stage, "qwx zzzz")
    assert stage.names == ["known_value_odd"]
    assert replace(stage.profile, role_evidence={}) == told_profile()
    await stage.presses("Toch niets")
    assert stage.names == ["known"]


@pytest.mark.parametrize(
    ("label", "text", "key", "value"),
    [
        ("Uren zorg", "12", "hours", "ongeveer 12 uur per week"),
        ("Telefoon", "038 123 45 67", "contact_phone", "038 123 45 67"),
    ],
)
async def test_after_odd_words_she_can_say_it_again(stage: Stage, label: str, text: str, key: str, value: str) -> None:
    await opens(knowing(stage), label)
    await types(stage, "qwx zzzz")
    await types(stage, text)
    assert stage.names == ["known_changed", "known"]
    assert shown(stage)[key] == value


@pytest.mark.parametrize(
    ("label", "keys"),
    [
        ("Uren zorg", {"hours"}),
        ("Eigen lichaam", {"body"}),
        ("Doet dit", {"tasks"}),
        ("Wat er speelt", {"conditions"}),
        ("Wie", {"loved_one", "relation"}),
        ("Gemeente", {"municipality_carer"}),
        ("Naam", {"contact_name"}),
    ],
)
async def test_a_part_is_dropped_and_the_rest_stays(stage: Stage, label: str, keys: set[str]) -> None:
    await knowing(stage).hears("wat weet u van mij", intent="what_is_known")
    before = shown(stage)
    await opens(stage, label)
    await stage.presses("Haal dit weg")
    assert stage.names == ["known_dropped", "known"]
    assert shown(stage) == {key: value for key, value in before.items() if key not in keys}


async def test_the_last_part_can_be_dropped(stage: Stage) -> None:
    stage.slots = {"profile": CarerProfile(contact={"name": "Els"}).as_dict()}
    await opens(stage, "Naam")
    await stage.presses("Haal dit weg")
    assert stage.names == ["known_dropped", "known_nothing"]


async def test_an_old_button_to_drop_without_a_part_in_hand_drops_nothing(stage: Stage) -> None:
    await opens(knowing(stage), "Uren zorg")
    said = list(stage.said)
    await stage.presses("Haal dit weg")
    stage.said = said
    await stage.presses("Haal dit weg")
    assert "known_dropped" not in stage.names
    assert stage.profile.refused == ["hours"]


async def test_a_dropped_place_is_not_asked_again_in_the_talk(stage: Stage) -> None:
    profile = told_profile()
    profile.loved_one_place, profile.body = None, None
    stage.slots = {"profile": profile.as_dict(), "thread": Thread(turn=3).as_dict()}
    await opens(stage, "Gemeente")
    await stage.presses("Haal dit weg")
    asked = []
    await stage.presses("Verder praten")
    for _ in range(6):
        asked += [name for name in stage.names if name.startswith("ask_")]
        if "Sla over" not in stage.buttons:
            break
        await stage.presses("Sla over")
    assert not [name for name in asked if name.startswith("ask_place")]


@pytest.mark.parametrize(("intent", "topic"), [("ask", "after_sending"), ("repeat", None), ("thanks", None)])
async def test_in_the_middle_of_a_change_the_talk_goes_on(stage: Stage, intent: str, topic: str | None) -> None:
    await opens(knowing(stage), "Uren zorg")
    await stage.hears("en wat gebeurt er dan mee?", intent=intent, topic=topic)
    assert "apology" not in stage.names
    assert stage.names[-1] == "ask_known_value"
    assert "uren zorg" in stage.text


async def test_a_person_is_at_hand_in_the_middle_of_a_change(stage: Stage) -> None:
    await opens(knowing(stage), "Uren zorg")
    await stage.presses("Ik wil een mens spreken")
    assert "apology" not in stage.names
    assert stage.thread.pending != "known_value"
