"""The training examples as editors wrote them, and what can be wrong with them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from rapidfuzz import fuzz, process

from bot.reading import Role
from bot.safety.kinds import DangerKind
from bot.understanding.labels import FIELDS
from knowledge.yaml_files import read_yaml
from tests.content.sentences import ROOT

FOLDER = ROOT / "nlu_data" / "nlu"
EVALUATION = (ROOT / "tests" / "understanding", ROOT / "tests" / "safety")
TOO_NEAR = 88
"""From this likeness (0-100, Indel) an example says the same as a sentence of the evaluation, a word or two apart."""
SHORT = 25  # characters; "ja graag" may stand anywhere
FEWEST = 12
_LINE = re.compile(r"^\s*-\s+(.*\S)\s*$")
_OWN_KEYS = {"role", "language", "danger", "danger_doubt", "danger_other", *FIELDS}
_BLOCK_KEYS = {"role", "teaches", "topic"}


@dataclass(frozen=True)
class Example:
    """One sentence with where it stands, its intent, and its labels (its own over those of its block)."""

    text: str
    intent: str
    file: str
    block: dict[str, Any] = field(hash=False)
    own: dict[str, Any] | None = field(hash=False)

    @property
    def plain(self) -> str:
        """Without capitals and punctuation."""
        return " ".join(re.findall(r"\w+", self.text.casefold()))

    def labels(self) -> Iterator[str]:
        """Every label as ``key:value``."""
        told = {**self.block, **(self.own or {})}
        for key in ("role", "danger", "language", *FIELDS):
            value = told.get(key)
            yield from (f"{key}:{one}" for one in (value if isinstance(value, list) else [value] if value else []))


@lru_cache(maxsize=1)
def every_example() -> tuple[Example, ...]:
    """All training examples."""
    return tuple(example for path in sorted(FOLDER.rglob("*.yml")) for example in _in_file(path))


def _in_file(path: Path) -> Iterator[Example]:
    name = str(path.relative_to(FOLDER))
    for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
        metadata, examples = block.get("metadata") or {}, block["examples"]
        if isinstance(examples, str):
            lines = (_LINE.match(line) for line in examples.splitlines())
            yield from (Example(line.group(1), block["intent"], name, metadata, None) for line in lines if line)
        else:
            for one in examples:
                yield Example(one["text"], block["intent"], name, metadata, one.get("metadata"))


@lru_cache(maxsize=1)
def evaluation_texts() -> tuple[str, ...]:
    """Every sentence of the evaluation sets."""
    lines = (line for folder in EVALUATION for path in sorted(folder.glob("*.jsonl"))
             for line in path.read_text(encoding="utf-8").splitlines())  # fmt: skip
    return tuple(text for line in lines if (text := json.loads(line).get("text")))


def unknown_labels(examples: Iterable[Example]) -> list[str]:
    """Keys and values that no reader knows."""
    known = {f"{key}:{term.value}" for key, terms in FIELDS.items() for term in terms}
    known |= {f"role:{role.value}" for role in Role} | {f"danger:{kind.value}" for kind in DangerKind}
    faults = []
    for one in examples:
        keys = (set(one.own or {}) - _OWN_KEYS) | (set(one.block) - _BLOCK_KEYS)
        values = {label for label in one.labels() if not label.startswith("language:")} - known
        faults += [f"{one.file}: {sorted(keys | values)} beside: {one.text}"] if keys or values else []
    return faults


def doubles(examples: Iterable[Example]) -> list[str]:
    """The same sentence twice, but for capitals and punctuation. Once for all readers and once for danger is fine."""
    seen: dict[tuple[str, object], Example] = {}
    faults = []
    for one in examples:
        if not one.plain:
            continue
        before = seen.setdefault((one.plain, one.block.get("teaches")), one)
        if before is not one:
            faults.append(f"{one.file} and {before.file} ({before.intent}, {one.intent}): {one.text}")
    return faults


def too_near(examples: Iterable[Example], texts: Iterable[str], cutoff: int = TOO_NEAR) -> list[str]:
    """Examples that nearly stand in an evaluation set: they would make its figures prettier than the truth."""
    long = [one for one in examples if len(one.plain) >= SHORT]
    judged = [plain for text in texts if len(plain := " ".join(re.findall(r"\w+", text.casefold()))) >= SHORT]
    if not long or not judged:
        return []
    likeness = process.cdist(
        [one.plain for one in long], judged, scorer=fuzz.ratio, score_cutoff=cutoff, dtype=np.uint8, workers=-1
    )
    return [
        f"{long[row].file}: {long[row].text} | {judged[column]}"
        for row, column in zip(*likeness.nonzero(), strict=True)
    ]


def too_rare(examples: Iterable[Example], fewest: int = FEWEST) -> list[str]:
    """Labels with too few examples to be learned."""
    counts = Counter(label for one in examples for label in one.labels())
    wanted = [f"{key}:{term.value}" for key, terms in FIELDS.items() for term in terms]
    wanted += [f"danger:{kind.value}" for kind in DangerKind]
    wanted += [f"role:{role.value}" for role in Role if role is not Role.UNKNOWN]
    return [f"{label}: {counts[label]} examples, {fewest} wanted" for label in wanted if counts[label] < fewest]


@dataclass(frozen=True)
class Habit:
    """A way of writing that must occur among the examples: ``share`` of all (0-1)."""

    name: str
    share: float
    pattern: re.Pattern[str]

    def missing(self, examples: Iterable[Example]) -> str | None:
        """What to write more of, or nothing."""
        texts = [one.text for one in examples]
        found = sum(self.pattern.search(text) is not None for text in texts) / max(len(texts), 1)
        return None if found >= self.share else f"{self.name}: {found:.1%} of the examples, {self.share:.1%} wanted"


HABITS = (
    Habit("no capital at the beginning", 0.3, re.compile(r"^[^A-Z]*[a-z]")),
    Habit("no full stop at the end", 0.3, re.compile(r"[^.!?…]$")),
    Habit("with a capital and a full stop", 0.1, re.compile(r"^[A-Z].*[.!?]$", re.S)),
    Habit(
        "chat shorthand (m'n, mn, ff, idd, wss, egt)", 0.01, re.compile(r"\b(?:mn|ff|idd|wss|egt|gwn|kweenie|zn|nja)\b")
    ),
    Habit(
        "Flemish (ge, gij, mijne, ons ma, zenne)",
        0.005,
        re.compile(r"\b(?:ge|gij|gulder|mijne|zenne|allee|precies|amai)\b"),
    ),
    Habit("long (more than 25 words)", 0.05, re.compile(r"^(?:\S+\s+){25,}")),
    Habit("short (at most five words)", 0.05, re.compile(r"^\S+(?:\s+\S+){0,4}$")),
    Habit("two sentences or more", 0.1, re.compile(r"[.!?]\s+\S")),
)
"""How people type. Missing habits are asked for by ``make content``."""


def missing_spellings(examples: Iterable[Example]) -> list[str]:
    """Words whose usual misspellings nobody wrote yet (``spellings.yml``: at least half of each row must occur)."""
    rows: dict[str, list[str]] = read_yaml((Path(__file__).parent / "spellings.yml").read_text(encoding="utf-8"))
    words = Counter(word for one in examples for word in re.findall(r"[\w'’-]+", one.text.casefold()))
    faults = []
    for word, spellings in rows.items():
        absent = [spelling for spelling in spellings if not words[spelling]]
        if len(absent) * 2 > len(spellings):
            faults.append(f"{word}: nobody writes {', '.join(absent)}")
    return faults
