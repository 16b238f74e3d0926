"""A talk in a municipality of which editors published something."""

from __future__ import annotations

from typing import Any

from bot.reading import Reading
from bot.request.record import Request
from bot.understanding.message import read_message
from knowledge.curation.record import RecordKind
from tests.unit.actions.stage import REGIONS, Stage, cue, person
from tests.unit.knowledge.local_rules import rule_data

STOPPED = "mijn moeder in Zwolle heeft dementie en haar hulp is per direct gestopt, ik sta er alleen voor"
CHECKED = "1 november 2026"
OFFICE = "ma-vr 8.30-17.00"


def publish(stage: Stage, name: str = "Zwolle", **rules: dict[str, Any]) -> None:
    """An editor publishes the rules of a municipality."""
    code = REGIONS.municipality(name).code
    before = stage.records.get(RecordKind.ACCESS_RULES, code)
    stage.records.publish(
        RecordKind.ACCESS_RULES,
        code,
        {"municipality": name, "rules": rules},
        by="Els",
        base_revision=before.revision if before else 0,
    )


def banner(stage: Stage, banner_id: str = "b1", **changes: Any) -> None:
    """An editor publishes a banner for the whole country."""
    body = {"text": "De dagopvang is dicht.", "scope": "national", "begins": "2026-11-20", "ends": "2026-11-30"}
    stage.records.publish(RecordKind.BANNER, banner_id, {**body, **changes}, by="Els", base_revision=0)


def urgent_road(**changes: Any) -> dict[str, Any]:
    own = {"phone": "038 123 45 67", "hours": OFFICE, "criteria": "als de zorg plotseling wegvalt"}
    return rule_data("spoedroute", **{**own, **changes})


def of_stopped(text: str = STOPPED) -> Reading:
    """Her mother's help stopped, she is alone with it: that cannot wait."""
    return Reading(
        loved_ones=(person(text, "mijn moeder", "parent", "uw moeder"),),
        conditions=(cue(text, "dementie", "dementia"),),
        load_cues=(cue(text, "gestopt", "help_stopped"), cue(text, "alleen", "alone")),
        places=read_message(text, REGIONS).places,
    )


async def cannot_wait(stage: Stage, text: str = STOPPED) -> Stage:
    return await stage.hears(text, of_stopped(text))


async def sees_offers(stage: Stage, place: str = "Zwolle") -> Stage:
    text = f"mijn moeder in {place} heeft parkinson, wat is er"
    return await stage.hears(text, read_message(text, REGIONS), intent="ask_offers")


def request_of(stage: Stage) -> Request:
    request = stage.services.requests.for_conversation("c")
    assert request is not None
    return request


def local_names(stage: Stage) -> list[str]:
    return [name for name in stage.names if name.startswith("local_")]
