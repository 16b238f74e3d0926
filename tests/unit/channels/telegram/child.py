"""A bot in a process of its own, for the test that kills it: ``python -m tests.unit.channels.telegram.child …``."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace

from bot.settings import Settings
from channels.root import build_house
from channels.telegram.building import build_telegram
from tests.telegram_wire import TOKEN


async def main() -> None:
    """Run until killed."""
    wanted = json.loads(sys.argv[1])
    settings = Settings.from_environment(
        {
            "ADEMPAUZE_DATA": sys.argv[2],
            "ADEMPAUZE_SECRET": wanted["secret"],
            "ADEMPAUZE_DATABASE": wanted["database"],
            "ADEMPAUZE_TELEGRAM_TOKEN": TOKEN,
            "ADEMPAUZE_TELEGRAM_SERVER": wanted["server"],
        }
    )
    house = build_house(replace(settings, base_url="https://adempauze.example"), with_model=False)
    await build_telegram(house, settings.telegram).run()


if __name__ == "__main__":
    asyncio.run(main())
