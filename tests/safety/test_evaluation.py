"""How well danger is heard, on sentences that were written apart from the patterns (see README.md in this folder)."""

from __future__ import annotations

import json
import re
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from bot.safety.detection import detect_danger
from bot.safety.kinds import Danger
from bot.safety.lexicon import read_lexicon

HERE = Path(__file__).parent
OPEN = ("", "_second", "_third", "_fourth", "_fifth")
GRAVE = ("suicide", "medical", "violence")
HELD_OUT_RECALL, HELD_OUT_ALARMS = 0.75, 0.05
"""Floors under what was measured on sentences the patterns never saw; raise them, never lower them."""


def rows(name: str, sets: tuple[str, ...]) -> list[dict[str, Any]]:
    lines = [line for part in sets for line in (HERE / f"{name}{part}.jsonl").read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def heard(row: dict[str, Any]) -> Danger | None:
    return detect_danger(row["text"])


def wilson(successes: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The 95% interval of a share; sensible near 0 and 1, where the textbook interval is not."""
    share, spread = successes / total, z * z / total
    middle = share + spread / 2
    reach = z * sqrt(share * (1 - share) / total + spread / total / 4)
    return (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)


def share(label: str, successes: int, total: int) -> float:
    low, high = wilson(successes, total)
    print(  # noqa: T201 - the figures are what this file is for
        f"{label:<44} {successes:>4}/{total:<4} = {successes / total:6.1%}  (95%: {low:.1%} to {high:.1%})"
    )
    return successes / total


def recall(kind: str, danger: list[dict[str, Any]]) -> float:
    of_kind = [row for row in danger if kind in ("any", row["kinds"][0])]
    return share(f"heard, {kind}", sum(heard(row) is not None for row in of_kind), len(of_kind))


def test_the_sets_are_large_enough_to_say_something() -> None:
    danger, contrast = rows("danger", OPEN), rows("contrast", OPEN)
    assert len(danger) >= 120
    assert len(contrast) >= 150
    assert len({row["text"] for row in danger + contrast}) == len(danger) + len(contrast)


@pytest.mark.parametrize("kind", [*GRAVE, "neglect", "breakdown", "child", "any"])
def test_danger_is_heard_in_the_sentences_the_patterns_were_improved_on(kind: str) -> None:
    assert recall(kind, rows("danger", OPEN)) >= 0.95


def test_plain_danger_gets_its_answer_at_once_and_under_the_right_kind() -> None:
    plain = [row for row in rows("danger", OPEN) if row["plain"]]
    found = [(row, danger) for row in plain if (danger := heard(row)) is not None]
    assert share("plain and certain", sum(danger.certain for _, danger in found), len(plain)) >= 0.92
    right = sum(danger.kind.value in row["kinds"] for row, danger in found)
    assert share("right kind", right, len(found)) >= 0.95


def test_what_is_no_danger_raises_no_alarm() -> None:
    contrast = rows("contrast", OPEN)
    alarms = sum(danger is not None and danger.certain for danger in map(heard, contrast))
    assert share("false alarms", alarms, len(contrast)) <= 0.03
    calm = [row for row in contrast if not row["may_ask"]]
    assert share("asked without need", sum(heard(row) is not None for row in calm), len(calm)) <= 0.05


def test_the_held_out_sentences_on_which_nothing_was_improved() -> None:
    danger, contrast = rows("danger", ("_held_out",)), rows("contrast", ("_held_out",))
    assert recall("any", danger) >= HELD_OUT_RECALL
    alarms = sum(found is not None and found.certain for found in map(heard, contrast))
    assert share("false alarms, held out", alarms, len(contrast)) <= HELD_OUT_ALARMS


def test_no_sentence_of_the_evaluation_stands_in_the_patterns() -> None:
    def bare(text: str) -> str:
        return " ".join(re.findall(r"\w+", text.casefold()))

    examples = {bare(example) for entry in read_lexicon().entries for example in entry.examples}
    everything = rows("danger", (*OPEN, "_held_out")) + rows("contrast", (*OPEN, "_held_out"))
    assert not {bare(row["text"]) for row in everything} & examples
