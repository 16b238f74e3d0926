"""How updates come in: Telegram brings them to our address, or we ask for them. Whatever fails, it goes on."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import Conflict, InvalidToken

from bot.keeping import STORING_FAILS
from channels.telegram.bot_api import BotAPI
from channels.telegram.introducing import Introduction
from channels.telegram.reading import Seen, read_update
from channels.telegram.trouble import Cause, Trouble
from channels.web.refusals import where_it_failed

log = logging.getLogger(__name__)
TRY_AGAIN, TRY_AGAIN_AT_MOST = 2.0, 60.0  # seconds
OTHER_PROGRAM_WAITS = 15.0  # seconds
_OF_TELEGRAM = (Cause.AWAY, Cause.TOKEN, Cause.CONFLICT)


class Arriving:
    """``address`` and ``secret``: where Telegram brings updates, and by which we know it; without them we ask."""

    def __init__(
        self, api: BotAPI, trouble: Trouble, introduction: Introduction, address: str | None, secret: str
    ) -> None:
        self._api = api
        self._trouble = trouble
        self._introduction = introduction
        self._address = address
        self._secret = secret
        self._pause = TRY_AGAIN
        self._offset: int | None = None  # the number to ask from next
        self._found: list[Any] = []

    async def run(self, take: Callable[[Any], Awaitable[None]], tell_unkept: Callable[[Seen], Awaitable[None]]) -> None:
        """Give every update to ``take``, in order, until cancelled; with a webhook it only tells Telegram where.

        One that cannot be stored comes again, and all that are behind it; ``tell_unkept`` answers those meanwhile.
        """
        while not await self._goes_well(self._get_ready):
            pass
        await self._introduction.make(self._api)
        while self._address is None:
            if await self._goes_well(self._ask):
                await self._take_all(take, tell_unkept)

    async def _get_ready(self) -> None:
        if self._address is None:
            await self._api.use_polling()
        else:
            await self._api.use_webhook(self._address, self._secret)

    async def _goes_well(self, call: Callable[[], Awaitable[None]]) -> bool:
        """Ask Telegram something; when that fails, say so once and wait, longer each time."""
        try:
            await call()
        except Conflict:
            self._trouble.begins(Cause.CONFLICT)
            await asyncio.sleep(OTHER_PROGRAM_WAITS)
        except InvalidToken:
            self._trouble.begins(Cause.TOKEN)
            await asyncio.sleep(TRY_AGAIN_AT_MOST)
        except Exception as error:
            self._trouble.begins(Cause.AWAY, error)
            await asyncio.sleep(self._pause * (0.5 + random.random() / 2))  # noqa: S311
            self._pause = min(self._pause * 2, TRY_AGAIN_AT_MOST)
        else:
            self._trouble.over(*_OF_TELEGRAM)
            self._pause = TRY_AGAIN
            return True
        return False

    async def _ask(self) -> None:
        self._found = await self._api.updates(self._offset)

    async def _take_all(
        self, take: Callable[[Any], Awaitable[None]], tell_unkept: Callable[[Seen], Awaitable[None]]
    ) -> None:
        """After one that is not stored nothing is: that would break the order."""
        stored = True
        for update in self._found:
            seen = read_update(update)
            try:
                if stored:
                    await take(update)
                    self._offset = seen.number + 1 if seen is not None else self._offset
                elif seen is not None:
                    await tell_unkept(seen)
            except STORING_FAILS:  # she was told
                stored = False
            except Exception as error:
                log.error("telegram update not taken: %s", where_it_failed(error))
                stored = False
        if not stored:
            await asyncio.sleep(TRY_AGAIN)
