"""The training examples are whole, varied, and stand apart from the evaluation. ``make content`` says what to mend."""

from __future__ import annotations

import re

from tests.content.examples import (
    HABITS,
    Example,
    Habit,
    doubles,
    evaluation_texts,
    every_example,
    missing_spellings,
    too_near,
    too_rare,
    unknown_labels,
)
from tests.content.sentences import faults

LEAST_SIGNAL_EXAMPLES = 1500


def example(text: str, intent: str = "tell", own: dict[str, object] | None = None) -> Example:
    return Example(text, intent, "x.yml", {"role": "carer"}, own)


def test_there_are_enough_examples_with_signals() -> None:
    assert len([one for one in every_example() if one.own is not None]) >= LEAST_SIGNAL_EXAMPLES


def test_every_label_is_known() -> None:
    assert not (found := unknown_labels(every_example())), faults(found)
    assert unknown_labels([example("x", own={"relation": "mother"}), example("y", own={"mood": "sad"})])


def test_no_sentence_stands_twice() -> None:
    assert not (found := doubles(every_example())), faults(found)
    assert doubles([example("Ik slaap niet."), example("ik slaap niet", intent="frustrated")])


def test_no_example_nearly_stands_in_an_evaluation_set() -> None:
    assert not (found := too_near(every_example(), evaluation_texts())), faults(found)
    assert too_near([example("mijn man heeft sinds vorig jaar parkinson en ik doe alles")],
                    ["Mijn man heeft sinds vorig jaar parkinson, ik doe alles!"])  # fmt: skip


def test_every_label_has_examples_to_be_learned_from() -> None:
    assert not (found := too_rare(every_example())), faults(found)
    assert len(too_rare([example("x", own={"relation": "parent"})])) > 50


def test_the_examples_are_typed_as_people_type() -> None:
    assert not (found := [fault for habit in HABITS if (fault := habit.missing(every_example()))]), faults(found)
    assert Habit("shouting", 0.5, re.compile(r"^[A-Z ]+$")).missing([example("zacht"), example("ook zacht")])


def test_usual_misspellings_occur() -> None:
    assert not (found := missing_spellings(every_example())), faults(found)
    assert len(missing_spellings([example("dementie")])) > 10
