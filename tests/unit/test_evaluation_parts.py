"""The parts of `bench/evaluation` that do not count: floors, tables, reading the sets, the simple systems."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from rasa.shared.nlu.training_data.message import Message

from bench.evaluation import diet
from bench.evaluation.document import Section, Table, crossing, quote
from bench.evaluation.floors import Bar, aims_section, below, read_bars, unmeasured
from bench.evaluation.keywords import KeywordBot
from bench.evaluation.sets import NONE, Half, Labelled, fingerprints, read_pairs, read_xsid
from bench.evaluation.statistics import Figure, confusion
from bench.evaluation.training import main_danger, training_tasks
from bot.safety.kinds import DangerKind

BARS = {"recall": Bar("recall", floor=0.9, aim=0.95), "alarms": Bar("alarms", floor=0.1, aim=0.02, at_most=True)}


@pytest.mark.parametrize(
    ("recall", "alarms", "fallen"), [(0.9, 0.1, 0), (0.89, 0.0, 1), (1.0, 0.2, 1), (0.5, 0.5, 2), (math.nan, 0.0, 0)]
)
def test_a_figure_below_its_floor_is_named(recall: float, alarms: float, fallen: int) -> None:
    found = {"recall": Figure(recall, 0, 1, 9), "alarms": Figure(alarms, 0, 1, 9)}
    assert len(below(BARS, found)) == fallen


def test_what_was_not_measured_is_said_and_does_not_fall() -> None:
    assert below(BARS, {}) == []
    assert str(aims_section(BARS, {})).count("not measured") == 2


def test_the_committed_floors_can_be_read_and_told_apart() -> None:
    bars = read_bars()
    assert len({bar.label for bar in bars.values()}) == len(bars)
    assert unmeasured(bars, {"carer_f1": Figure(0.9, 0.8, 1, 9)}) == [bar.label for bar in bars.values()][1:]


def test_a_table_lines_up() -> None:
    lines = str(Table(("", "value"), [("long name", "1"), ("b", "22")])).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert "0" not in str(crossing(confusion(["a", "b"], ["b", "b"])))
    assert str(Section("Title").add("text")) == "## Title\n\ntext"
    assert quote("a | `b`\n c") == "`a / 'b' c`"


def test_the_sets_are_read_and_fingerprinted(tmp_path: Path) -> None:
    pairs, xsid = tmp_path / "pairs.jsonl", tmp_path / "nl.valid.conll"
    rows = [
        {"pair": "1", "text": "a", "crisis": "child", "doubt": True},
        {"pair": "1", "text": "b", "crisis": None, "why": "x"},
    ]
    pairs.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    xsid.write_text("# text = Zet de Wekker\n# intent = alarm/Set\n1\tZet\n\n", encoding="utf-8")
    assert read_pairs(pairs) == [Half("a", "1", "child", True, None), Half("b", "1", None, False, "x")]
    assert read_xsid(xsid) == Labelled(("Zet de Wekker",), ("alarm/set",))
    assert [(name, size, len(digest)) for name, size, digest in fingerprints([pairs, xsid])] == [
        ("pairs.jsonl", 2, 64),
        ("nl.valid.conll", 1, 64),
    ]


def test_the_keyword_bot_takes_the_first_label_that_has_a_word(tmp_path: Path) -> None:
    words = tmp_path / "words.yml"
    words.write_text(yaml.safe_dump({"task": {"a": "een|twee", "b": r"drie\b", "otherwise": "c"}}, sort_keys=False))
    assert KeywordBot(words).classify("task", ["Twee drie", "drie", "drieën", "tweeling"]) == ["a", "b", "c", "a"]


def test_the_word_lists_of_the_keyword_bot_hear_what_is_plain() -> None:
    bot = KeywordBot()
    assert bot.classify("role", ["Ik zorg voor mijn moeder", "Ik ben wijkverpleegkundige"]) == ["carer", "professional"]
    assert bot.classify("relation", ["mijn schoonmoeder", "mijn moeder", "hallo"]) == ["in_law", "parent", NONE]
    assert bot.classify("danger", ["ik wil dood", "ik ben moe"]) == ["suicide", NONE]
    assert bot.classify("scope", ["een nieuw paspoort", "ja graag"]) == ["out_of_scope", "in_scope"]


def test_what_diet_said_is_remembered_until_anything_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[str]] = []

    def train(training: Labelled, texts: Sequence[str], log: Path) -> list[str]:
        asked.append(texts)
        return [training.labels[0] for _ in texts]

    monkeypatch.setattr(diet, "_train_and_ask", train)
    training = Labelled(("x", "y"), ("a/b", "c"))
    assert (
        diet.classify("task", training, ["one"], tmp_path)
        == diet.classify("task", training, ["one"], tmp_path)
        == ["a/b"]
    )
    diet.classify("task", training, ["two"], tmp_path)
    diet.classify("task", Labelled(("x", "z"), ("a/b", "c")), ["two"], tmp_path)
    assert len(asked) == 3
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_the_simpler_systems_learn_from_what_the_product_learns_from() -> None:
    doubted = Message({"text": "x", "metadata": {"example": {"danger": "suicide", "danger_doubt": True}}})
    assert main_danger(doubted) == "suicide"
    tasks = training_tasks()
    assert set(tasks["danger"].labels) == {kind.value for kind in DangerKind} | {NONE}
    assert len(tasks["role"].texts) == len(tasks["scope"].texts) < len(tasks["danger"].texts)
