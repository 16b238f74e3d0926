"""Pseudonyms of chats, and the seals around their addresses and texts: all of them follow from the secret of the house.

Whoever reads the database learns neither who talks with us at the other company nor what was said there.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from bot.sealing import Seal

_SIGNATURE_BYTES = 16  # 128 bits: nobody guesses one, and a button stays below Telegram's 64 bytes
_TOKEN = re.compile(r"([A-Za-z0-9.-]{1,40})~([A-Za-z0-9_-]{22})", re.ASCII)


class ChatKeys:
    """Keys of one ``channel``."""

    def __init__(self, secret: str, channel: str, clock: Callable[[], datetime]) -> None:
        self._secret = secret.encode()
        self._channel = channel
        self.addresses = Seal(secret, f"{channel}-address", clock)
        self.contents = Seal(secret, f"{channel}-content", clock)

    def pseudonym(self, address: str) -> str:
        """The key of the chat with this address: always the same, and not to be turned back."""
        return self._mac("chat", address).hex()

    def shared_secret(self, purpose: str) -> str:
        """A secret for the other company to know us by; it tells nothing about the secret of the house."""
        return self._mac("shared", purpose).hex()

    def sign(self, chat_key: str, word: str) -> str:
        """A ``word`` of ours for a button of this chat, such as ``"12.0"``, signed: at most 63 bytes."""
        return f"{word}~{self._signature(chat_key, word)}"

    def read(self, chat_key: str, signed: str) -> str | None:
        """The word of a button of this chat; ``None`` for one of another chat, of another house, or of somebody's own
        making."""
        match = _TOKEN.fullmatch(signed)
        if match is None or not hmac.compare_digest(self._signature(chat_key, match[1]), match[2]):
            return None
        return match[1]

    def _signature(self, chat_key: str, word: str) -> str:
        mac = self._mac("button", f"{chat_key}:{word}")[:_SIGNATURE_BYTES]
        return base64.urlsafe_b64encode(mac).rstrip(b"=").decode("ascii")

    def _mac(self, purpose: str, text: str) -> bytes:
        message = f"adempauze:{self._channel}:{purpose}:{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, message, sha256).digest()
