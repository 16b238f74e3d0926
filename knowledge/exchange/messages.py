"""What an editor reads about a file: the sentences stand in ``messages.yml``, the code only names them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.yaml_files import read_yaml

FILE = Path(__file__).with_name("messages.yml")
_LONGEST_VALUE = 60


@cache
def _sentences() -> dict[str, str]:
    groups = read_yaml(FILE.read_text(encoding="utf-8"))
    return {f"{group}.{code}": text for group, texts in groups.items() for code, text in texts.items()}


def say(code: str, **values: object) -> str:
    """The sentence of a code such as ``file.empty``; raises ``KeyError`` for an unknown code or a missing value."""
    return _sentences()[code].format(**{name: str(value) for name, value in values.items()})


def shortened(text: str) -> str:
    """A value as it may be quoted in a message: on one line, printable, at most 60 characters."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= _LONGEST_VALUE else line[: _LONGEST_VALUE - 1] + "…"


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one row. ``column``: its name in ``COLUMNS``, or empty when it is the row as a whole."""

    column: str
    code: str
    text: str


def row_fault(column: str, code: str, **values: object) -> RowFault:
    """A fault of this room (``row.<code>``)."""
    return RowFault(column, code, say(f"row.{code}", **values))


class SheetError(ValueError):
    """A file that cannot be read as a whole; ``text`` says in Dutch what is wrong and how to mend it."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.text = say(f"file.{code}", **values)
        super().__init__(self.text)
