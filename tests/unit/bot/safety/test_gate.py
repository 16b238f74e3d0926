"""What the gate decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.gate import AFTERWARDS, AFTERWARDS_YOUNG, CALM, RATHER_NOT, TIRED, SafetyGate, response_names
from bot.safety.kinds import Danger, DangerKind
from bot.settings import ROOT
from knowledge.yaml_files import read_yaml

GATE = SafetyGate()
RESPONSES = read_yaml((ROOT / "nlu_data" / "domain" / "safety.yml").read_text(encoding="utf-8"))["responses"]


def open_question(text: str = "ik kan niet meer") -> Danger:
    verdict = GATE.check(text, None)
    assert verdict is not None
    assert verdict.question_open is not None
    return verdict.question_open


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("ik wil dood", "utter_danger_suicide"),
        ("mijn vrouw wil dood", "utter_danger_suicide_other"),
        ("hij slaat mij", "utter_danger_violence"),
        ("mijn moeder wordt mishandeld", "utter_danger_violence_other"),
        ("ik bind hem vast in zijn stoel", "utter_danger_neglect"),
        ("mijn tante wordt verwaarloosd", "utter_danger_neglect_other"),
        ("ze ademt niet", "utter_danger_medical"),
        ("ik lig zelf in het ziekenhuis en hij is alleen", "utter_danger_breakdown"),
        ("ik sla de kinderen", "utter_danger_child_other"),
    ],
)
def test_certain_danger_gets_its_own_reply_a_way_back_and_a_person_who_is_told(text: str, reply: str) -> None:
    verdict = GATE.check(text, None)
    assert verdict is not None
    assert verdict.responses == (reply, AFTERWARDS)
    assert verdict.certain
    assert verdict.alert
    assert verdict.question_open is None


def test_a_child_is_spoken_to_as_a_child() -> None:
    verdict = GATE.check("ik ben 10 en papa slaat mij", None)
    assert verdict is not None
    assert verdict.responses == ("utter_danger_child", AFTERWARDS_YOUNG)


def test_doubt_gets_one_gentle_question_and_no_alert() -> None:
    verdict = GATE.check("ik kan niet meer", None)
    assert verdict is not None
    assert verdict.responses == ("utter_danger_question",)
    assert not verdict.alert
    assert verdict.question_open is not None


@pytest.mark.parametrize(
    ("answer", "responses", "alert"),
    [
        ("ja", ("utter_danger_suicide", AFTERWARDS), True),
        ("Ik denk aan de dood of er is gevaar", ("utter_danger_suicide", AFTERWARDS), True),
        ("ik ben gewoon heel moe", (TIRED,), False),
        ("Geen van beide", (CALM,), False),
        ("nee joh, dat was maar een grapje", (CALM,), False),
        ("daar wil ik het liever niet over hebben", (RATHER_NOT,), False),
        ("ik kan niet meer", ("utter_danger_suicide", AFTERWARDS), True),
        ("mijn man heeft dementie en ik wil een weekend weg", (), False),
        ("hij ademt niet", ("utter_danger_medical", AFTERWARDS), True),
    ],
)
def test_the_question_closes_with_any_next_message(answer: str, responses: tuple[str, ...], alert: bool) -> None:
    verdict = GATE.check(answer, open_question())
    assert verdict is not None
    assert verdict.responses == responses
    assert verdict.alert is alert
    assert verdict.question_open is None


def test_an_ordinary_message_passes_without_a_word() -> None:
    assert GATE.check("mijn man heeft dementie en ik slaap slecht", None) is None


def test_every_reply_the_gate_can_name_is_written_and_every_written_reply_is_used() -> None:
    assert response_names() == set(RESPONSES)


@given(st.text(max_size=200), st.sampled_from([None, *DangerKind]))
def test_any_message_gives_only_known_replies(text: str, kind: DangerKind | None) -> None:
    asked = Danger(kind, False, "", 0, 0) if kind else None
    verdict = GATE.check(text, asked)
    if verdict is not None:
        assert set(verdict.responses) <= set(RESPONSES)
        assert verdict.alert == any(name.startswith(tuple(REPLIES)) for name in verdict.responses)


REPLIES = [f"utter_danger_{kind}" for kind in DangerKind]

NUMBERS = {
    "utter_danger_suicide": ["fact_suicide_line_short", "fact_suicide_line", "fact_emergency"],
    "utter_danger_suicide_other": ["fact_suicide_line_short", "fact_suicide_line", "fact_emergency"],
    "utter_danger_violence": ["fact_emergency", "fact_veilig_thuis"],
    "utter_danger_violence_other": ["fact_emergency", "fact_veilig_thuis"],
    "utter_danger_neglect": ["fact_emergency", "fact_veilig_thuis"],
    "utter_danger_neglect_other": ["fact_emergency", "fact_veilig_thuis"],
    "utter_danger_medical": ["fact_emergency"],
    "utter_danger_breakdown": ["fact_emergency"],
    "utter_danger_child": ["fact_emergency", "fact_kindertelefoon", "fact_veilig_thuis"],
    "utter_danger_child_other": ["fact_emergency", "fact_veilig_thuis"],
}


@pytest.mark.parametrize(("name", "facts"), NUMBERS.items())
def test_each_reply_names_its_help_lines_as_facts(name: str, facts: list[str]) -> None:
    text = RESPONSES[name][0]["text"]
    for fact in facts:
        assert f"{{{fact}}}" in text
    assert not any(character.isdigit() for character in text.replace("113 Zelfmoordpreventie", ""))


@pytest.mark.parametrize("name", ["utter_danger_medical", "utter_danger_breakdown", "utter_danger_suicide_other"])
def test_where_a_doctor_is_needed_the_doctor_outside_office_hours_is_named(name: str) -> None:
    assert "huisarts" in RESPONSES[name][0]["text"]
    assert "huisartsenpost" in RESPONSES[name][0]["text"]


def test_each_fixed_reply_has_one_wording() -> None:
    assert all(len(variants) == 1 for variants in RESPONSES.values())
