"""Columns that only this house can read: personal data is sealed before it reaches the database, and opened after.

Whoever steals the database, a backup or a disk reads nothing without the keys. A sealed value is a token of the
``cryptography`` library (Fernet: encrypted, and signed so that nobody changes it); the first key of the ring seals,
every key of the ring opens, so keys can be changed while the house runs. What was stored before there were keys is
still read, and sealed the next time it is written.

The ring belongs to the engine (``open_engine(url, keyring)``): a column type sees its dialect, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import JSON, Text
from sqlalchemy.types import TypeDecorator

SHORTEST_START = 3
"""From so many letters the beginning of a word can be searched."""
LONGEST_START = 12
_MARK = 6  # characters of a search mark: one in 69 billion other words has the same
_TOKEN = re.compile(r"gAAAAA[A-Za-z0-9_-]{90,}={0,2}", re.ASCII)


class UnreadableError(ValueError):
    """A sealed value that none of the keys opens: the keys of another house, or one that was thrown away."""


class Keyring:
    """The keys of a house, newest first. An empty ring seals nothing: for catalogues and tests without people."""

    def __init__(self, secrets: Sequence[str] = (), again: Callable[[], Sequence[str]] | None = None) -> None:
        """``again`` reads the keys anew: a key that was added while we run is taken up when it is first met."""
        self._again = again
        self._take(secrets)

    def _take(self, secrets: Sequence[str]) -> None:
        self._secrets = tuple(secrets)
        self._each = tuple(Fernet(_derived(secret, "seal")) for secret in secrets)
        self._boxes = MultiFernet(self._each) if self._each else None
        self._markings = tuple(_derived(secret, "search") for secret in secrets)

    def __bool__(self) -> bool:
        return self._boxes is not None

    @property
    def names(self) -> tuple[str, ...]:
        """A short name of each key, newest first; it tells nothing about the key."""
        return tuple(hashlib.sha256(_derived(secret, "name")).hexdigest()[:8] for secret in self._secrets)

    def seal(self, text: str) -> str:
        """The text as a token that only this ring opens."""
        return self._boxes.encrypt(text.encode()).decode("ascii") if self._boxes else text

    def open(self, stored: str) -> str:
        """The text of a token; what was stored before there were keys, as it is. Raises ``UnreadableError``."""
        if not is_sealed(stored):
            return stored
        try:
            return self._opened(stored)
        except UnreadableError:
            secrets = self._again() if self._again is not None else self._secrets
            if tuple(secrets) == self._secrets:
                raise
            self._take(secrets)
            return self._opened(stored)

    def key_of(self, stored: str) -> int | None:
        """Which key opens this, 0 for the newest; ``None`` when it is not sealed. Raises ``UnreadableError``."""
        if not is_sealed(stored):
            return None
        for number, box in enumerate(self._each):
            try:
                box.decrypt(stored.encode())
            except InvalidToken:
                continue
            return number
        raise UnreadableError("none of the keys opens what is stored in this database")

    def _opened(self, stored: str) -> str:
        if self._boxes is None:
            raise UnreadableError("this database is sealed, and there is no key")
        try:
            return self._boxes.decrypt(stored.encode()).decode()
        except InvalidToken:
            raise UnreadableError("none of the keys opens what is stored in this database") from None

    def marks_of(self, folded: str) -> str:
        """What can be searched of a text without storing it: a mark for each beginning of each of its words."""
        if self._boxes is None:
            return folded
        starts = {
            word[:length]
            for word in folded.split()
            for length in {*range(SHORTEST_START, min(len(word), LONGEST_START) + 1), len(word)}
        }
        return " ".join(sorted(_mark(self._markings[0], start) for start in starts))

    def patterns_of(self, word: str) -> tuple[str, ...]:
        """What finds a text in which a word begins like this (``LIKE … ESCAPE '/'``): one for each key, because what
        was written before the newest key came has the marks of an older one until everything is sealed anew."""
        if self._boxes is None:
            return (_anywhere(word),)
        return tuple(_anywhere(_mark(key, word[:LONGEST_START])) for key in self._markings)


def keyring_of(dialect: Any) -> Keyring:
    """The ring of the engine that this dialect belongs to; an empty one when it was given none."""
    return getattr(dialect, "adempauze_keyring", None) or _NO_KEYS


class SealedText(TypeDecorator[str]):
    """A text, sealed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else keyring_of(dialect).seal(value) if value else ""

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return keyring_of(dialect).open(value) if value else value


class SealedJSON(TypeDecorator[Any]):
    """A JSON value, sealed: in the database it is a JSON text. ``None`` stays SQL's null."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        ring = keyring_of(dialect)
        return ring.seal(json.dumps(value, ensure_ascii=False)) if ring and value is not None else value

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return json.loads(keyring_of(dialect).open(value)) if isinstance(value, str) and is_sealed(value) else value


class SearchMarks(TypeDecorator[str]):
    """What can be searched, written as folded text and stored as marks: it never comes back as words."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else keyring_of(dialect).marks_of(value)


def is_sealed(value: str) -> bool:
    """Is this a token, and not a text from before there were keys?"""
    return _TOKEN.fullmatch(value) is not None


def _mark(key: bytes, word: str) -> str:
    signed = hmac.new(key, word.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(signed).decode("ascii")[:_MARK]


def _anywhere(text: str) -> str:
    return "%" + text.replace("/", "//").replace("%", "/%").replace("_", "/_") + "%"


def _derived(secret: str, purpose: str) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"adempauze-data:{purpose}".encode()).derive
    return base64.urlsafe_b64encode(key(secret.encode()))


_NO_KEYS = Keyring()
