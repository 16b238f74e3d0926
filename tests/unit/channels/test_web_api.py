"""The widget's API over ASGI: who may say what, what is refused and how, and that nothing is lost or doubled."""

from __future__ import annotations

import json
import logging

import httpx
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.web.guards import TokenBuckets
from tests.web.browser import Answer, small_app

OURS = {"X-Adempauze": "1"}


class Widget:
    """One browser: its cookies, and the calls the widget makes."""

    def __init__(self, app):
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://house", headers=OURS)
        self._number = 0

    async def start(self, **place):
        return await self.http.post("/api/conversation", json=place)

    async def say(self, text, mark=None):
        return await self.http.post("/api/messages", json={"text": text, "client_id": mark or self.mark()})

    async def press(self, token, mark=None):
        return await self.http.post("/api/messages", json={"button": token, "client_id": mark or self.mark()})

    def mark(self):
        self._number += 1
        return f"message-{id(self)}-{self._number}"


@pytest.fixture
def house(tmp_path):
    return small_app(tmp_path)


@pytest_asyncio.fixture
async def widget(house):
    widget = Widget(house[0])
    await widget.start()
    return widget


def texts(response):
    return [(message["author"], message["text"]) for message in response.json()["messages"]]


async def test_a_new_conversation_greets_once_and_a_return_shows_everything(house):
    widget = Widget(house[0])
    first = await widget.start(municipality="Ede", origin="huisarts")
    assert [author for author, _ in texts(first)] == ["assistant"]
    await widget.say("hallo")
    again = await widget.start()
    assert [author for author, _ in texts(again)] == ["assistant", "person", "assistant"]
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


async def test_the_cookie_holds_no_readable_secret_beyond_its_signature(house):
    widget = Widget(house[0])
    await widget.start()
    value = widget.http.cookies["adempauze"]
    widget.http.cookies.set("adempauze", value[:-3] + "abc", domain="house.local")
    assert (await widget.say("hallo")).status_code == 401


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "IjEyMyI.abc.def", "%00", "e30.e30.e30"])
async def test_a_forged_cookie_opens_nothing(house, cookie):
    stranger = Widget(house[0])
    stranger.http.cookies.set("adempauze", cookie)
    assert (await stranger.http.get("/api/messages")).status_code == 401
    assert (await stranger.http.get("/api/stream")).status_code == 401
    refused = await stranger.say("hallo")
    assert refused.json() == {
        "error": "no_conversation",
        "text": "Dit gesprek is er niet meer. U kunt een nieuw gesprek beginnen.",
    }


async def test_place_and_origin_of_a_link_are_kept_and_nonsense_is_not(house):
    _, conversations, _ = house
    for place, kept in [
        ({"municipality": "Ede", "origin": "huisarts"}, ("Ede", "huisarts")),
        ({"origin": "<b>"}, (None, None)),
    ]:
        widget = Widget(house[0])
        await widget.start(**place)
        talk_id = _id_of(widget, conversations)
        conversation = conversations.get(talk_id)
        assert (conversation.municipality, conversation.origin) == kept


async def test_the_same_message_again_is_stored_once_and_answered_once(house, widget):
    first = await widget.say("hallo", mark="same-mark")
    await widget.say("hallo", mark="same-mark")
    assert texts(first) == [("person", "hallo"), ("assistant", "Ik las: hallo")]
    assert len(texts(await widget.http.get("/api/messages"))) == 3


async def test_a_retry_after_a_lost_answer_gets_the_answer(widget):
    await widget.say("hallo", mark="same-mark")
    retry = await widget.http.post("/api/messages", json={"text": "hallo", "client_id": "same-mark", "after": 0})
    assert texts(retry)[-1] == ("assistant", "Ik las: hallo")


async def test_only_messages_after_the_given_one_come(widget):
    said = (await widget.say("hallo")).json()["messages"]
    later = await widget.http.get(f"/api/messages?after={said[0]['id']}")
    assert texts(later) == [("assistant", "Ik las: hallo")]
    for odd in ("-1", "x", "9" * 30, "٣", ""):
        assert len(texts(await widget.http.get("/api/messages", params={"after": odd}))) == 3


async def test_a_button_is_its_stored_payload_and_its_title_is_shown(house, widget):
    _, _, reception = house
    reception.answers["kies"] = [Answer("Zal ik?", [{"title": "Ja, graag", "payload": "/affirm"}])]
    offered = (await widget.say("kies")).json()["messages"][-1]
    assert offered["buttons"] == [{"title": "Ja, graag", "token": f"{offered['id']}.0"}]
    assert "/affirm" not in json.dumps(offered)
    pressed = await widget.press(offered["buttons"][0]["token"])
    assert texts(pressed)[0] == ("person", "Ja, graag")
    assert reception.received[-1].payload == "/affirm"


async def test_a_button_of_another_conversation_is_refused(house, widget):
    app, _, reception = house
    reception.answers["kies"] = [Answer("Zal ik?", [{"title": "Ja", "payload": "/affirm"}])]
    token = (await widget.say("kies")).json()["messages"][-1]["buttons"][0]["token"]
    other = Widget(app)
    await other.start()
    refused = await other.press(token)
    assert (refused.status_code, refused.json()["error"]) == (409, "button_gone")
    assert len(reception.received) == 1


async def test_a_typed_command_stays_text(house, widget):
    await widget.say('/affirm{"a": 1}')
    assert house[2].received[-1].payload is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("👩‍👧 😢", "👩‍👧 😢"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE messages;--", "'; DROP TABLE messages;--"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("een\r\n\r\ntwee", "een\n\ntwee"),
        ("مرحبا", "مرحبا"),
        ("x" * 10_000, "x" * 10_000),
    ],
)
async def test_any_text_arrives_as_it_was_meant(widget, typed, stored):
    answer = await widget.say(typed)
    assert answer.status_code == 200
    assert texts(answer)[0] == ("person", stored)


async def test_a_broken_half_of_an_emoji_does_no_harm(widget):
    body = json.dumps({"text": "hoi \ud83d", "client_id": "message-half"})
    answer = await widget.http.post("/api/messages", content=body, headers={"Content-Type": "application/json"})
    assert texts(answer)[0] == ("person", "hoi")


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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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

    return URLSafeTimedSerializer("unused", salt="web-conversation").loads_unsafe(widget.http.cookies["adempauze"])[1]
