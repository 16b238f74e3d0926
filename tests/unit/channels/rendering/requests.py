"""Requests to render: a full one, and any that hypothesis can think of."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from bot.request.fields import SECTION_OF, FieldKey
from bot.request.record import Request, RequestField, RequestOffer
from bot.request.vocabulary import FieldState, RequestState
from knowledge.vocabulary import Urgency

MONDAY_TEN = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)


def field(key: FieldKey, value: str, state: FieldState = FieldState.TOLD, words: str = "") -> RequestField:
    return RequestField(key, SECTION_OF[key], value, state, words)


def a_request(*fields: RequestField, **more) -> Request:
    values = {
        "reference": "AP-7K3M-2Q",
        "conversation_id": "c1",
        "municipality": "Ede",
        "recipient": "consulent respijtzorg van de gemeente Ede",
        "question": "Mijn man vergeet steeds meer en ik slaap niet.",
        "fields": list(fields),
        "offers": [],
        "urgency": Urgency.SOON,
        "urgency_reason": "weeks",
        "created_at": MONDAY_TEN,
        "state": RequestState.SENT,
        "sent_at": MONDAY_TEN,
        "answer_by": MONDAY_TEN + timedelta(days=1),
        "agreed_at": MONDAY_TEN,
        "agreement_version": "2026-11",
        "loved_one_health_agreed": True,
    }
    return Request(**{**values, **more})


def full_request(**more) -> Request:
    """Every field, each with a value as long as people's answers are."""
    fields = [
        field(key, f"antwoord op {key.value}, zoals iemand dat vertelt", words=f"ik zei {key}") for key in FieldKey
    ]
    offers = [RequestOffer(str(n), f"Logeerhuis {n}", "Stichting", ("in uw gemeente",), "nagekeken") for n in range(3)]
    return a_request(*fields, offers=offers, **more)


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\n"), min_size=1, max_size=60
).filter(str.strip)
marked = st.integers(0, 10**9).map(lambda number: f"merk{number:010}")
"""Texts that cannot be part of a heading or of one another."""


@st.composite
def requests(draw: st.DrawFn, values: st.SearchStrategy[str] = texts) -> Request:
    """Any request that was sent: every field in any state, left-out values still in it, as before sending."""
    fields = []
    for key in draw(st.lists(st.sampled_from(list(FieldKey)), unique=True)):
        state = draw(st.sampled_from(list(FieldState)))
        says = state in (FieldState.TOLD, FieldState.DERIVED, FieldState.LEFT_OUT)
        fields.append(field(key, draw(values) if says else "", state, draw(values) if says else ""))
    offers = [
        RequestOffer(str(n), draw(values), draw(values), (draw(values),), draw(values))
        for n in range(draw(st.integers(0, 2)))
    ]
    return a_request(
        *fields,
        offers=offers,
        question=draw(values),
        urgency=draw(st.sampled_from(list(Urgency))),
        loved_one_health_agreed=draw(st.booleans()),
        owner=draw(st.sampled_from(["", "Petra"])),
    )
