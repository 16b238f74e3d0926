"""The widget's API over ASGI: who may say what, and that nothing is lost or doubled."""

from __future__ import annotations

import json

import pytest

from tests.unit.channels.widget_api import Widget, texts
from tests.web.browser import Answer


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


def _id_of(widget, conversations):
    from itsdangerous import URLSafeTimedSerializer

    serializer = URLSafeTimedSerializer("unused", salt="web-conversation")
    return serializer.loads_unsafe(widget.http.cookies["adempauze"])[1][0]
