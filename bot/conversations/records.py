"""A conversation, its messages, what a channel hands in and what the assistant says back. No database here."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

AUTHORS = ("person", "assistant", "staff")
_KEPT_CONTROLS = "\n\t"
# Overrides of the writing direction make a text read differently from what it says; no one types them by hand.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class UnknownConversationError(LookupError):
    """There is no such conversation (any more): never started, erased, or ended by itself."""


@dataclass
class Conversation:
    """One talk on one channel. ``state`` holds small JSON facts of our own about it, not the dialogue."""

    id: str
    channel: str
    municipality: str | None
    origin: str | None
    created_at: datetime
    last_at: datetime
    expires_at: datetime
    state: dict[str, Any] = field(default_factory=dict)


@dataclass
class Message:
    """One thing said. ``id`` only grows within a conversation; ``buttons`` are {"title", "payload"}."""

    id: int = field(init=False)
    conversation_id: str
    author: str
    author_name: str | None
    text: str
    buttons: list[dict[str, str]]
    card: dict[str, Any] | None
    created_at: datetime
    client_id: str | None


@dataclass(frozen=True)
class Incoming:
    """What a channel hands to the reception: typed ``text``, or a pressed button (its ``payload``; ``text`` its title).

    ``client_id`` is the sender's own mark of this message, so that the same message sent twice counts once.
    ``typed``: what she wrote herself along with a button, as in a form; danger is heard in it too (invariant 2).
    """

    text: str
    payload: str | None = None
    client_id: str | None = None
    typed: str = ""


def storable(text: str) -> str:
    """The text without control characters, lone surrogates and direction overrides, which no screen should get."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(sign for sign in lines if _shows(sign))).strip()


def _shows(sign: str) -> bool:
    return sign in _KEPT_CONTROLS or (unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _OVERRIDES)


class Reply(Protocol):
    """What the assistant says: text, buttons ({"title", "payload"}), perhaps a card."""

    @property
    def text(self) -> str: ...
    @property
    def buttons(self) -> Sequence[dict[str, str]]: ...
    @property
    def card(self) -> dict[str, Any] | None: ...
