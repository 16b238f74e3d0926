"""Measuring one system: a process that serves, talks replayed over HTTP, its memory, its start-up."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from bot.settings import ROOT

Say = Callable[[httpx.Client, str], int]


@dataclass(frozen=True)
class Figures:
    """What was measured. Times in milliseconds a turn, start-up and training in seconds, memory in megabytes."""

    p50: float
    p95: float
    start_up: float
    memory: float
    training: float
    answered: int
    turns: int


@contextmanager
def serving(
    command: list[str], ready_url: str, log: Path, **environment: str
) -> Iterator[tuple[psutil.Process, float]]:
    """A process that serves; gives it and the seconds until ``ready_url`` answered."""
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **environment}
        )
        try:
            _wait(ready_url, process, log)
            yield psutil.Process(process.pid), time.perf_counter() - began
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def replay(talks: list[list[str]], begin: Callable[[], tuple[httpx.Client, Say]]) -> tuple[list[float], int]:
    """Say every turn and wait for its answer; milliseconds of each, and how many got at least one message back."""
    times, answered = [], 0
    for talk in talks:
        client, say = begin()
        with closing(client):
            for turn in talk:
                began = time.perf_counter()
                replies = say(client, turn)
                times.append((time.perf_counter() - began) * 1000)
                answered += bool(replies)
    return times, answered


def memory_of(*processes: psutil.Process) -> float:
    """Resident memory of the processes and their children, in megabytes."""
    every = [one for process in processes for one in (process, *process.children(recursive=True))]
    return sum(one.memory_info().rss for one in every) / 1e6


def _wait(url: str, process: subprocess.Popen[bytes], log: Path, most: float = 180) -> None:
    end = time.monotonic() + most
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} stopped:\n{log.read_text(errors='replace')[-2000:]}")
        try:
            if httpx.get(url, timeout=2).status_code < 500:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{url} did not answer within {most} s")
