"""The description of one message on the command line."""

from __future__ import annotations

from bot.reading import Role
from bot.safety.detection import detect_danger
from bot.understanding.message import read_message
from bot.understanding.report import describe_understanding
from knowledge.places.regions import Regions

KEYS = [
    "id", "in_scope", "intent", "role", "carer", "carer_probability", "explicit_term", "label_rejected", "relation",
    "conditions", "load", "crisis", "wants", "handover_requested", "evidence",
]  # fmt: skip


def parsed(text: str, regions: Regions, intent: str = "tell") -> dict[str, object]:
    """Parse data as Rasa gives it, with a role that was found."""
    reading = {**read_message(text, regions).as_dict(), "role": Role.CARER.value, "role_probabilities": {"carer": 0.9}}
    return {"intent": {"name": intent, "confidence": 0.9}, "reading": reading}


def test_the_keys_are_those_of_the_design(regions: Regions) -> None:
    text = "mijn man is dement, graag een nacht doorslapen"
    report = describe_understanding("a", parsed(text, regions), None)
    assert list(report) == KEYS
    assert (report["relation"], report["conditions"], report["carer"], report["crisis"]) == (
        "partner",
        ["dementia"],
        True,
        None,
    )
    for item in report["evidence"]:
        assert text[item["start"] : item["end"]] == item["words"]


def test_danger_that_is_certain_is_named_and_doubt_is_only_shown(regions: Regions) -> None:
    certain, doubt = "ik wil niet meer leven", "ik kan niet meer"
    assert describe_understanding(1, parsed(certain, regions), detect_danger(certain))["crisis"] == "suicide"
    report = describe_understanding(1, parsed(doubt, regions), detect_danger(doubt))
    assert report["crisis"] is None
    assert "crisis_in_doubt" in {item["field"] for item in report["evidence"]}


def test_a_wish_for_a_person_and_what_is_not_for_us_are_said(regions: Regions) -> None:
    assert describe_understanding(1, parsed("bel me", regions, "ask_human"), None)["handover_requested"]
    assert not describe_understanding(1, parsed("paspoort", regions, "out_of_scope"), None)["in_scope"]


def test_nothing_understood_is_described_without_an_error() -> None:
    report = describe_understanding(None, {}, None)
    assert (report["role"], report["carer"], report["in_scope"]) == ("unknown", False, False)
