"""Intents, rules, examples and actions belong together: none is missing, none is left over."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from actions import SKILLS
from knowledge.yaml_files import read_yaml
from tests.content.examples import every_example
from tests.content.sentences import ROOT, faults

DOMAIN = read_yaml((ROOT / "domain.yml").read_text(encoding="utf-8"))
INTENTS = {next(iter(intent)) for intent in DOMAIN["intents"]}
NOT_TYPED = {"choose", "continue_talk", "silence"}
LEAST_EXAMPLES = 10


def _yaml_in(folder: str) -> list[tuple[Path, Any]]:
    return [
        (path, read_yaml(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / "nlu_data" / folder).glob("*.yml"))
    ]


RULES = [rule for _, data in _yaml_in("rules") for rule in data["rules"]]


def _examples() -> dict[str, list[str]]:
    examples: dict[str, list[str]] = {}
    for example in every_example():
        examples.setdefault(example.intent, []).append(example.text)
    return examples


EXAMPLES = _examples()


def test_every_intent_has_exactly_one_rule() -> None:
    ruled = Counter(step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step)
    assert ruled == Counter(INTENTS)


def test_every_rule_is_one_intent_and_one_action_and_is_named_after_the_intent() -> None:
    for rule in RULES:
        assert [set(step) for step in rule["steps"]] == [{"intent"}, {"action"}], rule["rule"]
        assert rule["rule"] == rule["steps"][0]["intent"]


def test_rules_domain_and_skills_name_the_same_actions() -> None:
    ruled = {step["action"] for rule in RULES for step in rule["steps"] if "action" in step}
    assert ruled == set(DOMAIN["actions"]) == {f"action_{skill.skill}" for skill in SKILLS}


@pytest.mark.parametrize("intent", sorted(INTENTS - NOT_TYPED))
def test_an_intent_has_training_examples(intent: str) -> None:
    assert len(EXAMPLES.get(intent, [])) >= LEAST_EXAMPLES


def test_nothing_is_trained_that_is_no_intent_or_is_only_pressed() -> None:
    assert set(EXAMPLES) <= INTENTS - NOT_TYPED


def test_no_example_stands_under_two_intents() -> None:
    under: dict[str, set[str]] = {}
    for intent, examples in EXAMPLES.items():
        for example in examples:
            under.setdefault(" ".join(example.casefold().split()), set()).add(intent)
    doubles = [f"{text}: {sorted(intents)}" for text, intents in under.items() if len(intents) > 1]
    assert not doubles, faults(doubles)


def test_no_slot_is_filled_from_text() -> None:
    """Invariant 5: no free-text slot of Rasa's can swallow a request for a human; our slots are set by actions only."""
    mappings = [mapping["type"] for slot in DOMAIN["slots"].values() for mapping in slot["mappings"]]
    assert set(mappings) == {"custom"}
    assert "forms" not in DOMAIN
    assert not [path for path in (ROOT / "nlu_data").rglob("*.yml") if "from_text" in path.read_text(encoding="utf-8")]
