"""What only holds in one municipality: flip a rule in its record and the talk goes another way (R59)."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from bot.understanding.message import read_message
from knowledge.access.guide import COMMON, RULES, ShownWhen
from tests.content.sentences import every_response
from tests.unit.actions.load_questions import MOTHER, tells
from tests.unit.actions.local_talks import (
    CHECKED,
    STOPPED,
    banner,
    cannot_wait,
    local_names,
    of_stopped,
    publish,
    sees_offers,
    urgent_road,
)
from tests.unit.actions.stage import REGIONS, Stage
from tests.unit.knowledge.local_rules import rule_data

SATURDAY = datetime(2026, 11, 28, 11, 0, tzinfo=timezone.utc)

# -- sentences ------------------------------------------------------------------------------------------------------


def test_every_rule_that_is_told_has_a_sentence_that_needs_only_what_a_checked_rule_has() -> None:
    sentences = {one.name: one for one in every_response()}
    given = {"municipality", "checked", "called", "Called"}
    for key, guide in RULES.items():
        if guide.shown is ShownWhen.AFTER_OFFERS:
            sentence = sentences[f"utter_local_{key}"]
            needed = {name for name, one in guide.details.items() if one.needed}
            assert set(sentence.placeholders) <= needed | given | {"contact"}, key
            assert {"checked"} <= set(sentence.placeholders), key
    assert set(COMMON) >= {"contact"}


def test_no_sentence_on_a_rule_promises_anything() -> None:
    for one in every_response():
        end = one.name.removeprefix("utter_local_")
        told = end in RULES and RULES[end].shown is ShownWhen.AFTER_OFFERS
        if told and end != "respijtwijzer":  # an overview is there to be read
            assert any(word in one.text for word in (" kan ", " kunt ", " soms ")), one.name


# -- the urgent road ------------------------------------------------------------------------------------------------


async def test_the_urgent_road_is_shown_at_once_and_once(stage: Stage) -> None:
    publish(stage, spoedroute=urgent_road())
    await cannot_wait(stage)
    assert local_names(stage) == ["local_urgent_open"]
    assert "038 123 45 67" in stage.text
    assert CHECKED in stage.text
    assert "Zwolle" in stage.text
    assert "als de zorg plotseling wegvalt" in stage.text
    await stage.hears("ik wil iemand spreken", intent="ask_human")
    assert local_names(stage) == []


async def test_out_of_hours_it_says_when_it_opens(stage: Stage) -> None:
    publish(stage, spoedroute=urgent_road())
    stage.clock.now = SATURDAY
    await cannot_wait(stage)
    assert local_names(stage) == ["local_urgent_closed"]
    assert "maandag 30 november om 8.30 uur" in stage.text


async def test_day_and_night_is_never_closed(stage: Stage) -> None:
    publish(stage, spoedroute=urgent_road(hours="dag en nacht"))
    stage.clock.now = SATURDAY
    await cannot_wait(stage)
    assert local_names(stage) == ["local_urgent_open"]


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": "no"},
        {"answer": "unknown"},
        {"valid_until": "2026-11-22"},
        {"checked_on": None, "checked_by": None},
    ],
)
async def test_a_road_that_does_not_surely_hold_gives_the_normal_talk(stage: Stage, changes: dict[str, Any]) -> None:
    road = {key: value for key, value in urgent_road(**changes).items() if value is not None}
    publish(stage, spoedroute=road)
    await cannot_wait(stage)
    assert local_names(stage) == []
    assert "038 123 45 67" not in stage.text
    assert "offers_intro" in stage.names or "offers_near" in stage.names or "offers_none" in stage.names


async def test_the_number_of_another_municipality_is_never_shown(stage: Stage) -> None:
    publish(stage, "Deventer", spoedroute=urgent_road())
    await cannot_wait(stage)
    assert local_names(stage) == []


async def test_without_urgency_it_is_not_shown(stage: Stage) -> None:
    publish(stage, spoedroute=urgent_road())
    await sees_offers(stage)
    assert local_names(stage) == []


async def test_asking_for_a_person_shows_it_as_soon_as_the_place_is_known(stage: Stage) -> None:
    publish(stage, spoedroute=urgent_road())
    text = STOPPED.replace(" in Zwolle", "")
    await stage.hears(text, of_stopped(text), intent="ask_human")
    assert local_names(stage) == []
    await tells(stage, "Zwolle")
    assert local_names(stage) == ["local_urgent_open"]


async def test_the_place_of_the_loved_one_leads(stage: Stage) -> None:
    publish(stage, spoedroute=urgent_road())
    publish(stage, "Deventer", spoedroute=urgent_road(phone="0570 11 22 33"))
    text = STOPPED + ", ik woon in Deventer"
    await stage.hears(text, of_stopped(text))
    assert stage.profile.carer_place is not None
    assert "038 123 45 67" in stage.text
    assert "0570 11 22 33" not in stage.text


# -- beside the offers ----------------------------------------------------------------------------------------------


async def test_at_most_two_lines_before_the_closing_question_and_once(stage: Stage) -> None:
    publish(stage, **{key: rule_data(key) for key in RULES})
    await sees_offers(stage)
    told = local_names(stage)
    assert len(told) == 2
    assert stage.names[-1].startswith("after_offers")
    assert CHECKED in stage.text
    await stage.presses("Andere mogelijkheden")
    assert local_names(stage) == []


async def test_the_line_follows_the_wish(stage: Stage) -> None:
    publish(stage, wijkteam_informeel=rule_data("wijkteam_informeel"), blokzorg=rule_data("blokzorg"))
    text = f"{MOTHER} in Zwolle, ik zoek een vrijwilliger thuis"
    await stage.hears(text, read_message(text, REGIONS), intent="ask_offers")
    assert "local_wijkteam_informeel" in local_names(stage)


async def test_flipping_a_rule_changes_the_talk(stage: Stage) -> None:
    publish(stage, respijtwijzer=rule_data("respijtwijzer", url="https://www.voorbeeld.nl/wijzer"))
    await sees_offers(stage)
    assert local_names(stage) == ["local_respijtwijzer"]
    assert "https://www.voorbeeld.nl/wijzer" in stage.text
    stage.slots.clear()
    publish(stage, respijtwijzer=rule_data("respijtwijzer", answer="no"))
    await sees_offers(stage)
    assert local_names(stage) == []


async def test_two_municipalities_each_tell_their_own(stage: Stage) -> None:
    publish(stage, "Zwolle", respijtwijzer=rule_data("respijtwijzer", url="https://www.zwolle.voorbeeld.nl/a"))
    publish(stage, "Deventer", respijtwijzer=rule_data("respijtwijzer", url="https://www.deventer.voorbeeld.nl/b"))
    await sees_offers(stage, "Deventer")
    assert "https://www.deventer.voorbeeld.nl/b" in stage.text
    assert "zwolle.voorbeeld" not in stage.text


async def test_a_young_carer_hears_none_of_it(stage: Stage) -> None:
    publish(stage, respijtwijzer=rule_data("respijtwijzer"), spoedroute=urgent_road())
    banner(stage)
    text = "ik ben 14 en zorg voor mijn moeder in Zwolle"
    await stage.hears(text, read_message(text, REGIONS), intent="ask_offers")
    assert stage.profile.minor is not None
    assert local_names(stage) == []
