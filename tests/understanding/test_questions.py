"""How well side questions are understood that nobody trained on, with floors below which a change is a step back.

``questions.jsonl`` was written by somebody who saw the list of topics and nothing else: three lines a topic, sixty
questions of no topic, sixty messages that ask nothing. Totals were seen while the way of deciding was set; no line was
read for it. Print with ``-s``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from actions.heard import ASKING, SURE_ASIDE, SURE_REACTION, SURE_TOPIC
from tests.understanding.test_figures import HERE, wilson
from tests.understanding.trained import Understanding


@dataclass(frozen=True)
class Asked:
    """One line with what was understood of it."""

    gold: dict[str, Any]
    intent: str
    topics: list[dict[str, Any]]
    asks: bool

    @property
    def right(self) -> set[str]:
        """Every topic that would be a good answer; empty when there is none."""
        return {topic for topic in (self.gold["topic"], *self.gold.get("also", [])) if topic}

    @property
    def answered(self) -> str | None:
        """The topic that is answered at once, as in ``actions.turn``, with nothing else told."""
        least = SURE_TOPIC if self.intent == "ask" else SURE_REACTION if self.intent in ASKING else SURE_ASIDE
        speaks = self.intent in ASKING or self.asks
        return str(self.topics[0]["topic"]) if speaks and self.topics and self.topics[0]["chance"] >= least else None


@pytest.fixture(scope="module")
def asked(understanding: Understanding) -> list[Asked]:
    lines = (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [_read(json.loads(line), understanding) for line in lines]


def _read(gold: dict[str, Any], understanding: Understanding) -> Asked:
    found = understanding.parse(gold["text"])
    return Asked(gold, found["intent"]["name"], found.get("topics") or [], bool(found.get("asks")))


def share(name: str, right: int, total: int) -> float:
    """The share, printed with its interval."""
    low, high = wilson(right, total)
    print(f"{name:48} {right:3}/{total:3} = {right / total:.3f}  [{low:.3f}, {high:.3f}]")  # noqa: T201 - the figures are what this is for
    return right / total


def test_the_topic_is_the_likeliest_or_among_three(asked: list[Asked]) -> None:
    known = [one for one in asked if one.right]
    first = sum(bool(one.topics) and one.topics[0]["topic"] in one.right for one in known)
    three = sum(any(found["topic"] in one.right for found in one.topics) for one in known)
    assert share("topic, the likeliest", first, len(known)) >= 0.7
    assert share("topic, among the likeliest three", three, len(known)) >= 0.83


def test_what_is_answered_at_once_is_mostly_what_was_asked(asked: list[Asked]) -> None:
    answered = [one for one in asked if one.right and one.answered]
    right = sum(one.answered in one.right for one in answered)
    assert share("answered at once, and rightly", right, len(answered)) >= 0.8
    assert share("answered at once, of all with a topic", len(answered), sum(bool(one.right) for one in asked)) >= 0.6


def test_what_asks_nothing_we_know_is_seldom_answered(asked: list[Asked]) -> None:
    others = [one for one in asked if not one.right]
    assert share("answered though of no topic", sum(bool(one.answered) for one in others), len(others)) <= 0.15
