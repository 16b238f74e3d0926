"""What an operator sets about Telegram. Without a token there is no Telegram."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,80}", re.ASCII)
THEIR_SERVER = "https://api.telegram.org"


@dataclass(frozen=True)
class TelegramSettings:
    """``token``: what BotFather gave. ``polling``: we ask for messages; else Telegram brings them to our web address.
    ``server``: the server of the Bot API."""

    token: str = field(repr=False)
    polling: bool = True
    server: str = THEIR_SERVER

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], base_url: str) -> TelegramSettings | None:
        """Read the settings of this room; ``None`` without a token. Raises ``ValueError`` that names the setting."""
        token = environment.get("ADEMPAUZE_TELEGRAM_TOKEN", "").strip()
        if not token:
            return None
        if not _TOKEN.fullmatch(token):
            raise ValueError("ADEMPAUZE_TELEGRAM_TOKEN must be a token as BotFather gives it (number:letters)")
        secure = base_url.startswith("https:")
        way = environment.get("ADEMPAUZE_TELEGRAM_MODE") or ("webhook" if secure else "polling")
        if way not in ("webhook", "polling"):
            raise ValueError(f"ADEMPAUZE_TELEGRAM_MODE must be webhook or polling, not {way!r}")
        if way == "webhook" and not secure:
            raise ValueError("ADEMPAUZE_TELEGRAM_MODE webhook needs an ADEMPAUZE_BASE_URL that begins with https://")
        return cls(token, way == "polling", _server(environment.get("ADEMPAUZE_TELEGRAM_SERVER", "")))


def _server(address: str) -> str:
    if not address:
        return THEIR_SERVER
    parts = urlsplit(address)
    here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and here)):
        raise ValueError("ADEMPAUZE_TELEGRAM_SERVER must be an https address, or one on this machine")
    return address.rstrip("/")
