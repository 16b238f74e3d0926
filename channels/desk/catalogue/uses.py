"""Where a fact is quoted: the sentences, answers and desks that change with it (R62)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.wording import DOMAIN_FOLDER
from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records
from knowledge.yaml_files import read_yaml


@dataclass(frozen=True)
class Use:
    """One text that quotes a fact. ``kind``, ``id``: the record to go to, if an editor keeps it at the desk."""

    name: str
    text: str
    kind: RecordKind | None = None
    id: str = ""


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, tuple[str, ...]]:
    """Every sentence of the talk as it is written, with its placeholders."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(DOMAIN_FOLDER.glob("*.yml")):
        for name, variants in (read_yaml(path.read_text(encoding="utf-8")).get("responses") or {}).items():
            found[name] = tuple(str(one.get("text", "")) for one in variants)
    return found


def uses_of(key: str, records: Records) -> tuple[Use, ...]:
    """Everything that quotes this fact: published answers and desks first, then the sentences of the talk."""
    quoted = f"{{fact_{key}}}"
    answers = (
        Use(one.id, str(one.body.get("text", "")), one.kind, one.id)
        for one in records.all(RecordKind.ANSWER)
        if quoted in str(one.body.get("text", ""))
    )
    desks = (
        Use(str(one.body.get("name", one.id)), str(one.body.get("reach", "")), one.kind, one.id)
        for one in records.all(RecordKind.DESK)
        if one.body.get("contact") == key
    )
    sentences = (
        Use(name.removeprefix("utter_"), text)
        for name, texts in _sentences().items()
        for text in texts
        if quoted in text
    )
    return (*answers, *desks, *sentences)
