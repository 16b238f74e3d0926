"""The evaluation sets as records. They are frozen: each report names the sha256 of the files it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings import ROOT

PEOPLE = ROOT / "tests" / "understanding" / "people.jsonl"
SCOPE = ROOT / "tests" / "understanding" / "scope.jsonl"
PAIRS = ROOT / "tests" / "safety" / "pairs.jsonl"
XSID = ROOT.parent / "shared" / "data" / "xsid"
SIGNALS = ("conditions", "tasks", "load_cues", "wishes")
NONE = "none"


@dataclass(frozen=True)
class Spoken:
    """A message of a person (``life``), with what is true of it. ``also``: others that she cares for."""

    text: str
    life: str
    role: str
    in_scope: bool
    relation: str | None
    also: tuple[str, ...]
    signals: dict[str, frozenset[str]]
    label_rejected: bool
    explicit: bool
    speech: str
    age: str

    @property
    def carer(self) -> bool:
        """Does the speaker care for somebody?"""
        return self.role == "carer"


@dataclass(frozen=True)
class Scoped:
    """A message that is for us or not; ``hidden_story``: a story of care told beside something else."""

    text: str
    in_scope: bool
    hidden_story: bool


@dataclass(frozen=True)
class Half:
    """One half of a pair: danger (``crisis``; ``doubt``: a question is right) or what resembles it (``why``)."""

    text: str
    pair: str
    crisis: str | None
    doubt: bool
    why: str | None


@dataclass(frozen=True)
class Labelled:
    """Texts, each with one label."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]


def read_people(path: Path = PEOPLE) -> list[Spoken]:
    """The messages of the persons."""
    return [
        Spoken(
            **{key: row[key] for key in ("text", "life", "role", "in_scope", "relation", "explicit", "speech", "age")},
            also=tuple(row["also"]),
            signals={key: frozenset(row[key]) for key in SIGNALS},
            label_rejected=row["label_rejected"],
        )
        for row in _rows(path)
    ]


def read_scope(path: Path = SCOPE) -> list[Scoped]:
    """What is for us and what is not."""
    return [Scoped(row["text"], row["in_scope"], row["hidden_story"]) for row in _rows(path)]


def read_pairs(path: Path = PAIRS) -> list[Half]:
    """Both halves of each pair."""
    return [
        Half(row["text"], row["pair"], row["crisis"], bool(row.get("doubt")), row.get("why")) for row in _rows(path)
    ]


def read_xsid(path: Path) -> Labelled:
    """Sentences and intents of a file of xSID in its CoNLL form; intents in lower case.

    Raises ``ValueError`` when sentences and intents do not pair up.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    texts = tuple(line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))
    labels = tuple(line.removeprefix("# intent = ").strip().lower() for line in lines if line.startswith("# intent = "))
    if len(texts) != len(labels):
        raise ValueError(f"{path.name}: {len(texts)} sentences beside {len(labels)} intents")
    return Labelled(texts, labels)


def fingerprints(paths: Sequence[Path]) -> list[tuple[str, int, str]]:
    """Of each file its name, number of cases and sha256."""
    return [(path.name, _size(path), hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _size(path: Path) -> int:
    return len(_rows(path)) if path.suffix == ".jsonl" else len(read_xsid(path).texts)
