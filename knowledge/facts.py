"""Facts: every number, term and amount that people read, each with its source, its owner and its dates (R62, R119)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

SEED = Path(__file__).parent / "seed" / "facts.yml"
_FIELDS = {"value", "label", "source", "confidence", "checked_on", "review_by", "owner", "emergency", "cite"}
_OPTIONAL = {"emergency", "cite"}
_CONFIDENCES = ("official", "secondary", "weak", "general")
_AMOUNT_OR_TERM = re.compile(r"[€%]|\d\s*(?:keer|uur|uren|(?:werk)?dag(?:en)?|weken|week|maand(?:en)?|jaar)\b")


class FactError(ValueError):
    """A fact cannot be read; the message names the fact and what is wrong."""


@dataclass(frozen=True)
class Fact:
    """One fact. ``value`` is what people read; ``label`` says in Dutch what it is.

    ``source``: where it was read. ``confidence``: "official" (law or owner), "secondary", "weak", or "general"
    knowledge. ``checked_on``: when the source was read or checked; ``review_by``: when that ends. ``emergency``: stays
    in view after that day, because no number is worse than one to be checked. ``cite``: the source as a carer may read
    it ("het CAK"); every amount and term has one, because a right is cited from where it stands (R119).
    """

    key: str
    value: str
    label: str
    source: str
    confidence: str
    checked_on: date
    review_by: date
    owner: str
    emergency: bool = False
    cite: str = ""

    def expired(self, today: date) -> bool:
        """Is its review overdue?"""
        return today > self.review_by


class Facts:
    """All facts by key."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            if fact.key in self._facts:
                raise FactError(f"fact {fact.key}: given twice")
            self._facts[fact.key] = fact

    @classmethod
    def load(cls, path: Path = SEED) -> Facts:
        """Read a facts file. Raises ``FactError``."""
        try:
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as problem:
            raise FactError(f"{path.name}: {problem}") from problem
        if not isinstance(data, Mapping) or not isinstance(data.get("facts"), Mapping):
            raise FactError(f"{path.name}: expected 'facts:' with a block for each key")
        return cls(_fact(key, block) for key, block in data["facts"].items())

    def __getitem__(self, key: str) -> Fact:
        return self._facts[key]

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def value(self, key: str) -> str:
        """What people read. Raises ``KeyError`` on an unknown key."""
        return self._facts[key].value

    def values(self) -> dict[str, str]:
        """Every value by key, for the wording."""
        return {key: fact.value for key, fact in self._facts.items()}

    def expired(self, today: date) -> tuple[Fact, ...]:
        """Facts whose review is overdue, emergency numbers too: someone must check them."""
        return tuple(fact for fact in self if fact.expired(today))

    def not_showable(self, today: date) -> frozenset[str]:
        """The keys of all facts that may not be shown today."""
        return frozenset(key for key in self._facts if not self.showable(key, today))

    def showable(self, key: str, today: date) -> bool:
        """May it be shown today? An overdue fact may not (R68), but an emergency number stays in view."""
        fact = self._facts[key]
        return fact.emergency or not fact.expired(today)


def _fact(key: Any, block: Any) -> Fact:
    if not isinstance(key, str) or not key.isascii() or not key.isidentifier() or key != key.lower():
        raise FactError(f"fact {key!r}: a key is snake_case ASCII")
    if not isinstance(block, Mapping):
        raise FactError(f"fact {key}: expected a block of fields")
    _check(key, block)
    return Fact(key=key, **block)


def _check(key: str, block: Mapping[str, Any]) -> None:
    missing, strange = _FIELDS - _OPTIONAL - set(block), set(block) - _FIELDS
    if missing or strange:
        raise FactError(f"fact {key}: missing {sorted(missing)}, not known {sorted(strange)}")
    for name in ("value", "label", "source", "owner", *({"cite"} & set(block))):
        if not isinstance(block[name], str) or not block[name].strip():
            raise FactError(f"fact {key}: {name} must be a text (put numbers in quotes)")
    for name in ("checked_on", "review_by"):
        if not isinstance(block[name], date):
            raise FactError(f"fact {key}: {name} must be a date such as 2026-11-22")
    if block["confidence"] not in _CONFIDENCES:
        raise FactError(f"fact {key}: confidence is one of {', '.join(_CONFIDENCES)}")
    if "cite" not in block and _AMOUNT_OR_TERM.search(block["value"]):
        raise FactError(f"fact {key}: an amount or a term needs a cite")
    if block["review_by"] <= block["checked_on"]:
        raise FactError(f"fact {key}: review_by must come after checked_on")
