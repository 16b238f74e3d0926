"""Every desk says what it does not do, every complaint reaches one, and no path comes by the same desk twice."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from statistics import mean

import pytest

from knowledge.bodies import Body
from knowledge.desks import Desk, DeskError, Desks, DeskStatus, desk_faults, seed_desks
from knowledge.facts import Facts
from tests.content.sentences import Response, every_response, faults, load

SEED = seed_desks()
DESKS = Desks.load()
TODAY, LATER = date(2026, 11, 22), date(2030, 1, 1)
ROWS = {
    "V-a", "V-b", "V-c", "V-d", "V-e", "V-f", "V-g",
    "K-a", "K-b", "K-c1", "K-c2", "K-d", "K-e", "K-f", "K-g1", "K-g2",
}  # fmt: skip
TOPICS = {
    "complaint", "complaint_municipality", "objection", "complaint_provider", "complaint_insurer",
    "complaint_care_office", "complaint_youth", "complaint_casemanager", "which_desk", "sent_around", "client_support",
    "family_confidant", "hospital_discharge", "care_office_waiting", "youth_expert_team", "quality_of_care",
    "unclear_bill", "dementia_casemanager", "insurer_mediation", "no_reply", "last_resort",
}  # fmt: skip
LONGEST_SENTENCE, LONGEST_AVERAGE = 22, 12
each_desk = pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.row)


def words_of(desk: Desk) -> Response:
    """A desk as it is shown without a number, to be read like any other sentence of the product."""
    texts = (desk.name, desk.for_whom, desk.when, desk.does, desk.does_not, desk.say_there, desk.then, desk.found)
    return Response("desks.yml", desk.row, "\n".join((*texts, desk.reach)), ())


def test_all_rows_of_the_requirements_are_there() -> None:
    assert {desk.row for desk in DESKS} == ROWS
    assert len(DESKS) == len(ROWS)


@each_desk
def test_a_desk_says_what_it_does_not_do(desk: Desk) -> None:
    assert re.search(r"\b(?:niet|niets|geen|pas als)\b", desk.does_not)


@each_desk
def test_a_contact_is_shown_only_when_it_was_checked_and_is_not_overdue(desk: Desk) -> None:
    facts = Facts.load()
    assert (desk.status is DeskStatus.CHECKED) is bool(desk.contact)
    if desk.contact:
        assert facts.value(desk.contact) in desk.where(facts, TODAY)
    assert desk.where(facts, LATER) == desk.found


def test_the_card_fills_the_sentence_of_a_desk() -> None:
    sentence = next(response for response in every_response() if response.name == "utter_desk")
    assert set(DESKS.get("care_office_complaint").card(Facts.load(), TODAY)) == sentence.placeholders


def test_every_topic_reaches_a_desk_or_a_person() -> None:
    reached = {topic for desk in DESKS for topic in desk.topics}
    assert reached | DESKS.to_human == TOPICS
    assert not reached & DESKS.to_human


def test_every_desk_is_reached_and_every_topic_has_an_answer() -> None:
    names = {response.name for response in every_response()}
    assert all(desk.topics for desk in DESKS)
    assert {f"utter_answer_{topic}" for topic in TOPICS} <= names


@each_desk
def test_no_path_comes_by_a_desk_twice_and_each_ends_at_a_person(desk: Desk) -> None:
    for path in DESKS.paths(desk):
        assert len(set(path)) == len(path)
        assert DESKS.get(path[-1]).next == ()


def test_het_juiste_loket_comes_after_whoever_is_responsible() -> None:
    """R83: no path goes on from Het Juiste Loket to another desk."""
    assert DESKS.get("right_desk").next == ()
    assert any("right_desk" in path for path in DESKS.paths(DESKS.get("client_support")))


def test_from_the_hospital_the_hospital_comes_first() -> None:
    """R85: then the care office, the insurer or the municipality."""
    hospital = DESKS.for_topic("hospital_discharge")
    assert hospital is not None
    assert hospital.row == "V-d"
    assert [DESKS.get(each).row for each in hospital.next] == ["V-c", "V-b", "V-a"]


@pytest.mark.parametrize(
    ("topic", "rows"),
    [
        ("objection", ["K-c2", "V-a"]),
        ("sent_around", ["V-g", "V-a"]),
        ("complaint_casemanager", ["K-e", "V-a"]),
        ("complaint_provider", ["K-e", "K-d"]),
        ("family_confidant", ["V-f"]),
        ("complaint", []),
        ("cost", []),
    ],
)
def test_a_topic_leads_to_its_desks_one_after_the_other(topic: str, rows: list[str]) -> None:
    told: list[str] = []
    while desk := DESKS.for_topic(topic, told):
        told.append(desk.id)
    assert [DESKS.get(each).row for each in told] == rows


@each_desk
def test_a_desk_reads_like_the_rest_of_the_product(desk: Desk) -> None:
    shown, forbidden = words_of(desk), load("forbidden.yml")
    rules = [rule for kind in ("never", "dead", "figures") for rule in forbidden[kind]]
    found = [hit.group(0) for rule in rules if (hit := re.search(rule["pattern"], shown.text, re.IGNORECASE))]
    found += re.findall(forbidden["informal"], shown.text, re.IGNORECASE)
    found += [
        f"{word} without an explanation"
        for word, glosses in load("allowed.yml")["glosses"].items()
        if re.search(rf"\b{word}\b", shown.text, re.IGNORECASE)
        and not any(re.search(gloss, shown.text, re.IGNORECASE) for gloss in glosses)
    ]
    assert not found, faults(found)
    assert max(shown.sentence_lengths) <= LONGEST_SENTENCE
    assert mean(shown.sentence_lengths) <= LONGEST_AVERAGE


@each_desk
def test_only_client_support_is_called_independent(desk: Desk) -> None:
    assert "onafhankelijk" not in words_of(desk).text.lower() or desk.row == "V-a"


@each_desk
def test_what_she_can_say_there_is_in_her_own_voice(desk: Desk) -> None:
    assert re.search(r"\b(?:ik|wij|mijn)\b", desk.say_there, re.IGNORECASE)
    assert not re.search(r"\b(?:u|uw)\b", desk.say_there, re.IGNORECASE)


def test_bodies_are_named_as_they_stand_in_a_sentence() -> None:
    assert all(body.label for body in Body)


GOOD = {
    "row": "V-z", "name": "a", "for_whom": "a", "when": "a", "does": "a", "does_not": "a", "say_there": "a",
    "then": "a", "next": "[]", "found": "a", "status": "to_verify", "source": "a", "topics": "[]",
}  # fmt: skip


def written(path: Path, **changed: str | None) -> Path:
    """A file with one desk, some of its fields changed, or left out (``None``)."""
    key = changed.pop("key", "one") or ""
    fields = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    path.write_text(f"desks: {{{key}: {{{', '.join(f'{name}: {value}' for name, value in fields.items())}}}}}")
    return path


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"key": "Loket"}, {("", "key")}),
        ({"does_not": None}, {("does_not", "required")}),
        ({"phone": "a"}, {("phone", "unknown_field")}),
        ({"does": "' '", "phone": "a"}, {("does", "required"), ("phone", "unknown_field")}),
        ({"does": "3"}, {("does", "text")}),
        ({"topics": "a"}, {("topics", "list")}),
        ({"topics": "[3]"}, {("topics", "list")}),
        ({"position": "0"}, {("position", "count")}),
        ({"status": "sure"}, {("status", "term")}),
        ({"contact": "a"}, {("contact", "contact_checked")}),
        ({"status": "checked"}, {("contact", "contact_checked")}),
        ({"status": "checked", "contact": "a", "reach": "bel"}, {("reach", "contact_placeholder")}),
        ({"next": "[two]"}, {("next", "no_desk")}),
        ({"next": "[one]"}, {("next", "circle")}),
    ],
)
def test_everything_that_is_wrong_with_a_desk_is_named(
    tmp_path: Path, changed: dict[str, str | None], faults: set[tuple[str, str]]
) -> None:
    with pytest.raises(DeskError) as refused:
        Desks.load(written(tmp_path / "bad.yml", **changed))
    assert {(fault.field, fault.code) for fault in refused.value.faults} == faults
    assert all(fault.text.endswith(".") for fault in refused.value.faults)
    assert "V-z" in str(refused.value)


@pytest.mark.parametrize("text", ["[]", "desks: [", "desks: {one: 1}"])
def test_a_file_that_is_no_list_of_desks_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.yml"
    path.write_text(text)
    with pytest.raises(DeskError):
        Desks.load(path)


def test_a_good_file_is_read_and_a_desk_twice_is_refused(tmp_path: Path) -> None:
    (desk,) = Desks.load(written(tmp_path / "good.yml"))
    assert desk.where(Facts([]), TODAY) == "a"
    with pytest.raises(DeskError, match="double one"):
        Desks([desk, desk])


@each_desk
def test_an_editor_finds_nothing_wrong_with_a_desk_of_ours(desk: Desk) -> None:
    assert desk_faults(desk.id, SEED[desk.id], DESKS, Facts.load()) == ()


def test_an_edit_that_sends_people_round_is_a_fault() -> None:
    body = {**SEED["right_desk"], "next": ["client_support"], "contact": "no_such_fact"}
    codes = {fault.code for fault in desk_faults("right_desk", body, DESKS, Facts.load())}
    assert codes == {"circle", "no_fact"}
