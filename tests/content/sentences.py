"""What people read, taken apart for the checks: responses, their sentences, their buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from knowledge.yaml_files import read_yaml

ROOT = Path(__file__).resolve().parents[2]
DOMAIN_FOLDER = ROOT / "nlu_data" / "domain"
_ENDS_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")
_WORD = re.compile(r"[\w'’-]+")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Response:
    """One variant of a response. ``file`` and ``name`` say where an editor finds it."""

    file: str
    name: str
    text: str
    buttons: tuple[dict[str, str], ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"

    @property
    def everything_read(self) -> str:
        """The text and the titles of the buttons, one a line."""
        return "\n".join([self.text, *(button["title"] for button in self.buttons)])

    @property
    def placeholders(self) -> set[str]:
        """Names between braces."""
        return {name for _, name, _, _ in Formatter().parse(self.everything_read) if name}

    @property
    def sentence_lengths(self) -> list[int]:
        """Words in each sentence; whatever stands between braces counts as one word."""
        sentences = _ENDS_SENTENCE.split(_PLACEHOLDER.sub("woord", self.text))
        return [length for length in (len(_WORD.findall(sentence)) for sentence in sentences) if length]


def load(name: str) -> Any:
    """A YAML file of this folder: what is forbidden, what is allowed, and why."""
    return read_yaml((Path(__file__).parent / name).read_text(encoding="utf-8"))


def responses_in(text: str, file: str) -> Iterator[Response]:
    """Every variant of every response in a domain file."""
    for name, variants in (read_yaml(text).get("responses") or {}).items():
        for variant in variants:
            yield Response(file, name, variant.get("text", ""), tuple(variant.get("buttons", ())))


def every_response() -> list[Response]:
    """Every variant of every response of the product."""
    return [
        response
        for path in sorted(DOMAIN_FOLDER.glob("*.yml"))
        for response in responses_in(path.read_text(encoding="utf-8"), path.name)
    ]


def faults(found: list[str]) -> str:
    """Faults as a list a person can work through; empty when there are none."""
    return "\n" + "\n".join(f"  - {fault}" for fault in found) if found else ""
