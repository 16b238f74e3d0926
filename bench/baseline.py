"""Rasa as it comes: default pipeline and policies, actions behind an HTTP server, REST channel, SQL tracker store.

Same training data, same domain, same actions, same talks. The actions read each message themselves (``read_message``),
because the default pipeline has no component for it: so both systems do the same work for the person.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path

import httpx

from bench.measure import Figures, Say, memory_of, replay, serving
from bot.settings import ROOT

PORT = 18085
ACTION_PORT = 18086
URL = f"http://127.0.0.1:{PORT}"
ENDPOINTS = """
action_endpoint: {{ url: "http://127.0.0.1:{port}/webhook" }}
tracker_store: {{ type: SQL, dialect: sqlite, db: "{work}/tracker.db" }}
nlg: {{ type: bot.engine.generator.WordingGenerator }}
"""


def measure(talks: list[list[str]], work: Path) -> Figures:
    """Train once into ``work`` (kept for the next run), serve, replay."""
    training = _train(work)
    (work / "endpoints.yml").write_text(ENDPOINTS.format(port=ACTION_PORT, work=work), encoding="utf-8")
    (work / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    environment = {"ADEMPAUZE_DATA": str(work / "var"), "PYTHONPATH": str(ROOT), "SANIC_WORKERS": "1"}
    actions = [sys.executable, "-m", "bench.baseline_actions", str(ACTION_PORT)]
    rasa = [sys.executable, "-m", "rasa", "run", "--port", str(PORT), "--interface", "127.0.0.1"]
    rasa += ["--model", str(work / "models"), "--endpoints", str(work / "endpoints.yml")]
    rasa += ["--credentials", str(work / "credentials.yml")]
    (work / "tracker.db").unlink(missing_ok=True)
    with (
        serving(actions, f"http://127.0.0.1:{ACTION_PORT}/health", work / "actions.log", **environment) as (server, _),
        serving(rasa, f"{URL}/webhooks/rest/", work / "rasa.log", **environment) as (process, start_up),
    ):
        replay(talks[:1], _begin)
        times, answered = replay(talks, _begin)
        memory = memory_of(process, server)
    deciles = statistics.quantiles(times, n=100)
    return Figures(deciles[49], deciles[94], start_up, memory, training, answered, len(times))


def _train(work: Path) -> float:
    """Seconds; a model of an earlier run with the same sources is used again, with the seconds it took then."""
    from bot.training import fingerprint

    note = work / "models" / f"{fingerprint()}.seconds"
    if note.exists():
        return float(note.read_text(encoding="ascii"))
    began = time.perf_counter()
    command = [sys.executable, "-m", "rasa", "train", "--force", "--domain", "domain.yml"]
    command += [
        "--data",
        "nlu_data",
        "bench/fallback_rule.yml",
        "--config",
        "bench/default_config.yml",
        "--out",
        str(work / "models"),
    ]
    with (work / "train.log").open("wb") as log:
        subprocess.run(
            command, cwd=ROOT, check=True, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
    seconds = time.perf_counter() - began
    note.write_text(str(seconds), encoding="ascii")
    return seconds


def _begin() -> tuple[httpx.Client, Say]:
    sender = uuid.uuid4().hex

    def say(client: httpx.Client, text: str) -> int:
        answer = client.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})
        answer.raise_for_status()
        return len(answer.json())

    return httpx.Client(base_url=URL, timeout=120), say
