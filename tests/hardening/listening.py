"""Runs as a process of its own: builds a house, talks whole turns, makes a paper, and tells on standard output every
attempt to reach anything but this machine. What is listened to is Python itself, so that no library is missed."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path

ATTEMPTS: list[str] = []
_LOCAL = ("127.", "::1", "localhost", "0.0.0.0", "/")
TURNS = (
    "mijn moeder heeft dementie",
    "ik ben zo moe",
    "in Ede",
    "wat kost dat",
    "ik wil een mens spreken",
    "ja",
    "nee",
)


def _listen(event: str, arguments: tuple) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        where = str(address[0] if isinstance(address, tuple) else address)
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        where = str(arguments[0])
    else:
        return
    if not where.startswith(_LOCAL):
        ATTEMPTS.append(f"{event} {where}")
        raise OSError("no network here")


def main() -> None:
    sys.addaudithook(_listen)
    from bot.conversations.records import Incoming
    from bot.request.base import utc_now
    from channels.serving import application, warm_up
    from tests.house import opened_house

    with tempfile.TemporaryDirectory() as folder, opened_house(Path(folder), utc_now) as house:
        application(house)
        warm_up(house)

        async def talk() -> int:
            talk_id = house.conversations.start("web").id
            await house.reception.open(talk_id)
            for turn in TURNS:
                await house.reception.receive(talk_id, Incoming(turn))
            return len(house.conversations.since(talk_id))

        messages = asyncio.run(talk())
    print(json.dumps({"attempts": ATTEMPTS, "messages": messages}))  # noqa: T201


if __name__ == "__main__":
    main()
