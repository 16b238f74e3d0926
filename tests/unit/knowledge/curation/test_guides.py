"""One guide for form, help and checks; every example in it would pass those checks."""

from __future__ import annotations

from datetime import datetime

import pytest

from knowledge.answers import Answer
from knowledge.curation.faults import Fault
from knowledge.curation.guides import GUIDES, field_faults, longest_of
from knowledge.curation.record import RecordKind
from knowledge.desks import Desks
from knowledge.facts import Facts
from knowledge.offers.guide import Shape

OWN = (RecordKind.FACT, RecordKind.ANSWER, RecordKind.DESK)
FIELDS = [(kind, guide) for kind in OWN for guide in GUIDES[kind].values()]


@pytest.mark.parametrize(("kind", "guide"), FIELDS, ids=lambda each: getattr(each, "name", None))
def test_every_field_is_explained_with_an_example_that_fits(kind: RecordKind, guide) -> None:  # type: ignore[no-untyped-def]
    assert guide.label
    assert guide.help.endswith(".")
    assert guide.description.isascii()
    example: object = guide.example
    if guide.shape is Shape.DAY:
        example = datetime.strptime(guide.example, "%d-%m-%Y").date().isoformat()  # noqa: DTZ007 - a day has no zone
    elif guide.shape is Shape.TEXTS:
        example = [guide.example]
    elif guide.shape is Shape.TERM:
        example = next(term.value for term in guide.vocabulary if term.label == guide.example)
    elif guide.shape is Shape.COUNT:
        example = int(guide.example)
    elif guide.shape is Shape.FLAG:
        example = {"ja": True, "nee": False}[guide.example]
    assert [fault for fault in field_faults(kind, {guide.name: example}) if fault.field == guide.name] == []


def test_the_guides_explain_exactly_the_fields_of_the_records() -> None:
    fact, desk = next(iter(Facts.load())), next(iter(Desks.load()))
    assert set(GUIDES[RecordKind.FACT]) == set(fact.__dataclass_fields__) - {"key"}
    assert set(GUIDES[RecordKind.DESK]) == set(desk.__dataclass_fields__) - {"id"}
    assert set(GUIDES[RecordKind.ANSWER]) == set(Answer.__dataclass_fields__) - {"topic"}
    assert longest_of(RecordKind.ANSWER, "text") == 900


def test_labels_are_different_within_a_form() -> None:
    for kind in OWN:
        labels = [guide.label for guide in GUIDES[kind].values()]
        assert len(set(labels)) == len(labels)


def test_a_fault_is_a_sentence_with_the_label_of_the_field() -> None:
    (fault,) = (each for each in field_faults(RecordKind.ANSWER, {"text": 3}) if each.field == "text")
    assert fault.text == "Antwoord is geen tekst. Vul gewone tekst in."
    assert Fault("x", "unknown_field").text == "Het veld x bestaat niet. Haal het weg."
