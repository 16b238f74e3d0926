"""Messages as the widget gets them: buttons by token, never with what they mean inside, and a request as it stands now.

A card is kept as it was shown. How its request stands may be another story by the time she reads it, so the newest card
gets that along: a line that came later would push away what she is about to press.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool

from bot.conversations.records import Message
from channels.web.refusals import where_it_failed

log = logging.getLogger(__name__)
RequestNow = Callable[[str], "dict[str, Any] | None"]
"""The card of the request of a conversation as it is at this moment (``channels.web.request_view``)."""
_AS_IT_IS_NOW = ("standing", "changeable")


async def messages_as_json(messages: Sequence[Message], request_now: RequestNow) -> list[dict[str, Any]]:
    """The newest messages of one conversation for the browser, oldest first.

    ``client_id`` lets it recognise what it sent itself; ``at`` is ISO 8601 in UTC. The last card of a request also says
    how that stands (``standing``) and whether it can still be changed (``changeable``); without one nobody asks. When
    that cannot be told, the card stays as it was shown: what was said in the talk may be whom to call in danger.
    """
    shown = [_message_as_json(message) for message in messages]
    newest = next((each for each in reversed(shown) if _shows_request(each["card"])), None)
    if newest is not None:
        now = await _told_now(request_now, messages[0].conversation_id)
        if now is not None and now["reference"] == newest["card"].get("reference"):
            newest["card"] = {**newest["card"], **{key: now[key] for key in _AS_IT_IS_NOW}}
    return shown


async def _told_now(request_now: RequestNow, conversation_id: str) -> dict[str, Any] | None:
    try:
        return await run_in_threadpool(request_now, conversation_id)
    except Exception as error:
        log.error("a card stays as it was shown: %s", where_it_failed(error))
        return None


def _shows_request(card: dict[str, Any] | None) -> bool:
    return card is not None and card.get("kind") == "request"


def _message_as_json(message: Message) -> dict[str, Any]:
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
