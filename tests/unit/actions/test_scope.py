"""Questions for another desk: the door next to ours, and never at the cost of a care story."""

from __future__ import annotations

import pytest

from actions.scope import municipal_site
from bot.reading import Reading
from knowledge.offers.data import read_offers
from tests.unit.actions.stage import NOW, Stage, cue, person

BADGE = "mag ik parkeren op de kaart van mijn broer, hij zit in een rolstoel en ik rijd hem overal heen"


def story() -> Reading:
    brother = person(BADGE, "mijn broer", "sibling", "uw broer")
    return Reading(loved_ones=(brother,), conditions=(cue(BADGE, "rolstoel", "physical_disability"),))


async def test_a_passport_is_sent_kindly_to_the_municipality(stage: Stage) -> None:
    await stage.hears("ik wil een nieuw paspoort", intent="out_of_scope", role="other")
    assert stage.names == ["out_of_scope"]
    assert "14 met uw netnummer" in stage.text
    assert "Vertel dan gerust" in stage.text
    assert stage.buttons == {"Ik wil een mens spreken"}


@pytest.mark.parametrize(
    ("place", "site"), [("Lelystad", "https://www.lelystad.nl"), ("Den Haag", "https://www.denhaag.nl"), ("Ede", None)]
)
async def test_her_own_municipality_is_named_with_its_site_when_that_is_known(
    stage: Stage, place: str, site: str | None
) -> None:
    await stage.hears("een eerste bericht", role="professional")
    await stage.presses("Wat is er in de buurt?")
    await stage.hears(place)
    await stage.hears("ik wil een nieuw paspoort", intent="out_of_scope", role="other")
    assert f"De gemeente {place} weet daar meer van" in stage.text
    assert (site or "https://") in stage.text or site is None
    assert ("https://" in stage.text) == (site is not None)


@pytest.mark.parametrize(("intent", "also"), [("out_of_scope", ("tell", 0.3)), ("tell", ("out_of_scope", 0.4))])
async def test_a_care_story_in_it_comes_first_and_the_door_after(
    stage: Stage, intent: str, also: tuple[str, float]
) -> None:
    await stage.hears(BADGE, story(), intent=intent, confidence=0.5, also=also, role="carer")
    assert stage.names[:2] == ["ack_one", "out_of_scope_beside"]
    assert stage.names[-1].startswith("ask_")


async def test_a_story_alone_gets_no_door(stage: Stage) -> None:
    await stage.hears(BADGE, story(), also=("out_of_scope", 0.05), role="carer")
    assert "out_of_scope_beside" not in stage.names


async def test_a_question_that_was_open_is_asked_again_and_left_after_two(stage: Stage) -> None:
    await stage.hears(BADGE, story(), role="carer")
    assert stage.thread.pending == "nights"
    await stage.hears("waar vraag ik een paspoort aan", intent="out_of_scope", role="other")
    assert stage.names == ["out_of_scope", "back_to_thread", "ask_nights"]
    await stage.hears("en een rijbewijs", intent="out_of_scope", role="other")
    assert stage.names[0] == "out_of_scope"
    assert stage.thread.pending != "nights"


async def test_what_is_little_better_than_a_guess_is_not_sent_away(stage: Stage) -> None:
    await stage.hears("hij is", intent="out_of_scope", confidence=0.2)
    assert "out_of_scope" not in stage.names


async def test_a_name_that_looks_like_anything_is_still_a_name(stage: Stage) -> None:
    await stage.hears("ik wil een mens", intent="ask_human")
    await stage.hears("Zwolle")
    await stage.hears("Pas Port", intent="out_of_scope")
    assert stage.profile.contact["name"] == "Pas Port"


async def test_when_the_number_is_past_its_date_it_is_not_said(stage: Stage) -> None:
    wording = stage.services.wording
    wording._overdue = lambda: {"municipality_number"}
    await stage.hears("ik wil een nieuw paspoort", intent="out_of_scope", role="other")
    assert "14 met" not in stage.text
    assert "website van uw gemeente" in stage.text


def test_a_site_is_the_front_page_and_only_of_the_municipality_itself() -> None:
    offers = read_offers()
    assert municipal_site(offers, "Alkmaar") == "https://www.alkmaar.nl"
    assert municipal_site(offers, "Hof van Twente") is None
    assert NOW.tzinfo is not None
