"""Adempauze itself, measured through its widget API, with its own database, gate and history."""

from __future__ import annotations

import statistics
import sys
import time
import uuid
from pathlib import Path

import httpx

from bench.measure import Figures, Say, memory_of, replay, serving

PORT = 18080
URL = f"http://127.0.0.1:{PORT}"
HEADERS = {"x-adempauze": "1", "content-type": "application/json"}


def measure(talks: list[list[str]], work: Path) -> Figures:
    """Train once into ``work``, serve, replay."""
    environment = {
        "ADEMPAUZE_DATA": str(work / "var"),
        "ADEMPAUZE_MODELS": str(work / "models"),
        "ADEMPAUZE_PORT": str(PORT),
    }
    training = _train(environment, work)
    command = [sys.executable, "-m", "channels.cli.main", "serve"]
    with serving(command, f"{URL}/health", work / "ours.log", **environment) as (process, start_up):
        replay(talks[:1], _begin)  # the first turns of a process load what is loaded lazily, on both sides
        times, answered = replay(talks, _begin)
        memory = memory_of(process)
    deciles = statistics.quantiles(times, n=100)
    return Figures(deciles[49], deciles[94], start_up, memory, training, answered, len(times))


def _train(environment: dict[str, str], work: Path) -> float:
    import os
    import subprocess

    began = time.perf_counter()
    command = [sys.executable, "-m", "channels.cli.main", "train", "--force"]
    with (work / "ours-train.log").open("wb") as log:
        subprocess.run(command, env={**os.environ, **environment}, check=True, stdout=log, stderr=log)
    return time.perf_counter() - began


def _begin() -> tuple[httpx.Client, Say]:
    client = httpx.Client(base_url=URL, headers=HEADERS, timeout=60)
    client.post("/api/conversation", json={}).raise_for_status()

    def say(client: httpx.Client, text: str) -> int:
        answer = client.post("/api/messages", json={"text": text, "client_id": str(uuid.uuid4())})
        answer.raise_for_status()
        return len(answer.json()["messages"]) - 1

    return client, say
