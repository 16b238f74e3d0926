"""Telegram without a web server: asks Telegram for messages and answers them, until stopped."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from contextlib import suppress
from dataclasses import replace
from typing import Any

from bot.keeping import STORING_FAILS
from bot.settings import Settings
from channels.cli.problem import NO_MODEL, Problem

HOW_TO_BEGIN = """There is no token of a Telegram bot yet. This is how you get one, in about two minutes:

  1. Open Telegram and look for @BotFather (with the blue tick).
  2. Send him /newbot. He asks for a name people see, such as "Adempauze Ede",
     and for a name that ends in "bot", such as adempauze_ede_bot.
  3. He answers with a token: a number, a colon and many letters. Whoever has it is the bot: keep it to yourself.
  4. Send him /setjoingroups and choose Disable: this bot talks with one person at a time.

Then start again with the token:

  ADEMPAUZE_TELEGRAM_TOKEN=123456:ABC... make telegram

How it works on a server, and what Telegram may see: docs/telegram.md"""


FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0  # seconds
NO_WAY_OUT = "Telegram cannot be reached ({error}); tried again in {seconds} seconds. Is there a way out to it?"


def add_verbs(verbs: Any) -> None:
    """Add the verb ``telegram`` to the parser."""
    telegram = verbs.add_parser("telegram", help="a Telegram bot on this machine, by polling; `serve` does it too")
    telegram.set_defaults(run=_run)


def _run(options: argparse.Namespace, settings: Settings) -> int:
    if settings.telegram is None:
        raise Problem(HOW_TO_BEGIN)
    from channels.outgoing.settings import OutgoingSettings
    from channels.root import build_house
    from channels.serving import warm_up
    from channels.telegram.building import build_telegram

    house = build_house(settings, outgoing=OutgoingSettings.from_environment())
    if house.assistant is None:
        raise Problem(NO_MODEL[house.model])
    warm_up(house)
    telegram = build_telegram(house, replace(settings.telegram, polling=True))
    asyncio.run(_until_told(house, telegram))
    return 0


async def _until_told(house: Any, telegram: Any) -> None:
    running = asyncio.ensure_future(_talk(house, telegram))
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, running.cancel)
    with suppress(asyncio.CancelledError):
        await running


async def _talk(house: Any, telegram: Any) -> None:
    try:
        print(f"Open https://t.me/{await _name_of(telegram)} and say something. Stop with Ctrl+C.", flush=True)
        await asyncio.gather(telegram.run(), _tell_carers(house))
    finally:
        await telegram.channel.close()  # also when the token was refused, before anything ran


async def _name_of(telegram: Any) -> str:
    """The name people look the bot up by. Waits for a way out to Telegram, as long as that takes."""
    from telegram.error import InvalidToken, TelegramError

    wait = FIRST_WAIT
    while True:
        try:
            return str(await telegram.channel.name())
        except InvalidToken:
            raise Problem("Telegram does not know this token: look in ADEMPAUZE_TELEGRAM_TOKEN for a slip") from None
        except TelegramError as error:
            print(NO_WAY_OUT.format(error=type(error).__name__, seconds=round(wait)), file=sys.stderr, flush=True)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


async def _tell_carers(house: Any) -> None:
    """What the desk left for people; `serve` does this too, and nobody is told twice."""
    while True:
        with suppress(*STORING_FAILS):  # the channel itself says so, once
            await asyncio.to_thread(house.requests.deliver_notices)
        await asyncio.sleep(2)
