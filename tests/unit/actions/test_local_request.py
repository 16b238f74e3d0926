"""A request by the rules of its municipality: what it counts as (R94), who answers, and whom she can ask (R64)."""

from __future__ import annotations

import pytest

from bot.request.fields import FieldKey
from bot.request.vocabulary import FieldState, RequestState
from knowledge.access.guide import RuleAnswer
from tests.unit.actions.load_questions import requested
from tests.unit.actions.local_talks import CHECKED, publish, request_of
from tests.unit.actions.stage import Stage
from tests.unit.knowledge.local_rules import rule_data


@pytest.mark.parametrize("answer", [RuleAnswer.YES, RuleAnswer.NO])
async def test_what_a_request_counts_as_is_shown_carried_and_said(stage: Stage, answer: RuleAnswer) -> None:
    publish(stage, wmo_melding=rule_data("wmo_melding", answer=answer.value))
    await requested(stage)
    kind = request_of(stage).field(FieldKey.COUNTS_AS)
    assert kind is not None
    assert kind.state is FieldState.DERIVED
    assert kind.value == stage.services.wording.text(f"utter_field_counts_as_{answer}")
    assert kind.value in str(stage.cards)
    await stage.presses("Aanvraag versturen")
    six_weeks = ["request_investigation"] if answer is RuleAnswer.YES else []
    assert stage.names == ["request_sent", f"local_melding_{answer}", *six_weeks]
    assert CHECKED in stage.text
    assert request_of(stage).shared(FieldKey.COUNTS_AS) == kind.value


async def test_unknown_says_neither(stage: Stage) -> None:
    await requested(stage)
    assert request_of(stage).field(FieldKey.COUNTS_AS) is None
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["request_sent"]


async def test_it_is_not_hers_to_change(stage: Stage) -> None:
    publish(stage, wmo_melding=rule_data("wmo_melding"))
    await requested(stage)
    await stage.presses("Iets veranderen")
    assert FieldKey.COUNTS_AS.label not in stage.buttons
    assert FieldKey.URGENCY.label in stage.buttons


async def test_when_it_changed_meanwhile_she_reads_it_anew_before_it_goes(stage: Stage) -> None:
    publish(stage, wmo_melding=rule_data("wmo_melding", answer="no"))
    await requested(stage)
    publish(stage, wmo_melding=rule_data("wmo_melding"))
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["request_kind_changed", "request_check"]
    assert request_of(stage).state is RequestState.DRAFTED
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["request_sent", "local_melding_yes", "request_investigation"]


async def test_who_answers_is_named(stage: Stage) -> None:
    publish(stage, antwoorder=rule_data("antwoorder", team="het team zorg"))
    await requested(stage)
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["request_sent", "local_antwoorder"]
    assert "het team zorg van de gemeente Zwolle" in stage.text


async def test_client_support_is_told_with_its_own_contact(stage: Stage) -> None:
    own = rule_data("clientondersteuner", organisation="Stichting Naast U", contact="038 765 43 21")
    publish(stage, clientondersteuner=own)
    await requested(stage)
    assert "local_client_support" in stage.names
    assert "client_support" not in stage.names
    assert "Stichting Naast U" in stage.text
    assert "038 765 43 21" in stage.text


async def test_client_support_without_a_local_contact_is_told_all_the_same(stage: Stage) -> None:
    publish(stage, "Deventer", clientondersteuner=rule_data("clientondersteuner"))
    await requested(stage)
    assert "client_support" in stage.names
