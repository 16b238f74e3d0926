"""How the bot presents itself: the list of commands, and what stands in the empty chat and on its page.

Telegram keeps this. It is looked at on every start and changed only where it differs; when that fails the bot talks all
the same.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError

from bot.wording import Wording
from channels.telegram.bot_api import BotAPI

log = logging.getLogger(__name__)
COMMANDS = ("start", "help", "verder", "mijn", "weg", "stop", "wis")
"""In the order of the menu: the gentle ones first."""


class Introduction:
    """In the words of ``wording``; ``address`` is where the website is."""

    def __init__(self, wording: Wording, address: str) -> None:
        self._wording = wording
        self._address = address

    def commands(self) -> dict[str, str]:
        """What the menu beside the text field shows."""
        return {name: self._wording.text(f"utter_telegram_command_{name}") for name in COMMANDS}

    async def make(self, api: BotAPI) -> None:
        """Let Telegram show it. Never raises what Telegram raises."""
        about = self._wording.text("utter_telegram_about", address=self._address)
        short = self._wording.text("utter_telegram_about_short")
        parts: dict[str, Callable[[], Awaitable[None]]] = {
            "commands": lambda: api.show_commands(self.commands()),
            "description": lambda: api.show_description(about),
            "short description": lambda: api.show_short_description(short),
        }
        for part, show in parts.items():
            try:
                await show()
            except TelegramError as error:
                log.warning("telegram: the %s of the bot is left as it was (%s)", part, type(error).__name__)
