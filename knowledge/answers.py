"""Answers as editors write them: instead of a sentence that came with the product, or to a question it did not know.

A new answer needs no training: it is found by its example questions, word by word, and only when they are nearly the
same. An answer that does not fit is worse than "dat weet ik niet", which is kept for the editors.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from knowledge.curation.faults import Fault, RecordError, key_faults
from knowledge.curation.following import Following, readable
from knowledge.curation.guides import field_faults
from knowledge.curation.record import Record, RecordKind
from knowledge.curation.records import Records
from knowledge.yaml_files import read_yaml

WARNINGS_FILE = Path(__file__).with_name("answers.yml")
ALIKE = 90  # of 100
LEAST_WORDS = 3  # an example of one or two words would be found in nearly everything
LENGTHS_ALIKE = 0.5  # and so would every word of an example be found in a long story
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"fact_[a-z0-9_]+")


class AnswerError(RecordError):
    """An answer cannot be read; the message names the topic and what is wrong."""


@dataclass(frozen=True)
class Answer:
    """One answer. ``text``: what is said, with ``{fact_…}``; ``questions``: examples in the words of carers."""

    topic: str
    text: str
    questions: tuple[str, ...] = ()
    note: str = ""

    @property
    def facts(self) -> frozenset[str]:
        """The keys of the facts that it quotes."""
        return frozenset(name.removeprefix("fact_") for name in _placeholders(self.text))


class CuratedAnswers:
    """The answers that editors published; a change is seen without a restart."""

    def __init__(self, records: Records) -> None:
        self._following = Following(records, RecordKind.ANSWER, _of_records)

    def texts(self) -> Mapping[str, str]:
        """What is said, by topic."""
        return self._following.current().texts

    def find(self, question: str) -> Answer | None:
        """The answer whose example question is nearly this one; of several the likest."""
        asked = _words(question)
        if len(asked) < LEAST_WORDS:
            return None
        current, typed = self._following.current(), " ".join(asked)
        best: tuple[float, Answer | None] = (ALIKE, None)
        for words, answer in current.examples:
            if min(len(words), len(asked)) / max(len(words), len(asked)) >= LENGTHS_ALIKE:
                alike = token_set_ratio(" ".join(words), typed)
                if alike > best[0] or (alike == ALIKE and best[1] is None):
                    best = (alike, answer)
        return best[1]


@dataclass(frozen=True)
class _Known:
    texts: Mapping[str, str]
    examples: tuple[tuple[list[str], Answer], ...]


def read_answer(topic: str, body: Any, facts: Collection[str] | None = None) -> Answer:
    """One answer of plain data. Raises ``AnswerError`` with all faults."""
    if faults := answer_faults(topic, body, facts):
        raise AnswerError(f"answer {topic}", faults)
    return Answer(topic, body["text"].strip(), tuple(body.get("questions") or ()), body.get("note") or "")


def answer_faults(topic: str, body: Any, facts: Collection[str] | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong with an answer, in Dutch for its editor; ``facts``: the keys that may be quoted."""
    faults = (*key_faults(topic), *field_faults(RecordKind.ANSWER, body))
    return faults or (*_placeholder_faults(body["text"], facts), *_question_faults(body.get("questions") or ()))


def answer_warnings(text: str) -> tuple[str, ...]:
    """What an editor better words in another way, with why; she decides."""
    rules = read_yaml(WARNINGS_FILE.read_text(encoding="utf-8"))["warnings"]
    return tuple(rule["because"] for rule in rules if re.search(rule["pattern"], text, re.IGNORECASE))


def _placeholder_faults(text: str, facts: Collection[str] | None) -> Iterator[Fault]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        yield Fault("text", "braces")
        return
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if form or conversion or not _QUOTED.fullmatch(name):
            yield Fault("text", "placeholder", {"value": "{" + name + "}"})
        elif facts is not None and name.removeprefix("fact_") not in facts:
            yield Fault("text", "no_fact", {"value": name.removeprefix("fact_")})


def _question_faults(questions: Iterable[str]) -> Iterator[Fault]:
    for question in questions:
        if len(_words(question)) < LEAST_WORDS:
            yield Fault("questions", "question_short", {"value": question})


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _of_records(records: Iterable[Record]) -> _Known:
    answers = list(readable(records, read_answer, AnswerError))
    examples = tuple((_words(question), answer) for answer in answers for question in answer.questions)
    return _Known({answer.topic: answer.text for answer in answers}, examples)
