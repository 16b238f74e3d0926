"""What of a conversation goes into a chat at another company, when the conversation is open elsewhere too (ADR 14).

What she says on the website is answered there, and stays there: it was her choice not to say it here. What a person of
the municipality writes, and what happens to her request, reaches every place.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversations.records import Message

EVERYWHERE = "notice-"
"""How the mark of a message begins that goes to every place."""


def of_this_chat(channel: str, said: Iterable[Message], before: Message | None) -> list[Message]:
    """What goes there of ``said``, oldest first. ``before``: the last thing she said before it."""
    said_here = before is None or _came_from(channel, before)
    kept: list[Message] = []
    for message in said:
        mark = message.client_id or ""
        to_all = message.author == "staff" or mark.startswith(EVERYWHERE)
        if message.author == "person":
            said_here = _came_from(channel, message)
        elif to_all or (said_here and not mark.startswith(f"here-{channel}-")):
            kept.append(message)
    return kept


def _came_from(channel: str, message: Message) -> bool:
    """By the mark that a channel gives what it brings; without one there is no telling that it came from elsewhere."""
    return message.client_id is None or message.client_id.startswith(f"{channel}-")
