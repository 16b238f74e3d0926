"""What the widget's API refuses, slows down or cannot do, each time in words and without losing anything."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.web.guards import TokenBuckets
from tests.unit.channels.widget_api import Widget, texts


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x07\x1b", "\u202e"])
async def test_a_message_without_text_gets_a_clear_answer(house, widget, text):
    answer = await widget.say(text)
    assert (answer.status_code, answer.json()["error"]) == (422, "empty")
    assert house[2].received == []


async def test_a_message_that_is_too_long_gets_a_clear_answer(house, widget):
    answer = await widget.say("x" * 10_001)
    assert (answer.status_code, answer.json()["error"]) == (422, "too_long")
    assert "10.000" in answer.json()["text"]
    assert house[2].received == []


async def test_a_body_that_is_too_big_is_not_read(widget):
    answer = await widget.say("x" * 70_000)
    assert (answer.status_code, answer.json()["error"]) == (413, "too_big")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe",
        b"[" * 5_000,
        b'{"text": "hallo"}',
        b'{"text": 5, "client_id": "message-1"}',
        b'{"text": "a", "button": "1.0", "client_id": "message-1"}',
        b'{"text": "a", "client_id": "short"}',
        b'{"text": "a", "client_id": ["message-1"]}',
        b'{"client_id": "message-1"}',
    ],
)
async def test_what_is_no_message_is_refused_in_words(widget, body):
    answer = await widget.http.post("/api/messages", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")
    assert answer.json()["text"].endswith("nog eens.")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_only_json_is_read(widget, kind):
    answer = await widget.http.post("/api/messages", content=b"{}", headers={"Content-Type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/messages"), ("DELETE", "/api/conversation"), ("GET", "/api/messages"), ("GET", "/api/stream")],
)
async def test_another_website_cannot_act_or_read_for_her(widget, headers, method, path):
    body = {"json": {"text": "hallo", "client_id": "message-1"}} if method == "POST" else {}
    answer = await widget.http.request(method, path, headers=headers, **body)
    assert answer.status_code == 403


async def test_a_form_on_another_site_lacks_our_header(house, widget):
    answer = await widget.http.post(
        "/api/messages", json={"text": "hallo", "client_id": "message-1"}, headers={"X-Adempauze": ""}
    )
    assert answer.status_code == 200  # present, however empty: only its absence tells
    del widget.http.headers["X-Adempauze"]
    answer = await widget.http.post("/api/messages", json={"text": "hallo", "client_id": "message-1"})
    assert answer.status_code == 403


async def test_our_own_origin_is_welcome(widget):
    answer = await widget.http.post(
        "/api/messages",
        json={"text": "hallo", "client_id": "message-1"},
        headers={"Origin": "http://house", "Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 200


async def test_erasing_removes_everything_and_forgets_who_it_was(house, widget):
    _, conversations, _ = house
    await widget.say("hallo")
    talk_id = _id_of(widget, conversations)
    answer = await widget.http.request("DELETE", "/api/conversation", json={})
    assert answer.json() == {"messages": []}
    assert 'adempauze=""' in answer.headers["set-cookie"]
    assert conversations.get(talk_id) is None
    assert (await widget.http.get("/api/messages")).status_code == 401


async def test_too_fast_is_said_kindly_with_how_long_to_wait(widget):
    answers = [await widget.say("hallo") for _ in range(14)]
    assert [answer.status_code for answer in answers[:12]] == [200] * 12
    assert answers[-1].status_code == 429
    assert answers[-1].json()["error"] == "too_fast"
    assert int(answers[-1].headers["Retry-After"]) >= 1


async def test_too_many_new_conversations_from_one_place_are_slowed(house):
    answers = [await Widget(house[0]).start() for _ in range(41)]
    assert [answer.status_code for answer in answers[:40]] == [200] * 40
    assert (answers[-1].status_code, answers[-1].json()["error"]) == (429, "too_many")


async def test_a_failing_reception_apologises_and_the_log_stays_silent_about_her(house, widget, caplog):
    house[2].failing = 1
    with caplog.at_level(logging.DEBUG):
        answer = await widget.say("mijn geheim is groot", mark="message-retry")
    assert (answer.status_code, answer.json()["error"]) == (500, "failed")
    assert "RuntimeError at" in caplog.text
    assert "geheim" not in caplog.text
    assert "Traceback" not in answer.text
    assert texts(await widget.say("mijn geheim is groot", mark="message-retry"))[0] == (
        "person",
        "mijn geheim is groot",
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    body=st.one_of(
        st.binary(max_size=200), st.text().map(lambda t: json.dumps({"text": t, "client_id": "message-h"}).encode())
    )
)
async def test_whatever_is_posted_never_breaks(house, body):
    widget = Widget(house[0])
    widget.http.cookies.set("adempauze", "forged")
    answer = await widget.http.post("/api/messages", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 401)
    assert answer.json()["text"]


def test_a_bucket_fills_again_and_forgets_the_oldest():
    now = [0.0]
    buckets = TokenBuckets(most=2, per_second=0.5, clock=lambda: now[0], keys=2)
    assert [buckets.take("a"), buckets.take("a")] == [0, 0]
    assert buckets.take("a") == pytest.approx(2)
    now[0] += 2
    assert buckets.take("a") == 0
    buckets.take("b")
    buckets.take("c")
    assert buckets.take("a") == 0


def _id_of(widget, conversations):
    from itsdangerous import URLSafeTimedSerializer

    serializer = URLSafeTimedSerializer("unused", salt="web-conversation")
    return serializer.loads_unsafe(widget.http.cookies["adempauze"])[1][0]
