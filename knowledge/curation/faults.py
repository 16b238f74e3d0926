"""What is wrong with a fact, an answer or a desk that an editor typed, and plain data as these share it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from knowledge import faults
from knowledge.yaml_files import read_yaml

GUIDES_FILE = Path(__file__).with_name("guides.yml")
_SENTENCES: Mapping[str, str] = read_yaml(GUIDES_FILE.read_text(encoding="utf-8"))["faults"]


class Fault(faults.Fault):
    """What is wrong with a fact, an answer or a desk; the sentences stand in ``guides.yml``."""

    sentences = _SENTENCES


class RecordError(ValueError):
    """A record cannot be read. ``faults``: everything that is wrong."""

    def __init__(self, what: str, faults: tuple[Fault, ...]) -> None:
        named = "; ".join(" ".join(filter(None, (f.field, f.code, *map(str, f.values.values())))) for f in faults)
        super().__init__(f"{what}: {named}")
        self.faults = faults


def key_faults(key: Any) -> tuple[Fault, ...]:
    """A key is a word of small letters, figures and underscores: it stands in sentences and addresses."""
    well = isinstance(key, str) and key.isascii() and key.isidentifier() and key == key.lower()
    return () if well else (Fault("", "key", {"value": str(key)}),)


def plain_dates(block: Mapping[str, Any]) -> dict[str, Any]:
    """A block of YAML as JSON has it: days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in block.items()}


def day_of(value: Any) -> date | None:
    """The day of an ISO text; ``None`` when it is none."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
