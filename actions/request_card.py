"""The request as she reads it: a card of sections and fields, and the moments and names around it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from actions.offers import match_again
from actions.turn import Turn
from bot.request.clock import day_in_words
from bot.request.fields import OF_MUNICIPALITY, FieldKey, Section
from bot.request.health import asks_health, health_answer
from bot.request.record import Request, RequestField, RequestOffer
from bot.request.vocabulary import FieldState, RequestState
from bot.wording import Wording

CHANGEABLE = frozenset({RequestState.DRAFTED, RequestState.SENT, RequestState.SEEN})
"""Until somebody takes it up she may change what it says (issue 6, point 2)."""


def request_card(wording: Wording, request: Request, *, with_gaps: bool = True) -> dict[str, Any]:
    """The card: every section that holds something, every field with its label, value and state.

    ``with_gaps``: also what was never asked, for a form; in the talk that would only be long. ``changeable``: may she
    still change it · ``asks_health``: it holds something on the loved one's health that she did not say yes to yet ·
    ``health``: her answer to that. Of a field: ``editable`` is it hers to change, ``asked`` was it told or asked.
    """
    changeable = request.state in CHANGEABLE
    sections = []
    for section in Section:
        fields = [
            _field(wording, item, changeable)
            for item in request.fields
            if item.section is section and _is_shown(request, item, with_gaps)
        ]
        if fields:
            sections.append({"title": section.label, "fields": fields})
    return {
        "kind": "request",
        "reference": request.reference,
        "recipient": request.recipient,
        "question": request.question,
        "state": request.state.value,
        "changeable": changeable,
        "asks_health": changeable and asks_health(request),
        "health": health_answer(request),
        "sections": sections,
    }


def chosen_offers(turn: Turn) -> list[RequestOffer]:
    """The offers she saw, with the reasons she read, so that the receiver need not search again."""
    return [
        RequestOffer(
            offer_id=offer["id"],
            name=offer["name"],
            organisation=offer.get("organisation") or "",
            reasons=(*offer["fits"], *offer["would_fit"]),
            checked=offer["freshness"],
        )
        for offer in match_again(turn)
    ]


def spoken_moment(wording: Wording, moment: datetime | None) -> str:
    """``dinsdag 24 november``, or words for "not known"."""
    return day_in_words(moment) if moment else wording.text("utter_moment_unknown")


def day_of(day: date) -> str:
    """``4 januari 2027``."""
    return format_date(day, "d MMMM y", locale="nl")


def contact_hint(wording: Wording, request: Request) -> str:
    """How she will be reached: by telephone, by mail, or here."""
    for key, name in ((FieldKey.CONTACT_PHONE, "phone"), (FieldKey.CONTACT_EMAIL, "email")):
        if value := request.shared(key):
            return wording.text(f"utter_reached_by_{name}", value=value)
    return wording.text("utter_reached_here")


def _is_shown(request: Request, item: RequestField, with_gaps: bool) -> bool:
    if item.key is FieldKey.STEPS_TOLD:  # for the coordinator; she is told when she sends it
        return False
    if item.key is FieldKey.RELATION and not with_gaps and request.shared(FieldKey.LOVED_ONE):
        return False  # "moeder" says more than "vader of moeder"
    kept_back = item.state in (FieldState.LEFT_OUT, FieldState.REFUSED)
    return item.is_shared or kept_back or (with_gaps and item.state is FieldState.NOT_ASKED)


def _field(wording: Wording, item: RequestField, changeable: bool) -> dict[str, Any]:
    return {
        "key": item.key.value,
        "label": item.key.label,
        "value": item.value if item.is_shared else _instead(wording, item),
        "state": item.state.value,
        "editable": changeable and item.key not in OF_MUNICIPALITY,
        "asked": item.state is not FieldState.NOT_ASKED,
    }


def _instead(wording: Wording, item: RequestField) -> str:
    """What stands there when she passed it over: kindly, and true also of "weet ik niet"."""
    if item.state is not FieldState.REFUSED:
        return item.state.label
    phone = item.key is FieldKey.CONTACT_PHONE
    return wording.text("utter_field_phone_passed_over" if phone else "utter_field_passed_over")
