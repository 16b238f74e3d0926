"""Secrets at rest: sealed with a key that follows from the secret of the settings, each purpose with a key of its own.

Who reads the database or a cookie reads nothing without that secret. When the secret of an installation is changed,
what was sealed before can no longer be opened: people then use a recovery code, or are given a new start by an
administrator.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class SealError(ValueError):
    """This was not sealed by us for this purpose, or too long ago."""


class Seal:
    """Seals and opens short texts for one ``purpose``."""

    def __init__(self, secret: str, purpose: str, clock: Callable[[], datetime]) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"adempauze:{purpose}".encode())
        self._box = Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
        self._clock = clock

    def close(self, text: str) -> str:
        """The text, sealed: nobody reads it, nobody changes it."""
        return self._box.encrypt_at_time(text.encode(), self._now()).decode("ascii")

    def open(self, sealed: str, lasts: timedelta | None = None) -> str:
        """The text. Raises ``SealError`` on anything that is not ours, or that is older than ``lasts``."""
        try:
            if lasts is None:
                return self._box.decrypt(sealed.encode()).decode()
            return self._box.decrypt_at_time(sealed.encode(), int(lasts.total_seconds()), self._now()).decode()
        except (InvalidToken, UnicodeError):
            raise SealError("not sealed here, or too long ago") from None

    def _now(self) -> int:
        return int(self._clock().timestamp())
