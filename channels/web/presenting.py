"""Messages as the widget gets them: buttons by token, never with what they mean inside."""

from __future__ import annotations

from typing import Any

from bot.conversations import Message


def message_as_json(message: Message) -> dict[str, Any]:
    """The message for the browser. ``client_id`` lets it recognise what it sent itself; ``at`` is ISO 8601 in UTC."""
    return {
        "id": message.id,
        "author": message.author,
        "author_name": message.author_name,
        "text": message.text,
        "buttons": [
            {"title": button["title"], "token": f"{message.id}.{index}"} for index, button in enumerate(message.buttons)
        ],
        "card": message.card,
        "at": message.created_at.isoformat(timespec="seconds"),
        "client_id": message.client_id if message.author == "person" else None,
    }
