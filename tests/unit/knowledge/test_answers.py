"""Answers that editors write: checked, found by their questions, and said instead of a sentence of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.wording import Wording, WordingError
from knowledge.answers import AnswerError, CuratedAnswers, answer_faults, answer_warnings, read_answer
from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records
from knowledge.storage import metadata, open_engine, open_sessions

FACTS = {"mantelzorglijn": "030 760 60 55", "cost": "€ 21"}
QUESTIONS = ["Mag ik samen een keer komen kijken?", "kan ik vooraf een kijkje nemen"]


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    engine = open_engine(f"sqlite:///{tmp_path / 'answers.db'}")
    metadata.create_all(engine)
    yield Records(open_sessions(engine))
    engine.dispose()


def publish(records: Records, topic: str, text: str, *questions: str) -> None:
    present = records.get(RecordKind.ANSWER, topic)
    body = {"text": text, "questions": list(questions)}
    revision = present.revision if present else 0
    records.publish(RecordKind.ANSWER, topic, body, by="ann", base_revision=revision)


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({"text": "Goed.", "questions": QUESTIONS, "note": "gebeld"}, set()),
        ({"text": "Bel {fact_mantelzorglijn}."}, set()),
        ({"text": " "}, {("text", "required")}),
        ({}, {("text", "required")}),
        ({"text": "x" * 901}, {("text", "too_long")}),
        ({"text": "x", "more": 1}, {("more", "unknown_field")}),
        ({"text": "x", "questions": "x"}, {("questions", "list")}),
        ({"text": "x", "questions": ["mag dat"]}, {("questions", "question_short")}),
        ({"text": "Bel {fact_nergens}."}, {("text", "no_fact")}),
        ({"text": "Dag {called}, {} en {0}."}, {("text", "placeholder")}),
        ({"text": "{fact_cost.__class__}"}, {("text", "placeholder")}),
        ({"text": "{fact_cost!r} {fact_cost:>9}"}, {("text", "placeholder")}),
        ({"text": "Kosten: {fact_cost"}, {("text", "braces")}),
        ("tekst", {("", "not_a_record")}),
    ],
)
def test_everything_that_is_wrong_with_an_answer_is_named(body: Any, faults: set[tuple[str, str]]) -> None:
    found = answer_faults("visit", body, FACTS)
    assert {(fault.field, fault.code) for fault in found} == faults
    assert all(fault.text.endswith(".") for fault in found)
    if faults:
        with pytest.raises(AnswerError, match="answer visit"):
            read_answer("visit", body, FACTS)


def test_a_topic_is_a_plain_key() -> None:
    assert [fault.code for fault in answer_faults("Op bezoek", {"text": "x"})] == ["key"]


@pytest.mark.parametrize(
    "text", ["U moet bellen.", "Dat kan helaas niet.", "Bel 030 760 60 55.", "Het kost € 5.", "Kom je?"]
)
def test_words_that_could_be_better_are_warned_about(text: str) -> None:
    assert len(answer_warnings(text)) == 1


def test_a_good_text_has_no_warnings() -> None:
    assert answer_warnings("U kunt samen gaan kijken. Een cliëntondersteuner helpt u. Bel {fact_mantelzorglijn}.") == ()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("mag ik samen een keer komen kijken", True),
        ("Mag ik een keer samen komen kijken???", True),
        ("hoi, mag ik samen een keertje komen kijken?", True),
        ("kan ik vooraf een kijkje nemen bij het huis", True),
        ("mag ik", False),
        ("kijken", False),
        ("mag ik een keer overslaan", False),
        ("wat kost het om samen een keer weg te gaan", False),
        (
            "ik zorg al jaren en mag ik samen een keer komen kijken want hij wil niet en ik weet het niet",
            False,
        ),
        ("", False),
    ],
)
def test_an_answer_is_found_by_nearly_the_same_question_only(records: Records, question: str, found: bool) -> None:
    publish(records, "visit", "Dat kan.", *QUESTIONS)
    publish(records, "other", "Anders.", "hoe lang duurt de wachtlijst hier")
    answer = CuratedAnswers(records).find(question)
    assert (answer.topic if answer else None) == ("visit" if found else None)


def test_an_edited_answer_is_said_at_once_with_the_buttons_of_ours_and_in_je(records: Records) -> None:
    ours = {"utter_answer_cost": [{"text": "Oud", "buttons": [{"title": "Ja", "payload": '/x{"choice": "topic:a"}'}]}]}
    wording = Wording(ours, FACTS, answers=CuratedAnswers(records))
    assert wording.text("utter_answer_cost") == "Oud"
    publish(records, "cost", "Het kost u {fact_cost}.")
    said = wording.say("utter_answer_cost")
    assert said.text == "Het kost u € 21."
    assert [button["title"] for button in said.buttons] == ["Ja"]
    assert wording.facts_in("utter_answer_cost") == ["cost"]
    assert wording.offers_choice("utter_answer_cost", "topic:")
    assert wording.in_je().text("utter_answer_cost") == "Het kost je € 21."
    records.remove(RecordKind.ANSWER, "cost", by="ann", base_revision=1, why="")
    assert wording.text("utter_answer_cost") == "Oud"


def test_an_edited_answer_with_a_fact_that_may_not_be_shown_gives_way_to_ours(records: Records) -> None:
    held: set[str] = set()
    ours = {"utter_answer_cost": [{"text": "Het CAK weet het."}]}
    wording = Wording(ours, FACTS, overdue=lambda: held, answers=CuratedAnswers(records))
    publish(records, "cost", "Het kost u {fact_cost}.")
    publish(records, "new", "Het kost {fact_cost}.", "wat kost een nachtje weg")
    assert wording.topic_of("wat kost een nachtje weg?") == "new"
    assert wording.text("utter_answer_new") == "Het kost € 21."
    held.add("cost")
    assert wording.text("utter_answer_cost") == "Het CAK weet het."
    assert wording.topic_of("wat kost een nachtje weg?") is None
    with pytest.raises(WordingError):
        wording.text("utter_answer_new")


def test_a_fact_that_is_gone_is_not_quoted() -> None:
    ours = {"utter_a": [{"text": "Bel {fact_gone}."}], "utter_a_undated": [{"text": "Bel de gemeente."}]}
    wording = Wording(ours, FACTS)
    assert wording.text("utter_a") == "Bel de gemeente."
    assert wording.facts_in("utter_a") == []


def test_only_answers_are_replaced(records: Records) -> None:
    publish(records, "cost", "Anders.")
    wording = Wording({"utter_cost": [{"text": "Blijft."}]}, FACTS, answers=CuratedAnswers(records))
    assert wording.text("utter_cost") == "Blijft."
    assert wording.has("utter_answer_cost")
    assert not wording.has("utter_answer_other")
    assert "utter_answer_cost" not in wording.names()


def test_an_answer_that_cannot_be_read_is_not_said(records: Records) -> None:
    records.publish(RecordKind.ANSWER, "cost", {"text": "{called}"}, by="ann", base_revision=0)
    assert CuratedAnswers(records).texts() == {}
