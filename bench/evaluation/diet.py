"""The third yardstick: Rasa's default pipeline with DIET, trained as a real Rasa model in a process of its own.

It takes minutes for each task, so what it said is kept, under the fingerprint of everything that it was made from.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.evaluation.sets import Labelled
from bot.settings import ROOT

CONFIG = ROOT / "bench" / "default_config.yml"
KEPT = ROOT / "var" / "evaluation" / "diet"


def classify(task: str, training: Labelled, texts: Sequence[str], kept: Path = KEPT) -> list[str]:
    """Train (or remember) and give each text its likeliest label. Raises ``RuntimeError`` when Rasa makes no model."""
    memory = kept / f"{task}-{_fingerprint(training, texts)}.json"
    if not memory.exists():
        kept.mkdir(parents=True, exist_ok=True)
        answers = _train_and_ask(training, texts, kept / f"{task}.log")
        memory.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
        for old in kept.glob(f"{task}-*.json"):
            if old != memory:
                old.unlink()
    labels: list[str] = json.loads(memory.read_text(encoding="utf-8"))
    return labels


def _fingerprint(training: Labelled, texts: Sequence[str]) -> str:
    made_from = json.dumps([training.texts, training.labels, list(texts), CONFIG.read_text(encoding="utf-8")])
    return hashlib.sha256(made_from.encode()).hexdigest()[:16]


def _train_and_ask(training: Labelled, texts: Sequence[str], log: Path) -> list[str]:
    names = sorted(set(training.labels))  # Rasa reads "/" in an intent as something else, so labels travel as numbers
    number = {name: f"label_{place}" for place, name in enumerate(names)}
    with tempfile.TemporaryDirectory(prefix="diet-") as folder:
        work = Path(folder)
        (work / "config.yml").write_text(CONFIG.read_text(encoding="utf-8"), encoding="utf-8")
        examples: dict[str, list[str]] = {number[name]: [] for name in names}
        for text, label in zip(training.texts, training.labels, strict=True):
            examples[number[label]].append(text)
        (work / "work.json").write_text(json.dumps({"examples": examples, "texts": list(texts)}), encoding="utf-8")
        command = [sys.executable, "-m", "bench.evaluation.diet_worker", str(work)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
        with log.open("wb") as output:
            done = subprocess.run(command, cwd=work, env=environment, stdout=output, stderr=output, check=False)
        if done.returncode:
            raise RuntimeError(f"Rasa's default pipeline made no model; {log} says why")
        told = json.loads((work / "answers.json").read_text(encoding="utf-8"))
    return [names[int(label.removeprefix("label_"))] for label in told]
