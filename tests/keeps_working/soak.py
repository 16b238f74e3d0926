"""A long life: ``python -m tests.keeps_working.soak 5 50``: 50 people talk for 5 minutes, and what then stays behind.

They do what people do: talk, look on live, lose the line in the middle of it, come back, begin anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.keeps_working.crowd import SAID
from tests.keeps_working.server import Server, Someone

PAUSE = 2.0  # seconds at most between two things that somebody does
REST = 8.0  # seconds after which nobody is there any more


@dataclass(frozen=True)
class Held:
    """What the process holds: resident memory in MB, open files and lines, threads."""

    memory: float
    files: int
    threads: int

    @classmethod
    def by(cls, server: Server) -> Held:
        """What it holds now."""
        process = psutil.Process(server.process_id)
        with process.oneshot():
            return cls(process.memory_info().rss / 2**20, process.num_fds(), process.num_threads())


async def live(server: Server, people: int, seconds: float) -> tuple[list[Held], int]:
    """Everybody lives for so long; what was held every twentieth of it, and how many turns there were."""
    end, held, turns = time.monotonic() + seconds, [Held.by(server)], [0]
    limits = httpx.Limits(max_connections=people * 3)
    async with httpx.AsyncClient(timeout=120, limits=limits) as client:
        alive = [asyncio.create_task(_one(server, number, client, end, turns)) for number in range(people)]
        while time.monotonic() < end:
            await asyncio.sleep(seconds / 20)
            held.append(await asyncio.to_thread(Held.by, server))
        await asyncio.gather(*alive)
    return held, turns[0]


async def _one(server: Server, number: int, client: httpx.AsyncClient, end: float, turns: list[int]) -> None:
    draw, mark = random.Random(number), 0
    while time.monotonic() < end:
        someone = Someone(server, number, client)
        await someone.begin()
        for _ in range(draw.randint(2, 6)):
            looking = asyncio.create_task(someone.looks_on(draw.uniform(0.1, PAUSE)))
            mark += 1
            await someone.say(draw.choice(SAID), f"soak-{number:04}-{mark:06}")
            turns[0] += 1
            if draw.random() < 0.3:
                looking.cancel()  # the line breaks
            with contextlib.suppress(asyncio.CancelledError):
                await looking
            await asyncio.sleep(draw.uniform(0, PAUSE))
        if draw.random() < 0.3:
            await someone.erase()


def main() -> None:
    """Print the figures."""
    minutes, people = (float(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (5.0, 50)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        held, turns = asyncio.run(live(server, people, minutes * 60))
        time.sleep(REST)
        after, health = Held.by(server), server.health()
        server.stop()
    print(f"{people} people, {minutes:.0f} minutes, {turns} turns; health: {health['status']}")
    for name, each in (
        ("at the start", held[0]),
        ("a quarter in", held[5]),
        ("at the end", held[-1]),
        ("after", after),
    ):
        print(f"{name}: {each.memory:.0f} MB, {each.files} files, {each.threads} threads")


if __name__ == "__main__":
    main()
