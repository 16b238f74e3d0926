"""Rules of a municipality from plain data, and back (``knowledge.access.checks`` says what that looks like)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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


def _rule(key: str, block: Mapping[str, Any]) -> LocalRule:
    guide = RULES[key]
    details = {name: _value(one, block[name]) for name, one in guide.details.items() if name in block}
    common = {name: _value(one, block[name]) for name, one in COMMON.items() if name in block}
    answer = answer_of(block.get(ANSWER, RuleAnswer.UNKNOWN.value))
    return LocalRule(key, answer or RuleAnswer.UNKNOWN, MappingProxyType(details), **common)


def _value(guide: DetailGuide, value: Any) -> Any:
    if guide.shape is DetailShape.HOURS:
        return Hours.read(value)
    if guide.shape is DetailShape.DAY:
        return day_of(value)
    return value.strip() if isinstance(value, str) else value
