"""Her request as the widget shows it at this moment: the card, the words behind each field, and how it stands.

The card in the thread is what was shown then. This is how it is now, so that the form never changes an old version, and
the card can say that somebody took it up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from actions.request_card import request_card
from actions.request_drafting import words_of_question
from actions.request_status import standing, standing_values
from bot.request.fields import HOW_HEAVY, LOVED_ONE_HEALTH, FieldKey
from bot.request.record import Request
from bot.wording import Wording


def request_now(wording: Wording, request: Request, now: datetime) -> dict[str, Any]:
    """The card of a request, with what only its own form needs.

    ``standing``: how it stands, in words · ``question_words``: her question, as she may change it. Of each field:
    ``text``, what is in it, also when she leaves it out · ``optional``: shared only when she ticks it (R26) ·
    ``health``: the health of somebody else (R115).
    """
    card = request_card(wording, request)
    fields = (field for section in card["sections"] for field in section["fields"])
    for field in fields:
        key = FieldKey(field["key"])
        item = request.field(key)
        field["text"] = item.value if item is not None else ""
        field["optional"] = key in HOW_HEAVY
        field["health"] = key in LOVED_ONE_HEALTH
    card["question_words"] = words_of_question(wording, request.question)
    return {**card, "standing": standing_of(wording, request, now)}


def request_watcher(
    wording: Wording, latest_request: Callable[[str], Request | None], now: Callable[[], datetime]
) -> Callable[[str], dict[str, Any] | None]:
    """Gives the card of the request of a conversation as it is whenever it is asked, or ``None`` without a request."""

    def look(conversation_id: str) -> dict[str, Any] | None:
        found = latest_request(conversation_id)
        return request_now(wording, found, now()) if found is not None else None

    return look


def standing_of(wording: Wording, request: Request, now: datetime) -> str:
    """How it stands in one or two sentences, with the moment that the talk named too (R96)."""
    return wording.text(f"utter_standing_{standing(request, now)}", **standing_values(wording, request))
