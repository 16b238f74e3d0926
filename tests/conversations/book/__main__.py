"""``make transcripts``: plays every talk through the real assistant and writes the book into ``transcripts/``."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from bot.engine.without_tensorflow import leave_out_tensorflow

leave_out_tensorflow()

# ruff: noqa: E402 - Rasa may only be imported after the line above
from bot.settings import ROOT
from channels.root import House
from tests.conversations.book.pages import Book
from tests.conversations.runner import Play, Written, every_file
from tests.house import MONDAY_MORNING, SetClock, opened_house

FOLDER = ROOT / "transcripts"


async def played(path: Path, house: House, clock: SetClock) -> Play:
    """The talk in ``path``, played to its end, also when it goes otherwise than written."""
    play = await Play.begin(Written.read(path), house, clock)
    async for _ in play.turns():
        pass
    return play


def main() -> None:
    """Write the book and say where it is."""
    clock = SetClock(MONDAY_MORNING)
    with tempfile.TemporaryDirectory() as folder, opened_house(Path(folder), clock) as house:

        async def all_played() -> list[Play]:
            return [await played(path, house, clock) for path in every_file()]

        plays = asyncio.run(all_played())
        Book(house.wording).write(FOLDER, plays)
    sys.stdout.write(f"{len(plays)} talks: {(FOLDER / 'index.html').as_uri()}\n")


if __name__ == "__main__":
    main()
