"""Links into and out of Telegram: to begin a talk for a municipality, and to her copy of her request."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.sealing import Seal, SealError
from knowledge.places.regions import Regions

COPY_LASTS = timedelta(hours=24)
COPY_PATH = "/telegram/aanvraag"


def slug(name: str) -> str:
    """A name as it may stand in a link: ``s-hertogenbosch``."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]+", "-", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip("-")


def municipality_of(regions: Regions) -> Callable[[str], str | None]:
    """Gives the official name of the municipality that a link names, or ``None``."""
    names = {slug(each.name): each.name for each in regions.municipalities()}
    return lambda text: names.get(slug(text))


class CopyLinks:
    """Addresses of her copy of her request. Each opens that one thing, for a day, and tells nothing by itself."""

    def __init__(self, secret: str, base_url: str, clock: Callable[[], datetime]) -> None:
        self._seal = Seal(secret, "telegram-copy", clock)
        self._base_url = base_url

    def address(self, conversation_id: str) -> str:
        """The address of the copy in this conversation."""
        return f"{self._base_url}{COPY_PATH}/{self._seal.close(conversation_id)}"

    def conversation(self, token: str) -> str | None:
        """Whose copy it is; ``None`` when the address is not ours, or of before yesterday."""
        try:
            return self._seal.open(token, COPY_LASTS)
        except SealError:
            return None
