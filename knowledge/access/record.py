"""The rules of one municipality, and what may be said of them today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from knowledge.access.guide import RuleAnswer
from knowledge.access.hours import Hours
from knowledge.vocabulary import Term


class Standing(Term):
    """Can a rule be relied on today?"""

    USABLE = "usable", "nagekeken"
    UNVERIFIED = "unverified", "nog niet nagekeken"
    EXPIRED = "expired", "verlopen"
    UNKNOWN = "unknown", "onbekend"


@dataclass(frozen=True)
class LocalRule:
    """How one rule stands in one municipality. ``details``: its own fields, by the names of the guide.

    ``checked_on``, ``checked_by``: who checked it with its owner; both or neither. ``source_year``: when the source
    gives one.
    """

    key: str
    answer: RuleAnswer = RuleAnswer.UNKNOWN
    details: Mapping[str, Any] = field(default_factory=dict)
    contact: str = ""
    valid_until: date | None = None
    checked_on: date | None = None
    checked_by: str = ""
    source: str = ""
    source_year: int | None = None
    note: str = ""

    def standing(self, today: date) -> Standing:
        """May it be relied on? Only what somebody checked and what has not ended."""
        if self.answer is RuleAnswer.UNKNOWN:
            return Standing.UNKNOWN
        if self.checked_on is None or not self.checked_by or self.checked_on > today:
            return Standing.UNVERIFIED
        if self.valid_until is None or today > self.valid_until:
            return Standing.EXPIRED
        return Standing.USABLE


@dataclass(frozen=True)
class LocalRules:
    """What is known of one municipality. ``id``: its CBS code ("GM0150"), which outlives a change of name.

    ``care_office`` (zorgkantoor) and ``youth_region`` (jeugdregio) are keys for who needs them; "" is not known.
    """

    id: str
    municipality: str
    rules: Mapping[str, LocalRule] = field(default_factory=lambda: MappingProxyType({}))
    care_office: str = ""
    youth_region: str = ""

    def rule(self, key: str) -> LocalRule:
        """The rule as it was recorded, whatever its standing; what nobody recorded is unknown."""
        return self.rules.get(key) or LocalRule(key)

    def answer(self, key: str, today: date) -> RuleAnswer:
        """What may be said today: unknown when nobody checked it, or when it has ended."""
        rule = self.rule(key)
        return rule.answer if rule.standing(today) is Standing.USABLE else RuleAnswer.UNKNOWN

    def holding(self, key: str, today: date) -> LocalRule | None:
        """The rule when it surely holds today ("ja"), else ``None``: then the normal road is told."""
        return self.rule(key) if self.answer(key, today) is RuleAnswer.YES else None

    def office_hours(self, today: date) -> Hours | None:
        """When the team that answers requests works; ``None``: not known, the usual hours are meant."""
        rule = self.holding("kantooruren", today)
        return rule.details["hours"] if rule is not None else None
