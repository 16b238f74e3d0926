"""The Bot API as we use it, on python-telegram-bot: only its ``Bot``, no application or updater of its own.

The library and its HTTP client would put addresses (with our token), and what people write, in the log. They are
silenced here; what goes wrong is logged by us, by its kind.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library then gives durations, and does not warn about seconds

from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, NetworkError
from telegram.request import HTTPXRequest

from bot.chats.telegram_settings import TelegramSettings
from channels.telegram.kinds import HEARD

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  - its name
ALLOWED_UPDATES = tuple(sorted(HEARD))
POLL_SECONDS = 25
Row = Sequence[tuple[str, str]]
"""Buttons beside each other: the words, and what comes back when one is pressed."""
_TIMES: dict[str, Any] = {"connect_timeout": 5.0, "read_timeout": 15.0, "write_timeout": 10.0, "pool_timeout": 5.0}
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # nobody fetches an address because it stands in a message


def silence_the_library() -> None:
    """From now on nothing of the library or its HTTP client reaches a log, whatever level an operator asks for."""
    for name in ("telegram", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for name in ("telegram.Bot", "telegram.request", "telegram.request.BaseRequest", "telegram.request.HTTPXRequest"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class BotAPI:
    """One bot. Close it when done. What fails raises ``telegram.error.TelegramError``."""

    def __init__(self, settings: TelegramSettings) -> None:
        silence_the_library()
        self.reachable = True  # did it answer the last time, whatever it answered?
        self._polling = _Watched(self, connection_pool_size=1, **_TIMES)
        self._request = _Watched(self, connection_pool_size=32, **_TIMES)
        self._bot = Bot(
            settings.token,
            base_url=f"{settings.server}/bot",
            base_file_url=f"{settings.server}/file/bot",
            request=self._request,
            get_updates_request=self._polling,
        )

    async def close(self) -> None:
        """Let go of every connection."""
        await self._request.shutdown()
        await self._polling.shutdown()

    async def name(self) -> str:
        """The name of the bot, as people look it up."""
        return (await self._bot.get_me()).username or ""

    async def use_webhook(self, address: str, secret: str) -> None:
        """Let Telegram bring updates here: one at a time, which keeps their order. We store and answer at once."""
        await self._bot.set_webhook(address, secret_token=secret, allowed_updates=ALLOWED_UPDATES, max_connections=1)

    async def use_polling(self) -> None:
        """We ask for updates ourselves; those that wait stay."""
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def updates(self, offset: int | None, seconds: int = POLL_SECONDS) -> list[Any]:
        """The updates from ``offset`` on, as they are; waits ``seconds`` for the first.

        Not by the library's own method: that one fails on a batch with one odd update in it, and logs the whole.
        """
        asked = {"timeout": seconds, "allowed_updates": str(list(ALLOWED_UPDATES)).replace("'", '"')}
        query = urlencode({**asked, **({} if offset is None else {"offset": offset})})
        found = await self._polling.post(f"{self._bot.base_url}/getUpdates?{query}", read_timeout=seconds + 10.0)
        return found if isinstance(found, list) else []

    async def show_commands(self, commands: dict[str, str]) -> None:
        """The list that opens beside the text field."""
        wanted = tuple(BotCommand(name, text) for name, text in commands.items())
        if tuple(await self._bot.get_my_commands()) != wanted:
            await self._bot.set_my_commands(wanted)

    async def show_description(self, text: str) -> None:
        """What stands in the chat before anything was said."""
        if (await self._bot.get_my_description()).description != text:
            await self._bot.set_my_description(text)

    async def show_short_description(self, text: str) -> None:
        """What stands on the page of the bot, and beside a link to it."""
        if (await self._bot.get_my_short_description()).short_description != text:
            await self._bot.set_my_short_description(text)

    async def send(self, chat: int, html: str, plain: str, rows: Sequence[Row] = ()) -> int:
        """A message; gives its number. When Telegram cannot read the markup the words go without it."""
        keys = [[InlineKeyboardButton(title, callback_data=data) for title, data in row] for row in rows]
        options: dict[str, Any] = {
            "reply_markup": InlineKeyboardMarkup(keys) if keys else None,
            "link_preview_options": _NO_PREVIEW,
        }
        try:
            sent = await self._bot.send_message(chat, html, parse_mode=ParseMode.HTML, **options)
        except BadRequest as error:
            if "parse entities" not in str(error):
                raise
            sent = await self._bot.send_message(chat, plain, **options)
        return sent.message_id

    async def send_file(self, chat: int, name: str, content: bytes, words: str) -> int:
        """A file with a few words beside it; gives the number of the message."""
        file = InputFile(content, filename=name)
        sent = await self._bot.send_document(chat, file, caption=words, disable_content_type_detection=True)
        return sent.message_id

    async def show_choice(self, chat: int, message: int, title: str, data: str) -> None:
        """Put the one button she chose in the place of all."""
        chosen = InlineKeyboardMarkup([[InlineKeyboardButton(title, callback_data=data)]])
        await self._bot.edit_message_reply_markup(chat, message, reply_markup=chosen)

    async def remove(self, chat: int, messages: Sequence[int]) -> None:
        """Take messages out of the chat, hers too, as far as Telegram allows (two days)."""
        await self._bot.delete_messages(chat, list(messages))

    async def leave(self, chat: int) -> None:
        """Go out of a group."""
        await self._bot.leave_chat(chat)

    async def acknowledge(self, press: str) -> None:
        """The button that was pressed stops waiting."""
        await self._bot.answer_callback_query(press)

    async def type(self, chat: int) -> None:
        """Show for some seconds that somebody is working on an answer."""
        await self._bot.send_chat_action(chat, ChatAction.TYPING)


class _Watched(HTTPXRequest):
    """The library's HTTP client, which notes whether Telegram is there."""

    def __init__(self, api: BotAPI, **options: Any) -> None:
        super().__init__(**options)
        self._api = api

    async def do_request(self, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        """One call; 500 and above is no answer."""
        try:
            status, body = await super().do_request(*arguments, **options)
        except NetworkError:
            self._api.reachable = False
            raise
        self._api.reachable = status < 500
        return status, body
