"""Anything sent in Telegram, through the real library, queue and handler: each chat is answered, nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.telegram.building import build_telegram
from tests.fuzz.counting import threw
from tests.fuzz.inputs import nasty, share_of, thrown
from tests.telegram_stub import TelegramStub
from tests.unit.channels.telegram.conftest import RunningBot

AT_ONCE = 10
_chats = count(700_000)


@pytest.fixture(scope="module")
def stub():
    with TelegramStub(5_000_000) as telegram:
        yield telegram


@pytest.fixture(scope="module")
def bot(target, stub):
    running = RunningBot(target, stub, polling=True, apart=0.0).start()
    yield running
    running.stop()


def _things(text: str) -> st.SearchStrategy[dict]:
    file = {"file_id": "x", "file_unique_id": "y"}
    return st.sampled_from(
        [
            {"text": text},
            {"text": text, "entities": [{"type": "bold", "offset": -5, "length": 10**9}]},
            {"photo": [{**file, "width": 1, "height": 1}], "caption": text},
            {"voice": {**file, "duration": -1}, "caption": text},
            {"document": {**file, "file_name": text}},
            {"contact": {"phone_number": text, "first_name": text}},
        ]
    )


@st.composite
def _a_round(draw: st.DrawFn) -> list[dict]:
    texts = draw(st.lists(nasty(), min_size=AT_ONCE, max_size=AT_ONCE))
    return [draw(_things(text)) if number % 4 == 0 else {"text": text} for number, text in enumerate(texts)]


@settings(thrown("telegram"), max_examples=max(1, share_of("telegram") // AT_ONCE))
@given(contents=_a_round())
def test_whatever_is_sent_is_answered(bot, stub, contents):
    threw("telegram", len(contents))
    people = [stub.person(next(_chats)) for _ in contents]
    for person, content in zip(people, contents, strict=True):
        person.sends(**content)
    for person, content in zip(people, contents, strict=True):
        stub.until(lambda person=person: person.hears, f"an answer to {str(content)[:80]!r}")


ODD = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20)
UPDATES = st.dictionaries(
    st.sampled_from(("update_id", "message", "edited_message", "callback_query", "my_chat_member", "text", "x")),
    st.recursive(
        ODD,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ("message_id", "chat", "from", "id", "type", "text", "date", "data", "photo", "message")
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=12,
    ),
)


@pytest.fixture(scope="module")
def taking(target, stub, loop):
    """The channel, with nothing that runs behind it."""
    channel = build_telegram(target, stub.settings(polling=False), timedelta(0)).channel
    return lambda update: loop.run_until_complete(channel.take(update))


@thrown("telegram")
@given(update=UPDATES | st.lists(ODD, max_size=2) | ODD)
def test_no_update_of_any_shape_breaks_the_channel(taking, update):
    threw("telegram")
    taking(update)
