"""What editors write beside a training example becomes labels, and a slip of the pen stops the training."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.labels import dangers_of, role_of, signals_of


def example(text: str = "x", block: dict[str, Any] | None = None, **own: Any) -> Message:
    return Message({"text": text, "metadata": {"intent": block or {}, "example": own}})


def test_an_example_may_have_its_own_role() -> None:
    assert role_of(example(block={"role": "carer"})) == "carer"
    assert role_of(example(block={"role": "carer"}, role="volunteer")) == "volunteer"
    assert role_of(Message({"text": "hoi"})) == "unknown"


def test_signals_are_one_value_or_a_list() -> None:
    told = signals_of(example(relation="parent", conditions=["dementia", "frailty"], stance=["past"]))
    assert told == {"relation:parent", "conditions:dementia", "conditions:frailty", "stance:past"}


def test_an_example_without_labels_gets_what_the_phrasebook_finds() -> None:
    message = Message({"text": "dagbesteding voor mijn vader", "metadata": {"intent": {"role": "carer"}}})
    assert {"relation:parent", "wishes:day_out"} <= signals_of(message)
    assert signals_of(example("dagbesteding voor mijn vader", conditions=[])) == frozenset()


def test_danger_has_its_kind_and_may_be_about_another() -> None:
    assert dangers_of(example(danger="suicide", danger_other=True)) == {"danger", "suicide", "other"}
    assert dangers_of(example(danger="medical", danger_doubt=True)) == {"danger", "medical", "doubt"}
    assert dangers_of(example(load=["exhausted"])) == frozenset()


@pytest.mark.parametrize(
    ("own", "says"),
    [({"role": "carrer"}, "carrer"), ({"relation": "mother"}, "mother"), ({"conditon": "dementia"}, "conditon")],
)
def test_a_slip_of_the_pen_stops_the_training(own: dict[str, Any], says: str) -> None:
    message = example(**own)
    with pytest.raises(ValueError, match=says):
        (role_of(message), signals_of(message))


def test_an_unknown_kind_of_danger_stops_the_training() -> None:
    with pytest.raises(ValueError, match="fire"):
        dangers_of(example(danger="fire"))
