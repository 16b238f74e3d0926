"""Many people at once: ``python -m tests.keeps_working.crowd 200`` starts a server and tells how long they waited."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.keeps_working.server import Server, Someone

SAID = (
    "mijn man heeft dementie en ik slaap niet meer",
    "hij is 78 en we wonen in Ede",
    "ik wil graag een dag voor mezelf",
)


@dataclass
class Crowd:
    """What came of it. ``seconds``: of each turn; ``lost``: what is missing or double, in words."""

    seconds: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def p50(self) -> float:
        """Half of the turns took no longer."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """Of twenty turns nineteen took no longer."""
        return statistics.quantiles(self.seconds, n=20)[-1]


async def talk_at_once(server: Server, people: int, said: tuple[str, ...] = SAID) -> Crowd:
    """Everybody opens the page and says the same things, one after the other, all of them at the same time."""
    crowd, limits = Crowd(), httpx.Limits(max_connections=people + 10)
    async with httpx.AsyncClient(timeout=120, limits=limits) as client:
        await asyncio.gather(*(_talk(server, number, client, crowd, said) for number in range(people)))
    return crowd


async def _talk(server: Server, number: int, client: httpx.AsyncClient, crowd: Crowd, said: tuple[str, ...]) -> None:
    someone = Someone(server, number, client)
    await someone.begin()
    for place, text in enumerate(said):
        began = time.perf_counter()
        answer = await someone.say(text, f"mark-{number:06}-{place}")
        crowd.seconds.append(time.perf_counter() - began)
        if answer.status_code != 200:
            crowd.lost.append(f"{number}: {answer.status_code} {answer.text[:80]}")
    there = await someone.everything()
    own = [message["text"] for message in there if message["author"] == "person"]
    if own != list(said):
        crowd.lost.append(f"{number}: {len(own)} of {len(said)} messages")
    answered = [there[place + 1]["author"] for place, one in enumerate(there[:-1]) if one["author"] == "person"]
    if answered != ["assistant"] * len(said):
        crowd.lost.append(f"{number}: {len(answered)} answers")


def main() -> None:
    """Print the figures."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        began = time.perf_counter()
        crowd = asyncio.run(talk_at_once(server, people))
        whole = time.perf_counter() - began
        health = server.health()
        server.stop()
    print(f"{people} people, {len(crowd.seconds)} turns in {whole:.0f} s ({len(crowd.seconds) / whole:.0f} a second)")
    print(f"p50 {crowd.p50:.1f} s, p95 {crowd.p95:.1f} s, longest {max(crowd.seconds):.1f} s")
    print(f"lost or double: {len(crowd.lost)}; health: {health['status']}")
    for line in crowd.lost[:5]:
        print(f"  {line}")


if __name__ == "__main__":
    main()
