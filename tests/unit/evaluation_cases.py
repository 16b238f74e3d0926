"""Cases for the figures of ``bench/evaluation``, small enough to count by hand."""

from __future__ import annotations

from typing import Any

from bench.evaluation.product import Understood
from bench.evaluation.sets import SIGNALS, Spoken
from bench.evaluation.statistics import Bootstrap, Figure


def spoken(role: str = "carer", relation: str | None = "parent", **other: Any) -> Spoken:
    told: dict[str, Any] = {
        "text": "…",
        "life": "one",
        "in_scope": True,
        "also": (),
        "label_rejected": False,
        "explicit": False,
        "speech": "standard",
        "age": "old",
    }
    signals = {key: frozenset(other.pop(key, ())) for key in SIGNALS}
    return Spoken(role=role, relation=relation, signals=signals, **{**told, **other})


def understood(role: str = "carer", *relations: str, chance: float | None = None, **other: Any) -> Understood:
    chance = float(role == "carer") if chance is None else chance
    fields = other.pop("fields", {})
    evidence = [{"field": "relation", "value": relation} for relation in relations]
    evidence += [{"field": field, "value": value} for field, values in fields.items() for value in values]
    line = {
        "role": role,
        "carer": role == "carer",
        "carer_probability": chance,
        "relation": relations[0] if relations else None,
        "in_scope": other.pop("in_scope", True),
        "crisis": other.pop("crisis", None),
        "label_rejected": False,
        "evidence": evidence,
    }
    rest: dict[str, Any] = {"intent_chance": 0.5, "chances": {}, "hunch": 0.0, "rules": None, "rules_named": False}
    return Understood(line, roles=other.pop("roles", {role: 1.0}), **{**rest, **other})


def singly(size: int) -> Bootstrap:
    return Bootstrap([str(number) for number in range(size)])


def value_of(figure: Figure) -> Any:
    return figure.value, figure.n
