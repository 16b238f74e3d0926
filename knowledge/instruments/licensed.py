"""The operator's half of a questionnaire: its licensed text, the permission to ask it, and perhaps a tariff.

It lives in the operator's configuration and never in this repository (domain facts 1.1).
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from knowledge.instruments.blocks import Block, read_yaml
from knowledge.instruments.packs import UNANSWERED, Pack, ScoreRange

BEST, ROUNDING = Decimal(100), Decimal("0.5")
"""A tariff runs from 0 (worst) to 100; published weights are rounded, so their sum may miss an end by this much."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Permission:
    """Who allowed the use, when, and where that is kept; ``sha256`` of the words it was given for (``text_digest``)."""

    given_by: str
    given_on: date
    reference: str
    sha256: str


@dataclass(frozen=True)
class Tariff:
    """Published weights, one for each answer to each item in order: what people find a situation worth, 0-100."""

    source: str
    weights: tuple[dict[str, Decimal], ...]

    def value_range(self, steps: Iterable[str]) -> ScoreRange[Decimal]:
        """The value of the situation, 0 (worst) to 100 (best), over all ways to fill in what is unanswered."""
        ranges = (
            ScoreRange(min(weights.values()), max(weights.values()))
            if step in UNANSWERED
            else ScoreRange(weights[step], weights[step])
            for weights, step in zip(self.weights, steps, strict=True)
        )
        total = ScoreRange.total(ranges, Decimal(0))
        return ScoreRange(_within_ends(total.low), _within_ends(total.high))


@dataclass(frozen=True)
class LicensedText:
    """The words as they must be asked. ``introduction`` comes before the first item, when the sheet has one."""

    items: tuple[str, ...]
    permission: Permission
    introduction: str | None = None
    tariff: Tariff | None = None


def text_digest(items: Iterable[str], introduction: str | None = None) -> str:
    """SHA-256 of the words in their order, each on a line: the introduction, if any, then the items.

    White space and the way accents are stored do not count, every other character does.
    """
    lines = [introduction, *items] if introduction else [*items]
    return hashlib.sha256("\n".join(map(_normalised, lines)).encode("utf-8")).hexdigest()


def read_licensed(path: Path, pack: Pack) -> LicensedText:
    """The operator's file for this pack. Raises ``InstrumentError`` when anything is missing, extra or altered."""
    data = read_yaml(path, pack.key)
    block = Block(pack.key, "", data, {"pack", "items", "permission"}, {"introduction", "tariff"})
    if block.text("pack") != pack.key:
        raise block.fault(f"{path.name} is for another pack")
    items = _items(block, pack)
    introduction = _normalised(block.text("introduction")) if "introduction" in block else None
    permission = _permission(block)
    found = text_digest(items, introduction)
    if permission.sha256 != found:
        raise block.fault(f"the words are not those of the permission: their sha256 is {found}")
    return LicensedText(items, permission, introduction, _tariff(block, pack) if "tariff" in block else None)


def _normalised(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _items(block: Block, pack: Pack) -> tuple[str, ...]:
    listed: Any = block.raw("items")
    if not isinstance(listed, list) or len(listed) != pack.item_count:
        count = len(listed) if isinstance(listed, list) else "no list"
        raise block.fault(f"needs {pack.item_count} items in their order, found {count}")
    items: list[str] = []
    for number, text in enumerate(listed, 1):
        if not isinstance(text, str) or not text.strip():
            raise block.fault(f"item {number} is not a text (put it in quotes)")
        if _normalised(text) in items:
            raise block.fault(f"item {number} is the same as item {items.index(_normalised(text)) + 1}")
        items.append(_normalised(text))
    return tuple(items)


def _permission(block: Block) -> Permission:
    record = block.block("permission", {"given_by", "given_on", "reference", "sha256"})
    sha256 = record.text("sha256").lower()
    if not _SHA256.fullmatch(sha256):
        raise record.fault("sha256 must be 64 hexadecimal digits")
    return Permission(record.text("given_by"), record.day("given_on"), record.text("reference"), sha256)


def _tariff(block: Block, pack: Pack) -> Tariff:
    if not pack.takes_tariff:
        raise block.fault("this pack takes no tariff")
    record = block.block("tariff", {"source", "weights"})
    table = Block(pack.key, "tariff weights", record.raw("weights"), {each.code for each in pack.constructs})
    weights = tuple(_row(table, pack, number, each.code) for number, each in enumerate(pack.constructs, 1))
    low = sum((min(row.values()) for row in weights), Decimal(0))
    high = sum((max(row.values()) for row in weights), Decimal(0))
    if abs(low) > ROUNDING or abs(high - BEST) > ROUNDING:
        raise record.fault(f"the weights must run from 0 to {BEST} together, these run from {low} to {high}")
    return Tariff(record.text("source"), weights)


def _row(table: Block, pack: Pack, number: int, construct: str) -> dict[str, Decimal]:
    points = {answer.code: pack.points(number, answer.code) for answer in pack.answers}
    row = Block(pack.key, f"tariff weights of {construct}", table.raw(construct), set(points))
    weights = {code: _weight(row, code) for code in points}
    best, worst = min(points, key=points.__getitem__), max(points, key=points.__getitem__)
    if weights[best] < weights[worst]:
        raise row.fault(f"{best} is better than {worst}, so it cannot weigh less")
    return weights


def _weight(row: Block, code: str) -> Decimal:
    value: Any = row.raw(code)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise row.fault(f"{code} must be a number")
    return Decimal(str(value))


def _within_ends(value: Decimal) -> Decimal:
    return min(max(value, Decimal(0)), BEST)
