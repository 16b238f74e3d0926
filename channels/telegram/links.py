"""Links into and out of Telegram: to begin a talk for a municipality, and to what is hers on our website."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.sealing import Seal, SealError
from knowledge.places.regions import Regions

LASTS = timedelta(hours=24)
COPY_PATH, EXPORT_PATH = "/telegram/aanvraag", "/telegram/gegevens"
"""Her copy of her request, and everything we have of her."""


def slug(name: str) -> str:
    """A name as it may stand in a link: ``s-hertogenbosch``."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]+", "-", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip("-")


def municipality_of(regions: Regions) -> Callable[[str], str | None]:
    """Gives the official name of the municipality that a link names, or ``None``."""
    names = {slug(each.name): each.name for each in regions.municipalities()}
    return lambda text: names.get(slug(text))


class DayLinks:
    """Addresses under ``path`` that open one thing of one conversation, for a day, and tell nothing by themselves."""

    def __init__(self, secret: str, base_url: str, path: str, clock: Callable[[], datetime]) -> None:
        self._seal = Seal(secret, f"link:{path}", clock)
        self._start = f"{base_url}{path}"

    def address(self, conversation_id: str) -> str:
        """The address of it for this conversation."""
        return f"{self._start}/{self._seal.close(conversation_id)}"

    def conversation(self, token: str) -> str | None:
        """Whose it is; ``None`` when the address is not ours, or of before yesterday."""
        try:
            return self._seal.open(token, LASTS)
        except SealError:
            return None
