"""Anything typed into the widget, and anything sent to its API."""

from __future__ import annotations

import asyncio
import json
from itertools import count

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversations.records import storable
from channels.serving import application
from channels.web.api import MOST_SIGNS
from tests.fuzz.counting import threw
from tests.fuzz.inputs import SECONDS_AT_MOST, nasty, nasty_bytes, thrown
from tests.fuzz.judging import check_turn

JSON = {"Content-Type": "application/json", "X-Adempauze": "1"}
ODD_VALUES = st.none() | st.booleans() | st.floats() | st.integers() | nasty()
ODD_JSON = st.dictionaries(
    st.sampled_from(("text", "button", "client_id", "after", "__proto__", "")),
    st.recursive(ODD_VALUES, lambda inner: st.lists(inner, max_size=3), max_leaves=6),
).map(lambda value: json.dumps(value).encode())
A_TALK = 12  # inputs in one talk, then a new one


class Somebody:
    """One browser, which starts anew now and then."""

    def __init__(self, house, loop):
        self.house, self.loop, self._numbers = house, loop, count()
        self._transport = httpx.ASGITransport(app=application(house))
        self._said = A_TALK
        self.talk = ""

    def sends(self, content: bytes) -> httpx.Response:
        return self.loop.run_until_complete(asyncio.wait_for(self._send(content), SECONDS_AT_MOST))

    async def _send(self, content: bytes) -> httpx.Response:
        self._said += 1
        if self._said > A_TALK:
            self._said = 0
            self.http = httpx.AsyncClient(transport=self._transport, base_url="http://house", headers=JSON)
            await self.http.post("/api/conversation", content=b"{}")
            self.talk = self._newest()
        return await self.http.post("/api/messages", content=content)

    def _newest(self) -> str:
        from bot.conversations.tables import conversations as table

        with self.house.sessions() as session:
            return session.execute(table.select().order_by(table.c.created_at.desc())).first().id

    def number(self) -> str:
        return f"fuzz-{next(self._numbers):08}"


@pytest.fixture(scope="module")
def somebody(target, loop, in_haste):
    return Somebody(target, loop)


@thrown("web")
@given(text=nasty())
def test_whatever_is_typed_is_kept_and_answered(somebody, text):
    threw("web")
    before = somebody.house.conversations.since(somebody.talk)[-1].id if somebody.talk else 0
    talk = somebody.talk
    content = json.dumps({"text": text, "client_id": somebody.number()}).encode()
    response = somebody.sends(content)
    if somebody.talk != talk:
        before = somebody.house.conversations.since(somebody.talk)[0].id  # the greeting
    if response.status_code != 200:
        refused = "too_big" if len(content) > 64 * 1024 else "too_long" if len(text) > MOST_SIGNS else "empty"
        assert response.json()["error"] == refused
        assert refused != "empty" or not storable(text)
        assert response.json()["text"]
        return
    check_turn(text, _everything(somebody, before))


@thrown("import")
@given(body=nasty_bytes() | ODD_JSON)
def test_whatever_is_posted_is_answered_in_words(somebody, body):
    threw("import")
    response = somebody.sends(body)
    assert response.status_code in (400, 409, 413, 415, 422)
    assert response.json()["text"]


def _everything(somebody, after):
    return somebody.house.conversations.since(somebody.talk, after)
