"""Rules of a municipality from plain data, and back (``knowledge.access.checks`` says what that looks like)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from knowledge.access.checks import ANSWER, MUNICIPALITY, TOP_TEXTS, AccessRulesError, answer_of, day_of, find_faults
from knowledge.access.guide import COMMON, RULES, DetailGuide, DetailShape, RuleAnswer
from knowledge.access.hours import Hours
from knowledge.access.record import LocalRule, LocalRules


def read_local_rules(record_id: str, data: Any, municipalities: Collection[str] | None = None) -> LocalRules:
    """The rules that ``data`` holds. Raises ``AccessRulesError`` with all faults."""
    if faults := find_faults(data, municipalities):
        raise AccessRulesError(faults)
    return LocalRules(
        id=record_id,
        municipality=data[MUNICIPALITY],
        rules=MappingProxyType({key: _rule(key, block) for key, block in data.get("rules", {}).items()}),
        **{name: data.get(name, "") for name in TOP_TEXTS},
    )


def write_local_rules(local: LocalRules) -> dict[str, Any]:
    """The plain data of these rules; ``read_local_rules`` gives them back."""
    named = {name: getattr(local, name) for name in TOP_TEXTS if getattr(local, name)}
    return {
        MUNICIPALITY: local.municipality,
        **named,
        "rules": {key: _written(rule) for key, rule in local.rules.items()},
    }


def _rule(key: str, block: Mapping[str, Any]) -> LocalRule:
    guide = RULES[key]
    details = {name: _value(one, block[name]) for name, one in guide.details.items() if name in block}
    common = {name: _value(one, block[name]) for name, one in COMMON.items() if name in block}
    answer = answer_of(block.get(ANSWER, RuleAnswer.UNKNOWN.value))
    return LocalRule(key, answer or RuleAnswer.UNKNOWN, MappingProxyType(details), **common)


def _written(rule: LocalRule) -> dict[str, Any]:
    block: dict[str, Any] = {ANSWER: rule.answer.value}
    block |= {name: str(value) if isinstance(value, Hours) else value for name, value in rule.details.items()}
    for name in COMMON:
        value = getattr(rule, name)
        if value not in ("", None):
            block[name] = value.isoformat() if isinstance(value, date) else value
    return block


def _value(guide: DetailGuide, value: Any) -> Any:
    if guide.shape is DetailShape.HOURS:
        return Hours.read(value)
    if guide.shape is DetailShape.DAY:
        return day_of(value)
    return value.strip() if isinstance(value, str) else value
