"""A professional prepares a request with the carer beside her: only with the carer's yes, and then as the carer."""

from __future__ import annotations

import pytest

from bot.reading import Reading
from tests.unit.actions.stage import Stage, cue, person


async def together(stage: Stage) -> None:
    await stage.hears("ik ben wijkverpleegkundige", role="professional")
    await stage.presses("Samen een aanvraag maken")
    assert stage.names == ["ask_together"]


async def test_a_professional_prepares_a_request_with_the_carer_beside_her(stage: Stage) -> None:
    await together(stage)
    await stage.presses("Ja, de naaste vindt het goed")
    assert stage.names == ["professional_agreed"]
    assert stage.thread.with_professional
    text = "ze was haar man met parkinson elke dag en slaapt niet meer"
    heard = Reading(
        loved_ones=(person(text, "haar man", "partner", "uw man"),),
        conditions=(cue(text, "parkinson", "parkinson"),),
        tasks=(cue(text, "was", "personal_care"),),
        load_cues=(cue(text, "slaapt niet", "sleep_loss"),),
        stances=(cue(text, "ze", "third_person"),),
    )
    await stage.hears(text, heard, role="professional")
    assert stage.names[-1] == "ask_place_carer"
    profile = stage.profile
    assert profile.role is not None
    assert profile.role.value == "professional"
    assert profile.called == "uw man"
    assert [told.value for told in (*profile.tasks, *profile.load_cues)] == ["personal_care", "sleep_loss"]


@pytest.mark.parametrize(("intent", "sentence"), [("affirm", "agreed"), ("deny", "not_agreed")])
async def test_the_carers_agreement_may_be_typed(stage: Stage, intent: str, sentence: str) -> None:
    await together(stage)
    await stage.hears("dat is zo besproken", intent=intent)
    assert stage.names == [f"professional_{sentence}"]
    assert stage.thread.with_professional == (intent == "affirm")


async def test_without_the_carers_yes_nothing_is_prepared_and_there_is_a_way_on(stage: Stage) -> None:
    await together(stage)
    await stage.presses("Nee, of weet ik niet")
    assert stage.names == ["professional_not_agreed"]
    assert "doorgeven" in stage.text
    await stage.hears("ja", intent="affirm")
    assert stage.names == ["ask_place_around"]
    assert not stage.thread.with_professional


async def test_a_yes_to_something_else_is_never_taken_for_the_carers(stage: Stage) -> None:
    await together(stage)
    await stage.hears("het gaat om een mevrouw in de flat", role="professional")
    assert stage.names == ["professional_listens"]
    await stage.hears("ja", intent="affirm")
    assert stage.names == ["ask_place_around"]
    assert not stage.thread.with_professional
