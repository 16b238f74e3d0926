"""Her request as the widget shows it at this moment: the card, the words behind each field, and how it stands.

The card in the thread is what was shown then. This is how it is now, so that the form never changes an old version, and
the card can say that somebody took it up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from actions.request_card import request_card, spoken_moment
from bot.request.clock import moment_in_words
from bot.request.fields import HOW_HEAVY, LOVED_ONE_HEALTH, FieldKey
from bot.request.record import Request
from bot.request.states import IN_HAND, RUNNING
from bot.wording import Wording


def request_now(wording: Wording, request: Request, now: datetime) -> dict[str, Any]:
    """The card of a request, with what only its own form needs.

    ``standing``: how it stands, in words. Of each field: ``text``, what is in it, also when she leaves it out ·
    ``optional``: shared only when she ticks it (R26) · ``health``: the health of somebody else (R115).
    """
    card = request_card(wording, request)
    fields = (field for section in card["sections"] for field in section["fields"])
    for field in fields:
        key = FieldKey(field["key"])
        item = request.field(key)
        field["text"] = item.value if item is not None else ""
        field["optional"] = key in HOW_HEAVY
        field["health"] = key in LOVED_ONE_HEALTH
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
    callback = request.callback_at
    return wording.text(
        f"utter_standing_{_standing(request, now)}",
        owner=request.owner,
        holder=request.holder,
        receiver=request.forward_to,
        moment=spoken_moment(wording, request.answer_by),
        callback=moment_in_words(callback) if callback is not None else "",
    )


def _standing(request: Request, now: datetime) -> str:
    """Which sentence: as in the talk, the nearest thing that will happen comes first."""
    if request.state in RUNNING and request.forward is not None:
        return "offered"
    if request.state in IN_HAND and request.callback_at is not None and request.callback_at > now:
        return "planned"
    if request.state in RUNNING and request.contacted_at is None and request.answer_by and request.answer_by < now:
        return "late"
    return str(request.state)
