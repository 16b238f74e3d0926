"""Her answer about the loved one's health (R115), and a word from her to who has her request."""

from __future__ import annotations

from bot.request.base import Desk, locked, note, required_text
from bot.request.fields import LOVED_ONE_HEALTH
from bot.request.history import CARER, RequestMessage
from bot.request.record import Request, RequestField
from bot.request.states import IN_HAND, NotAllowedError
from bot.request.tables import requests
from bot.request.vocabulary import EventKind, FieldState, RequestState

HEALTH = "loved_one_health"
"""The reason of the event that tells that she answered it after sending."""
_STILL_HERS = frozenset({RequestState.DRAFTED, RequestState.SENT, RequestState.SEEN})


def health_fields(request: Request) -> list[RequestField]:
    """The fields that hold something about the loved one's health, shared or left out."""
    return [item for item in request.fields if item.key in LOVED_ONE_HEALTH and item.value]


def asks_health(request: Request) -> bool:
    """Would the receiver read of the loved one's health, while she did not say yes to that?"""
    return not request.loved_one_health_agreed and any(item.is_shared for item in health_fields(request))


def health_answer(request: Request) -> bool | None:
    """Her answer as far as the request shows it; ``None``: there is nothing to answer, or she did not."""
    if request.loved_one_health_agreed:
        return True
    held = [item for item in request.fields if item.key in LOVED_ONE_HEALTH]
    left_out = any(item.state is FieldState.LEFT_OUT for item in held)
    return False if left_out and not asks_health(request) else None


class HealthAnswers(Desk):
    """What she says apart from the fields themselves."""

    def answer_health(self, request_id: int, agreed: bool, text_version: str) -> Request:
        """Note her answer. Raises ``NotAllowedError`` once it was taken up; a no after sending empties the fields."""
        with self._sessions.begin() as session:
            request = locked(session, requests.c.id == request_id)
            if request.state not in _STILL_HERS:
                raise NotAllowedError(request.state, "change")
            request.loved_one_health_agreed = agreed
            if request.state is not RequestState.DRAFTED:
                request.agreement_version = text_version
                if not agreed:
                    request.fields = [_emptied(item) for item in request.fields]
                note(session, request, EventKind.CHANGED, CARER, self._clock(), HEALTH)
        return request

    def write_to_holder(self, request_id: int, words: str) -> None:
        """A message of hers in the thread, while nobody talks with her here. Raises ``NotAllowedError`` when nobody
        has taken it up, ``TextError`` when there is nothing to read."""
        with self._sessions.begin() as session:
            request = locked(session, requests.c.id == request_id)
            if request.state not in IN_HAND:
                raise NotAllowedError(request.state, "write to")
            now = self._clock()
            text = required_text(words, 20_000)
            session.add(RequestMessage(request.stored_id, now, from_carer=True, author=CARER.name, text=text))
            request.waiting_since = None
            note(session, request, EventKind.MESSAGE_FROM_CARER, CARER, now)


def _emptied(item: RequestField) -> RequestField:
    if item.key not in LOVED_ONE_HEALTH or not item.is_shared:
        return item
    return RequestField(item.key, item.section, "", FieldState.LEFT_OUT)
