"""Strict reading of the two kinds of YAML files: every field is known and of its kind, and every fault is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml


class InstrumentError(ValueError):
    """A questionnaire cannot be used, or was asked wrongly; the message names the pack and what is wrong.

    It never quotes an item: the words are licensed, and messages end up in logs.
    """

    def __init__(self, key: str, fault: str) -> None:
        super().__init__(f"pack {key}: {fault}")
        self.key = key


class Block:
    """One mapping of a file, with exactly its fields. ``where`` says in messages which one ("" for the whole file)."""

    def __init__(self, key: str, where: str, data: Any, required: set[str], optional: set[str] | None = None) -> None:
        self.key = key
        self._where = where
        if not isinstance(data, Mapping):
            raise self.fault("expected a block of fields")
        missing, strange = required - set(data), {_named(name) for name in data} - required - (optional or set())
        if missing:
            raise self.fault(f"missing {', '.join(sorted(missing))}")
        if strange:
            raise self.fault(f"not known: {', '.join(sorted(strange))}")
        self._data = data

    def __contains__(self, field: str) -> bool:
        return field in self._data

    def fault(self, text: str) -> InstrumentError:
        """The error that this block has; the caller raises it."""
        return InstrumentError(self.key, f"{self._where}: {text}" if self._where else text)

    def raw(self, field: str) -> Any:
        """What stands there, unchecked."""
        return self._data[field]

    def text(self, field: str) -> str:
        """A text that is not empty."""
        value = self._data[field]
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"{field} must be a text (put yes, no and numbers in quotes)")
        return value.strip()

    def code(self, field: str) -> str:
        """A stable name: snake_case ASCII."""
        value = self.text(field)
        if not value.isascii() or not value.isidentifier() or value != value.lower():
            raise self.fault(f"{field} must be snake_case ASCII")
        return value

    def whole(self, field: str) -> int:
        """A whole number, 0 or more."""
        value = self._data[field]
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fault(f"{field} must be a whole number")
        return value

    def flag(self, field: str) -> bool:
        """True or false; false when absent."""
        value = self._data.get(field, False)
        if not isinstance(value, bool):
            raise self.fault(f"{field} must be true or false")
        return value

    def day(self, field: str) -> date:
        """A date, such as 2026-11-22."""
        value = self._data[field]
        if type(value) is not date:  # a datetime is a date too
            raise self.fault(f"{field} must be a date such as 2026-11-22")
        return value

    def block(self, field: str, required: set[str]) -> Block:
        """The block under this field."""
        return Block(self.key, field, self._data[field], required)

    def blocks(self, field: str, required: set[str], optional: set[str] | None = None) -> Iterator[Block]:
        """The blocks of the list under this field; none when absent."""
        listed = self._data.get(field, [])
        if not isinstance(listed, list):
            raise self.fault(f"{field} must be a list")
        for number, data in enumerate(listed, 1):
            yield Block(self.key, f"{field} {number}", data, required, optional)


def _named(field: Any) -> str:
    return field if isinstance(field, str) and field.isidentifier() else "a field whose name is not one word"


def read_yaml(path: Path, key: str) -> Any:
    """What the file says. Raises ``InstrumentError`` without a word of the file itself."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise InstrumentError(key, f"{path.name} cannot be read ({problem.strerror})") from None
    except UnicodeDecodeError:
        raise InstrumentError(key, f"{path.name} is not UTF-8") from None
    except (yaml.YAMLError, ValueError) as problem:  # a date that does not exist is a bare ValueError
        mark = getattr(problem, "problem_mark", None)
        place = f" (line {mark.line + 1})" if mark else ""
        raise InstrumentError(key, f"{path.name} is not readable as YAML{place}") from None
