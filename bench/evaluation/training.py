"""The training data of the product, as one label per example for each task: what the simpler systems learn from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bench.evaluation.sets import NONE, Labelled
from bot.engine.importer import SkillsImporter
from bot.safety.kinds import DangerKind
from bot.settings import ROOT
from bot.understanding.labels import dangers_of, role_of, signals_of, teaches_all

OUTSIDE, INSIDE = "out_of_scope", "in_scope"


def training_tasks() -> dict[str, Labelled]:
    """The examples of ``nlu_data/nlu``, labelled for "role", "relation", "danger" and "scope".

    As in the product, a block that ``teaches: danger`` teaches nothing else.
    """
    data = SkillsImporter(training_data_paths=[str(ROOT / "nlu_data" / "nlu")]).get_nlu_data()
    examples = [one for one in data.intent_examples if one.get(TEXT)]
    label_of: dict[str, Callable[[Message], str]] = {
        "role": role_of,
        "relation": main_relation,
        "danger": main_danger,
        "scope": lambda one: OUTSIDE if one.get(INTENT) == OUTSIDE else INSIDE,
    }
    tasks = {}
    for task, label in label_of.items():
        taught = [one for one in examples if task == "danger" or teaches_all(one)]
        tasks[task] = Labelled(tuple(one.get(TEXT) for one in taught), tuple(label(one) for one in taught))
    return tasks


def main_relation(message: Message) -> str:
    """Who is cared for in an example: the first that the editor named, else what the product takes it for, or none."""
    own: Any = ((message.get("metadata") or {}).get("example") or {}).get("relation")
    if own:
        return str(own[0] if isinstance(own, list) else own)
    told = sorted(one.partition(":")[2] for one in signals_of(message) if one.startswith("relation:"))
    return told[0] if told else NONE


def main_danger(message: Message) -> str:
    """The kind of danger in an example, or none."""
    return next((kind.value for kind in DangerKind if kind.value in dangers_of(message)), NONE)
