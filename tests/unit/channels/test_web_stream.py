"""Live messages: at once from this process, soon from another, resumed where the browser was, ended when erased."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.conversations.store import ConversationStore
from channels.web import arrivals as live
from channels.web.arrivals import Arrivals, stream_messages
from knowledge.storage import metadata, open_engine, open_sessions


@pytest.fixture
def sessions(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'talks.db'}")
    metadata.create_all(engine)
    yield open_sessions(engine)
    engine.dispose()


@pytest.fixture
def store(sessions):
    return ConversationStore(sessions)


class Listener:
    """Reads a stream and gives event by event."""

    def __init__(self, store, arrivals, talk_id, after=0):
        self._events = stream_messages(store, arrivals, lambda conversation_id: None, talk_id, after)

    async def next(self, seconds=30.0):
        event = await asyncio.wait_for(self._events.__anext__(), seconds)
        return event.event, (json.loads(event.data)["text"] if event.data else "")

    async def close(self):
        await self._events.aclose()


@pytest.fixture
def arrivals(store):
    arrivals = Arrivals()
    store.watch(arrivals.ring)
    return arrivals


async def test_what_was_said_comes_first_and_what_is_said_follows_at_once(store, arrivals, monkeypatch):
    monkeypatch.setattr(live, "LOOK_SECONDS", 60)
    talk = store.start("web")
    store.add(talk.id, "assistant", "eerder")
    listener = Listener(store, arrivals, talk.id)
    assert [await listener.next(), await listener.next()] == [("ready", ""), ("message", "eerder")]
    waiting = asyncio.create_task(listener.next())
    await asyncio.sleep(0.1)
    await asyncio.to_thread(store.add, talk.id, "staff", "ik ben er")
    assert await waiting == ("message", "ik ben er")
    await listener.close()


async def test_a_message_from_another_process_is_found_by_looking(store, sessions, arrivals, monkeypatch):
    monkeypatch.setattr(live, "LOOK_SECONDS", 0.05)
    talk = store.start("web")
    listener = Listener(store, arrivals, talk.id)
    await listener.next()
    waiting = asyncio.create_task(listener.next())
    await asyncio.sleep(0.1)
    ConversationStore(sessions).add(talk.id, "staff", "van het bureau")
    assert await waiting == ("message", "van het bureau")
    await listener.close()


async def test_a_stream_resumes_after_the_last_message_seen(store, arrivals):
    talk = store.start("web")
    seen, _ = store.add(talk.id, "assistant", "gezien")
    store.add(talk.id, "staff", "gemist")
    listener = Listener(store, arrivals, talk.id, after=seen.id)
    assert [await listener.next(), await listener.next()] == [("ready", ""), ("message", "gemist")]
    await listener.close()


async def test_nothing_of_another_conversation_is_heard(store, arrivals, monkeypatch):
    monkeypatch.setattr(live, "LOOK_SECONDS", 0.05)
    talk, other = store.start("web"), store.start("web")
    listener = Listener(store, arrivals, talk.id)
    await listener.next()
    waiting = asyncio.create_task(listener.next())
    store.add(other.id, "staff", "voor een ander")
    await asyncio.sleep(0.3)
    assert not waiting.done()
    store.add(talk.id, "staff", "voor u")
    assert await waiting == ("message", "voor u")
    await listener.close()


@pytest.mark.parametrize("eraser", ["here", "elsewhere"])
async def test_an_erased_conversation_says_so_and_ends(store, sessions, arrivals, monkeypatch, eraser):
    monkeypatch.setattr(live, "LOOK_SECONDS", 0.02)
    talk = store.start("web")
    listener = Listener(store, arrivals, talk.id)
    await listener.next()
    waiting = asyncio.create_task(listener.next())
    await asyncio.sleep(0.1)
    (store if eraser == "here" else ConversationStore(sessions)).erase(talk.id)
    assert await waiting == ("gone", "")
    with pytest.raises(StopAsyncIteration):
        await listener.next()


async def test_a_failing_database_ends_the_stream_without_a_word_of_hers_in_the_log(
    store, arrivals, caplog, monkeypatch
):
    talk = store.start("web")

    def broken(*_):
        raise RuntimeError("mijn geheim")

    monkeypatch.setattr(store, "since", broken)
    listener = Listener(store, arrivals, talk.id)
    assert await listener.next() == ("ready", "")
    with pytest.raises(StopAsyncIteration):
        await listener.next()
    assert "RuntimeError at" in caplog.text
    assert "geheim" not in caplog.text
