"""What goes wrong around the chats, for the operator: one line when it begins and one when it is over."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from enum import Enum

log = logging.getLogger(__name__)
AGAIN_AFTER = 600.0  # seconds until what lasts is said once more


class Cause(Enum):
    """What is wrong, and what is said when it is over."""

    DATABASE = (
        "telegram: nothing can be stored ({error}). Who writes is told so, with whom to call when there is danger",
        "telegram: what people write is stored again",
    )
    AWAY = (
        "telegram: Telegram cannot be reached ({error}). It is tried again; nothing is lost",
        "telegram: Telegram can be reached again",
    )
    SENDING = (
        "telegram: Telegram does not take what we send ({error}). It is tried again for three days; nothing is lost",
        "telegram: Telegram takes what we send again",
    )
    TOKEN = (
        "telegram: Telegram does not know our token. Ask @BotFather for the right one, put it in "
        "ADEMPAUZE_TELEGRAM_TOKEN and start again; until then nobody is answered",
        "telegram: Telegram knows our token again",
    )
    CONFLICT = (
        "telegram: another program asks for the messages of this bot. Stop one of the two; messages wait",
        "telegram: nobody else asks for the messages of this bot any more",
    )


class Trouble:
    """What lasts now. Never holds words of people, addresses or keys: an error is named by its kind."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._said: dict[Cause, float] = {}

    def begins(self, cause: Cause, error: BaseException | None = None) -> None:
        """It goes wrong now; said again while it lasts, it is told once in ten minutes."""
        now, before = self._seconds(), self._said.get(cause)
        if before is None or now - before >= AGAIN_AFTER:
            self._said[cause] = now
            log.error(cause.value[0].format(error=type(error).__name__))

    def over(self, *causes: Cause) -> None:
        """It went well: what lasted of these is over."""
        for cause in causes:
            if self._said.pop(cause, None) is not None:
                log.warning(cause.value[1])
