"""What is read of a form, and how a request stands: rules without a server."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.request.fields import FieldKey
from bot.request.vocabulary import ReceiverKind, RequestState
from bot.wording import Wording
from channels.web.refusals import RefusalError
from channels.web.request_api import MOST_SIGNS, BadFieldsError, read_change
from channels.web.request_view import request_now, standing_of
from tests.unit.channels.rendering.requests import MONDAY_TEN, a_request, full_request

WORDING = Wording.load({})
NOW = MONDAY_TEN + timedelta(hours=1)

_bodies = st.dictionaries(
    st.sampled_from(["changes", "include", "loved_one_health", "more"]),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=8)
        | st.sampled_from([key.value for key in FieldKey]),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*FieldKey, "x"]), inner, max_size=4)
        ),
        max_leaves=8,
    ),
)


@given(_bodies)
def test_whatever_is_sent_is_read_refused_or_named(body):
    try:
        read = read_change(body)
    except (RefusalError, BadFieldsError):
        return
    assert set(read.changes) | set(read.include) <= {key.value for key in FieldKey}
    assert all(text is None or 0 < len(text) <= MOST_SIGNS for text in read.changes.values())
    assert read.loved_one_health in (None, True, False)
    question = json.loads(read.payload.removeprefix("/choose"))
    assert question["value"]["changes"] == read.changes


@pytest.mark.parametrize("state", list(RequestState))
def test_every_state_is_said_in_words(state):
    said = standing_of(WORDING, full_request(state=state, owner="Petra de Vries"), NOW)
    assert said
    assert ("dinsdag 24 november" in said) == (
        state in (RequestState.SENT, RequestState.SEEN, RequestState.ACCEPTED, RequestState.REOPENED)
    )
    assert ("Petra" in said) == (state in (RequestState.ACCEPTED, RequestState.CONTACTED, RequestState.FORWARDED))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {
                "state": RequestState.SEEN,
                "forward_kind": ReceiverKind.TEAM,
                "forward_to": "team Zuid",
                "team": "team Noord",
            },
            "Uw aanvraag ligt bij team Noord. Aan team Zuid is gevraagd om die over te nemen.",
        ),
        (
            {
                "state": RequestState.ACCEPTED,
                "owner": "Petra",
                "callback_at": datetime(2026, 11, 25, 13, 5, tzinfo=timezone.utc),
            },
            "Petra zoekt op woensdag 25 november om 14.05 uur contact met u.",
        ),
        (
            {"state": RequestState.SENT, "answer_by": NOW - timedelta(minutes=1), "team": "team Noord"},
            "Uw aanvraag ligt bij team Noord. U zou uiterlijk maandag 23 november iets horen. Dat is niet gelukt.",
        ),
    ],
)
def test_what_happens_first_is_said_first(more, said):
    assert standing_of(WORDING, a_request(**more), NOW) == said


def test_only_a_draft_and_what_waits_for_somebody_can_be_changed():
    changeable = {state for state in RequestState if request_now(WORDING, a_request(state=state), NOW)["changeable"]}
    assert {RequestState.DRAFTED, RequestState.SENT, RequestState.SEEN} <= changeable
    assert not changeable & {
        RequestState.ACCEPTED,
        RequestState.CONTACTED,
        RequestState.WITHDRAWN,
        RequestState.RESOLVED,
    }
