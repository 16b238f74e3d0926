"""The first yardstick: what a bot does that looks for words (``keywords.yml``). It learns nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

LISTS = Path(__file__).with_name("keywords.yml")
DEFAULTS = "otherwise"


class KeywordBot:
    """Gives a text the first label of which a word occurs in it, in the order of the file."""

    def __init__(self, path: Path = LISTS) -> None:
        tasks = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._otherwise = {task: str(labels.pop(DEFAULTS)) for task, labels in tasks.items()}
        self._patterns = {
            task: [(str(label), re.compile(rf"\b(?:{words})")) for label, words in labels.items()]
            for task, labels in tasks.items()
        }

    def classify(self, task: str, texts: Sequence[str]) -> list[str]:
        """The label of each text. Raises ``KeyError`` on a task it has no words for."""
        return [self._label(task, text.lower()) for text in texts]

    def _label(self, task: str, text: str) -> str:
        found = (label for label, words in self._patterns[task] if words.search(text))
        return next(found, self._otherwise[task])
