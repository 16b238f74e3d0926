"""The terminal as a channel: what a person types on one side, what we answer on the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from bot.conversations.records import Incoming, Message
from channels.cli.practice import as_reply, as_text
from channels.interface import Capabilities, FrontDoor

TERMINAL = Capabilities("terminal", buttons=False, longest_text=None, reaches_out=False, third_party=False)


class Terminal:
    """Reads lines with ``ask`` until there is no more (``EOFError``), and shows answers with ``show``."""

    def __init__(self, ask: Callable[[], str], show: Callable[[str], None]) -> None:
        self._ask = ask
        self._show = show

    @property
    def capabilities(self) -> Capabilities:
        """Text and nothing else: the words of a button are typed."""
        return TERMINAL

    async def receive(self, door: FrontDoor) -> None:
        """One talk, from the greeting to the end of the input."""
        conversation_id = await door.begin(self.capabilities)
        await self.send(conversation_id, await door.greet(conversation_id))
        while True:
            try:
                line = await asyncio.to_thread(self._ask)
            except EOFError:
                return
            await self.send(conversation_id, await door.hear(conversation_id, Incoming(line)))

    async def send(self, conversation_id: str, messages: Sequence[Message]) -> None:
        """Show what we said; what she typed stands there already."""
        self._show(as_text([as_reply(message) for message in messages if message.author != "person"]))
