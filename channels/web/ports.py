"""What the web channel needs from the rest of the house, and nothing more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from bot.conversations.records import Incoming, Message
from bot.keeping import NotKeptError
from knowledge.curation.reports import ReportReason


class Reception(Protocol):
    """Where every message goes first, whatever the channel (handover, danger, then the assistant)."""

    async def receive(self, conversation_id: str, incoming: Incoming) -> list[Message]:
        """Store the message and the answers; give what is new. The same ``client_id`` twice counts once."""
        ...

    async def open(self, conversation_id: str) -> list[Message]:
        """Write the greeting of a new conversation."""
        ...

    async def not_kept(self, texts: Sequence[str], conversation_id: str = "") -> NotKeptError:
        """What is said when these messages could not be kept; needs no database."""
        ...


class Wording(Protocol):
    """The sentences people read, by name."""

    def names(self) -> Iterable[str]: ...

    def text(self, name: str, /, **values: Any) -> str: ...

    def in_je(self) -> Wording: ...


class Facts(Protocol):
    """Checked facts by key, among them every phone number we show."""

    def value(self, key: str) -> str: ...

    def showable(self, key: str, today: date) -> bool: ...


Erase = Callable[[str], "Awaitable[None] | None"]
Health = Callable[[], dict[str, Any]]
ReportOffer = Callable[[str, ReportReason], None]
KnownMunicipality = Callable[[str], "str | None"]
