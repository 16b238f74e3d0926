"""The secret that signs sessions: given by the operator, or made once by ourselves and kept beside the database.

Whole or not there: half a secret, or an empty one that a full disk left behind, would let anybody sign in.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

NAME = "ADEMPAUZE_SECRET"
SHORTEST = 32
"""A secret has at least so many characters; a shorter one can be guessed."""


def given_secret(text: str) -> str:
    """The operator's own. Raises ``ValueError`` when it cannot be used."""
    if len(text.strip()) < SHORTEST:
        raise ValueError(f"{NAME} must have at least {SHORTEST} characters; without it the house makes one itself")
    return text


def own_secret(path: Path) -> str:
    """The secret in this file, made at the first start, so that sessions survive a restart without any set-up.

    Raises ``ValueError`` when there is none in it.
    """
    if not path.exists():
        _write_first(path)
    content = path.read_bytes().strip()
    if len(content) < SHORTEST or not content.isascii():
        raise ValueError(f"{path} holds no whole secret: remove it and a new one is made; staff then sign in again")
    return content.decode("ascii")


def _write_first(path: Path) -> None:
    """Of two processes that start at once, one makes the file and both read it."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        aside.touch(mode=0o600)
        aside.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink(missing_ok=True)
