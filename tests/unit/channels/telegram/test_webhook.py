"""The webhook: only Telegram gets in, everything is stored first, and no update of any kind breaks it."""

from __future__ import annotations

import json
from dataclasses import replace

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from bot.chats.arrivals import ArrivalBox
from channels.serving import application
from channels.telegram.bot_api import SECRET_HEADER
from channels.telegram.building import build_telegram, exports_of
from channels.telegram.reading import Kind, read_update
from channels.telegram.routes import UPDATES_PATH, telegram_routes
from tests.web.browser import ThreadedServer


@pytest.fixture
def serving(house, stub):
    """The whole application on a port, with Telegram bringing updates to it."""
    server = ThreadedServer(None)
    here = replace(house.settings, base_url=f"http://127.0.0.1:{server.port}", telegram=stub.settings(polling=False))
    server._app = application(replace(house, settings=here))
    server.start()
    stub.until(lambda: stub.webhook.get("url"))
    yield server
    server.stop()
    stub.webhook = {}


def test_a_whole_talk_by_webhook(serving, stub, anna):
    anna.says("/start")
    anna.wait_for("Ik ben een computerprogramma")
    anna.says("ik wil dood")
    anna.wait_for("0800-0113")
    assert set(stub.deliveries) == {200}
    assert stub.webhook["max_connections"] == "1"
    assert stub.webhook["allowed_updates"] == ["callback_query", "edited_message", "message", "my_chat_member"]


@pytest.mark.parametrize("secret", ["", "x", "é"])
def test_who_does_not_know_the_secret_finds_nothing(serving, stub, anna, secret):
    update = {"update_id": 1, "message": {**anna.message(1), "text": "hallo"}}
    assert stub.deliver(update, secret) == 404
    stub.until(lambda: stub.waiting() == 0)
    assert anna.hears == []


def test_what_cannot_be_stored_is_not_acknowledged_and_comes_again(serving, stub, anna, monkeypatch):
    keep, failures = ArrivalBox.keep, [OperationalError("x", {}, Exception())] * 2

    def away(*arguments):
        if failures:
            raise failures.pop()
        return keep(*arguments)

    monkeypatch.setattr(ArrivalBox, "keep", away)
    before = len(stub.deliveries)
    anna.says("/start")
    anna.wait_for("Ik ben een computerprogramma")
    assert stub.deliveries[before : before + 3] == [503, 503, 200]


@pytest.fixture(scope="module")
def knocker(house, stub):
    """Brings bodies to the webhook without anything that runs behind it."""
    telegram = build_telegram(house, stub.settings(polling=False))
    app = Starlette(
        routes=telegram_routes(telegram.channel, None, None, lambda conversation_id: None, exports_of(house))
    )

    async def knock(body: bytes) -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://house") as client:
            headers = {SECRET_HEADER: telegram.channel.secret}
            return (await client.post(UPDATES_PATH, content=body, headers=headers)).status_code

    return knock


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
person = st.fixed_dictionaries({"id": st.integers() | anything, "is_bot": st.booleans(), "first_name": anything})
place = st.fixed_dictionaries(
    {"id": st.integers() | anything, "type": st.sampled_from(["private", "group", "supergroup", "channel"]) | anything}
)
message = st.fixed_dictionaries(
    {"message_id": st.integers() | anything, "date": st.integers(0, 2**31) | anything, "chat": place | anything},
    optional={
        "from": person | anything,
        **dict.fromkeys(
            ("text", "caption", "photo", "voice", "sticker", "contact", "location", "poll", "new_thing"), anything
        ),
        **dict.fromkeys(("reply_to_message", "entities", "story", "document", "effective_attachment"), anything),
    },
)
update = st.fixed_dictionaries(
    {"update_id": st.integers() | anything},
    optional={
        "message": message | anything,
        "edited_message": message | anything,
        "channel_post": message | anything,
        "callback_query": st.fixed_dictionaries(
            {"id": anything, "from": person, "chat_instance": anything},
            optional={"data": anything, "message": message | anything, "inline_message_id": anything},
        )
        | anything,
        "my_chat_member": anything,
        "poll": anything,
        "something_new": anything,
    },
)


@given(update | anything)
@settings(max_examples=150, deadline=None)
def test_any_json_is_read_without_an_exception(data):
    seen = read_update(data)
    if seen is not None:
        assert abs(seen.number) < 2**63
        assert abs(seen.chat) < 2**63
        assert isinstance(seen.text, str)
        assert seen.message is None or abs(seen.message) < 2**63


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(update | anything)
async def test_any_json_is_acknowledged(knocker, data):
    assert await knocker(json.dumps(data).encode()) == 200


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[" * 5000, b"\xff\xfe", b'{"update_id": NaN}', b'"x"', b"1" * 9000, b" " * 2_000_000]
)
async def test_what_is_no_update_is_acknowledged_and_forgotten(knocker, body):
    assert await knocker(body) == 200


def test_a_lone_surrogate_is_kept_from_breaking_anything(serving, stub, anna):
    anna.says("hallo \ud800 daar")
    anna.wait_for("Ik kan u nu even niet goed verstaan")


@pytest.mark.parametrize("kind", ["channel", "group"])
def test_who_is_no_person_is_never_talked_with(kind):
    chat = {"id": 5, "type": kind, "title": "x"}
    data = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": chat, "text": "hallo"}}
    assert read_update(data).kind is (Kind.GROUP if kind == "group" else Kind.IGNORED)
    bot = {"id": 7, "is_bot": True, "first_name": "x"}
    data["message"] |= {"chat": {"id": 7, "type": "private"}, "from": bot}
    assert read_update(data).kind is Kind.IGNORED
