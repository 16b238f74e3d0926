"""What a channel is: where people talk with us. It receives, it sends, and it says what it can show.

A channel knows its own outside world (a terminal, Telegram) and nothing of talks; the house behind the ``FrontDoor``
knows talks and nothing of channels. How to add one: docs/kanalen.md.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.conversations.records import Incoming, Message
from bot.conversations.store import ConversationStore
from bot.keeping import NotKeptError


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do. ``name`` is ``Conversation.channel``.

    ``buttons``: a button can be pressed; without them a person types its words. ``longest_text``: most characters in
    one message, ``None`` when there is no limit. ``reaches_out``: what a coordinator writes reaches her there by
    itself, also when she is away. ``third_party``: another company carries the messages and can keep them, so we say
    so first and ask for no detail about health that can be missed (R117).
    """

    name: str
    buttons: bool
    longest_text: int | None
    reaches_out: bool
    third_party: bool


class Channel(Protocol):
    """A way in which people talk with us."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        ...

    async def receive(self, door: FrontDoor) -> None:
        """Take everything that people say to ``door``, in the order they said it, until there is no more.

        What is acknowledged to the outside world is stored before. The same message twice carries the same
        ``client_id``, and then counts once.
        """
        ...

    async def send(self, conversation_id: str, messages: Sequence[Message]) -> None:
        """Show what is new in a conversation, oldest first; what she said herself is among it."""
        ...


class Reception(Protocol):
    """Where every message goes first, whatever the channel."""

    async def receive(self, conversation_id: str, incoming: Incoming) -> list[Message]: ...

    async def open(self, conversation_id: str) -> list[Message]: ...

    async def not_kept(self, texts: Sequence[str], conversation_id: str = "") -> NotKeptError: ...


class FrontDoor:
    """What the house gives every channel: begin a talk, hear a message, press a button, erase."""

    def __init__(
        self,
        conversations: ConversationStore,
        reception: Reception,
        erase: Callable[[str], None],
        known_municipality: Callable[[str], str | None] = lambda name: None,
    ) -> None:
        self._conversations = conversations
        self._reception = reception
        self._erase = erase
        self._known_municipality = known_municipality

    async def begin(self, channel: Capabilities, municipality: str = "", origin: str | None = None) -> str:
        """Start a conversation; gives its id. A municipality that does not exist is left out."""
        place = self._known_municipality(municipality)
        return (await asyncio.to_thread(self._conversations.start, channel.name, place, origin)).id

    async def greet(self, conversation_id: str) -> list[Message]:
        """Say who we are, once in a conversation; gives what is new."""
        return await self._reception.open(conversation_id)

    async def hear(self, conversation_id: str, incoming: Incoming) -> list[Message]:
        """A message of hers; gives it and the answers. Raises ``UnknownConversationError`` for a talk that is gone.

        Raises ``NotKeptError`` while the database is away: show what it says, and bring the same message again.
        """
        return await self._reception.receive(conversation_id, incoming)

    async def not_kept(self, texts: Sequence[str]) -> NotKeptError:
        """What to show when the channel itself could not keep what she wrote; danger is heard in it all the same."""
        return await self._reception.not_kept(texts)

    async def press(self, conversation_id: str, token: str, client_id: str | None = None) -> Incoming | None:
        """What pressing the button ``"<message>.<index>"`` says; ``None`` when it is no button of this talk."""
        button = await asyncio.to_thread(self._conversations.press, conversation_id, token)
        return Incoming(button["title"], button["payload"], client_id) if button else None

    async def is_there(self, conversation_id: str) -> bool:
        """Does this conversation still exist?"""
        return await asyncio.to_thread(self._conversations.get, conversation_id) is not None

    async def erase(self, conversation_id: str) -> None:
        """Remove the conversation everywhere."""
        await asyncio.to_thread(self._erase, conversation_id)
