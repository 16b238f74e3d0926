"""What it costs: messages a second of ``adempauze understand`` on one core, training, and the size of the model."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.evaluation.document import Section, Table
from bench.evaluation.product import COMMAND
from bot.settings import ROOT, Settings
from bot.training import model_path

SHORT = 100
"""Characters: at most this long a message is short."""
_WARM_UP = 20
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Cost:
    """``speed`` in messages a second; training in seconds on the clock and of processor time; size in megabytes."""

    speed: float
    messages: int
    characters: float
    training: float
    training_processor: float
    size: float
    load: float


def measure_cost(texts: Sequence[str]) -> Cost:
    """Ask the short ones among the texts, each once, and train anew in a folder that is thrown away."""
    short = [text for text in dict.fromkeys(texts) if len(text) <= SHORT]
    load = os.getloadavg()[0]
    speed = _speed(short)
    training, processor = _training()
    size = model_path(Settings.from_environment().models_dir).stat().st_size / 1e6
    asked = short[_WARM_UP:]
    return Cost(speed, len(asked), sum(map(len, asked)) / len(asked), training, processor, size, load)


def cost_section(cost: Cost) -> Section:
    """The costs as a table."""
    rows = [
        ("messages a second, one core, after loading", f"{cost.speed:.0f}"),
        ("training, seconds on the clock", f"{cost.training:.0f}"),
        ("training, seconds of processor time", f"{cost.training_processor:.0f}"),
        ("model file, MB", f"{cost.size:.1f}"),
    ]
    section = Section("Cost").add(Table(("", "value"), rows))
    return section.add(
        f"{cost.messages} messages of {cost.characters:.0f} characters on average, each different. {os.cpu_count()} "
        f"cores, load average {cost.load:.1f} when measuring began (this run included): others make it slower."
    )


def _speed(texts: Sequence[str]) -> float:
    """From the answer to the last message of the warm-up to the answer to the last of all, pinned on one core."""
    lines = [json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts)]
    environment = {**os.environ, **_ONE_THREAD}
    with subprocess.Popen(
        COMMAND, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        os.sched_setaffinity(process.pid, {min(os.sched_getaffinity(0))})  # before it has threads, which inherit it
        threading.Thread(target=_write, args=(process.stdin, lines), daemon=True).start()
        moments = [time.perf_counter() for _ in process.stdout]
    if process.returncode:
        raise RuntimeError("`adempauze understand` failed")
    return (len(moments) - _WARM_UP) / (moments[-1] - moments[_WARM_UP - 1])


def _write(pipe: object, lines: Sequence[str]) -> None:
    with pipe:  # type: ignore[attr-defined]
        pipe.writelines(lines)  # type: ignore[attr-defined]


def _training() -> tuple[float, float]:
    """Seconds on the clock and of processor time of ``adempauze train``, start to end, into a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="training-") as folder:
        environment = {**os.environ, "ADEMPAUZE_MODELS": str(Path(folder))}
        command = [sys.executable, "-m", "channels.cli.main", "train", "--force"]
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return ended - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
