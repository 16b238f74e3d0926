"""Facts: every number, term and amount that people read, each with its source, its owner and its dates (R62, R119)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.curation.faults import Fault, RecordError, day_of, key_faults, plain_dates
from knowledge.curation.following import Following, readable
from knowledge.curation.guides import GUIDES, field_faults
from knowledge.curation.record import Record, RecordKind
from knowledge.curation.records import Records
from knowledge.curation.seeds import read_seed_file
from knowledge.curation.terms import Confidence

SEED = Path(__file__).parent / "seed" / "facts.yml"
MAY_BE_SHOWN = (Confidence.OFFICIAL, Confidence.SECONDARY)
_AMOUNT_OR_TERM = re.compile(r"[€%]|\d\s*(?:keer|uur|uren|(?:werk)?dag(?:en)?|weken|week|maand(?:en)?|jaar)\b")


class FactError(RecordError):
    """A fact cannot be read; the message names the fact and what is wrong."""


@dataclass(frozen=True)
class Fact:
    """One fact. ``value`` is what people read; ``label`` says in Dutch what it is.

    ``source``: where it was read. ``confidence``: how sure that source is; only law, owner and a good second source
    are shown. ``checked_on``: when the source was read or checked; ``review_by``: when that ends. ``emergency``: stays
    in view after that day, because no number is worse than one to be checked. ``cite``: the source as a carer may read
    it ("het CAK"); every amount and term has one, because a right is cited from where it stands (R119).
    """

    key: str
    value: str
    label: str
    source: str
    confidence: Confidence
    checked_on: date
    review_by: date
    owner: str
    emergency: bool = False
    cite: str = ""

    def expired(self, today: date) -> bool:
        """Is its review overdue?"""
        return today > self.review_by

    @property
    def waits(self) -> bool:
        """Is its source too weak to show it, so that it waits for an editor?"""
        return self.confidence not in MAY_BE_SHOWN


class Facts:
    """All facts by key."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            if fact.key in self._facts:
                raise FactError("facts", (Fault("", "double", {"value": fact.key}),))
            self._facts[fact.key] = fact

    @classmethod
    def load(cls, path: Path = SEED) -> Facts:
        """Read a facts file. Raises ``FactError``."""
        return Facts(read_fact(key, body) for key, body in seed_facts(path).items())

    def _all(self) -> Mapping[str, Fact]:
        return self._facts

    def __getitem__(self, key: str) -> Fact:
        return self._all()[key]

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._all().values())

    def __len__(self) -> int:
        return len(self._all())

    def value(self, key: str) -> str:
        """What people read. Raises ``KeyError`` on an unknown key."""
        return self[key].value

    def values(self) -> Mapping[str, str]:
        """Every value by key, for the wording: a view, which follows the facts."""
        return _Values(self)

    def expired(self, today: date) -> tuple[Fact, ...]:
        """Facts whose review is overdue, emergency numbers too: someone must check them."""
        return tuple(fact for fact in self if fact.expired(today))

    def not_showable(self, today: date) -> frozenset[str]:
        """The keys of all facts that may not be shown today."""
        return frozenset(fact.key for fact in self if not _showable(fact, today))

    def showable(self, key: str, today: date) -> bool:
        """May it be shown today? Not when its review is overdue (R68), nor when its source is too weak.

        An emergency number stays in view all the same: at such a moment a number that must be checked once more is
        better than none, and what stands there for the doctor's night post is a name and no number.
        """
        return _showable(self[key], today)


class LiveFacts(Facts):
    """The facts as editors keep them; a change is seen without a restart.

    A seed fact whose record was removed or cannot be read is not gone, because sentences quote it: it waits, unless it
    is an emergency number, which stays.
    """

    def __init__(self, records: Records) -> None:
        super().__init__()
        self._following = Following(records, RecordKind.FACT, _of_records)

    def _all(self) -> Mapping[str, Fact]:
        return self._following.current()


class _Values(Mapping[str, str]):
    def __init__(self, facts: Facts) -> None:
        self._known = facts

    def __getitem__(self, key: str) -> str:
        return self._known[key].value

    def __iter__(self) -> Iterator[str]:
        return (fact.key for fact in self._known)

    def __len__(self) -> int:
        return len(self._known)


def read_fact(key: str, body: Any) -> Fact:
    """One fact of plain data, days as ISO text. Raises ``FactError`` with all faults."""
    if faults := _faults(key, body):
        raise FactError(f"fact {key}", faults)
    days = {name: day_of(body[name]) for name in ("checked_on", "review_by")}
    return Fact(key=key, **{**body, **days, "confidence": Confidence(body["confidence"])})


def fact_faults(key: str, body: Any) -> tuple[Fault, ...]:
    """Everything that is wrong with a fact, in Dutch for its editor.

    She may change an emergency number, but not make it one that disappears.
    """
    return _faults(key, body) or emergency_faults(key, body)


def emergency_faults(key: str, body: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Would a number that must stay in view disappear when its review is overdue?"""
    seed = _seed().get(key)
    lost = seed is not None and seed.emergency and not body.get("emergency")
    return (Fault("emergency", "emergency_kept"),) if lost else ()


def seed_facts(path: Path = SEED) -> dict[str, dict[str, Any]]:
    """The facts that come with the product, as plain data by key. Raises ``FactError``."""
    blocks = read_seed_file(path, "facts", FactError)["facts"].items()
    return {key: plain_dates(block) if isinstance(block, Mapping) else block for key, block in blocks}


@lru_cache(maxsize=1)
def _seed() -> Mapping[str, Fact]:
    return {fact.key: fact for fact in Facts.load()}


def _showable(fact: Fact, today: date) -> bool:
    return fact.emergency or not (fact.waits or fact.expired(today))


def _faults(key: Any, body: Any) -> tuple[Fault, ...]:
    faults = (*key_faults(key), *field_faults(RecordKind.FACT, body))
    return faults or tuple(_sense_faults(body))


def _sense_faults(body: Mapping[str, Any]) -> Iterator[Fault]:
    guide = GUIDES[RecordKind.FACT]
    if body["review_by"] <= body["checked_on"]:
        yield Fault("review_by", "order", {"label": guide["review_by"].label, "other": guide["checked_on"].label})
    if not body.get("cite") and _AMOUNT_OR_TERM.search(body["value"]):
        yield Fault("cite", "cite_needed")


def _of_records(records: Iterable[Record]) -> Mapping[str, Fact]:
    held = {key: replace(fact, confidence=Confidence.GENERAL) for key, fact in _seed().items()}
    return {**held, **{fact.key: fact for fact in readable(records, read_fact, FactError)}}
