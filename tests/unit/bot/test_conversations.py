"""The conversation store: nothing lost, nothing doubled, nothing shown to another, everything with an end."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversations.records import UnknownConversationError, storable
from bot.conversations.store import ConversationStore
from knowledge.storage import metadata, open_engine, open_sessions


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    engine = open_engine(f"sqlite:///{tmp_path / 'talks.db'}")
    metadata.create_all(engine)
    yield ConversationStore(open_sessions(engine), now=clock)
    engine.dispose()


def test_ids_are_long_and_never_the_same(store):
    ids = {store.start("web").id for _ in range(50)}
    assert len(ids) == 50
    assert min(map(len, ids)) >= 43


def test_a_conversation_comes_back_as_it_was_started(store, clock):
    started = store.start("web", municipality="Ede", origin="huisarts")
    found = store.get(started.id)
    assert (found.channel, found.municipality, found.origin) == ("web", "Ede", "huisarts")
    assert found.created_at == clock.time
    assert found.expires_at == clock.time + timedelta(days=90)
    assert found.state == {}


def test_a_message_comes_back_whole(store):
    talk = store.start("web")
    store.add(
        talk.id,
        "assistant",
        "Kies maar.\n\nOf niet.",
        buttons=[{"title": "Ja", "payload": "/affirm"}],
        card={"kind": "progress", "asked": 1, "most": 6},
    )
    (message,) = store.since(talk.id)
    assert message.text == "Kies maar.\n\nOf niet."
    assert message.buttons == [{"title": "Ja", "payload": "/affirm"}]
    assert message.card == {"kind": "progress", "asked": 1, "most": 6}
    assert message.client_id is None


def test_since_gives_only_what_came_later_in_order(store):
    talk, other = store.start("web"), store.start("web")
    ids = []
    for number in range(6):
        message, _ = store.add(talk.id, "person", f"bericht {number}")
        store.add(other.id, "person", "van een ander")
        ids.append(message.id)
    assert ids == sorted(ids)
    assert [message.id for message in store.since(talk.id, ids[2])] == ids[3:]
    assert [message.id for message in store.since(talk.id, limit=2)] == ids[:2]


def test_the_same_message_sent_twice_is_stored_once(store):
    talk = store.start("web")
    first, new = store.add(talk.id, "person", "hallo", client_id="a-1")
    second, newer = store.add(talk.id, "person", "hallo", client_id="a-1")
    assert (new, newer) == (True, False)
    assert first.id == second.id
    assert len(store.since(talk.id)) == 1


def test_two_people_may_use_the_same_client_id(store):
    one, other = store.start("web"), store.start("web")
    store.add(one.id, "person", "een", client_id="a-1")
    _, new = store.add(other.id, "person", "twee", client_id="a-1")
    assert new


def test_deliveries_at_the_same_moment_are_still_one_message(store):
    talk = store.start("web")
    outcomes = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(store.add(talk.id, "person", "hallo", client_id="same")[1]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 7 + [True]
    assert len(store.since(talk.id)) == 1


def test_only_known_authors_may_speak(store):
    with pytest.raises(ValueError, match="author"):
        store.add(store.start("web").id, "bot", "hallo")


def test_nothing_can_be_added_to_a_conversation_that_is_not_there(store):
    with pytest.raises(UnknownConversationError):
        store.add("nowhere", "person", "hallo")
    with pytest.raises(UnknownConversationError):
        store.remember("nowhere", a=1)


def test_a_button_is_found_by_its_token_in_its_own_conversation_only(store):
    talk, other = store.start("web"), store.start("web")
    buttons = [{"title": "Ja", "payload": "/affirm"}, {"title": "Nee", "payload": "/deny"}]
    message, _ = store.add(talk.id, "assistant", "Zal ik?", buttons=buttons)
    assert store.press(talk.id, f"{message.id}.1") == {"title": "Nee", "payload": "/deny"}
    assert store.press(other.id, f"{message.id}.1") is None


@pytest.mark.parametrize(
    "token", ["", "1", "1.", ".0", "-1.0", "1.-1", "1.9", "9999.0", "1.0; drop", "٣.٠", f"{10**40}.0"]
)
def test_a_made_up_token_presses_nothing(store, token):
    talk = store.start("web")
    store.add(talk.id, "assistant", "Zal ik?", buttons=[{"title": "Ja", "payload": "/affirm"}])
    assert store.press(talk.id, token) is None


@given(st.text())
def test_no_text_at_all_makes_a_token_fail_loudly(token):
    engine = open_engine("sqlite://")
    assert ConversationStore(open_sessions(engine)).press("nobody", "x" + token) is None


def test_what_is_remembered_merges_and_none_forgets(store):
    talk = store.start("web")
    store.remember(talk.id, request="AP-1", turns=3)
    store.remember(talk.id, turns=4)
    assert store.recall(talk.id) == {"request": "AP-1", "turns": 4}
    store.remember(talk.id, request=None)
    assert store.recall(talk.id) == {"turns": 4}
    assert store.recall("nowhere") == {}


def test_two_who_remember_at_once_both_succeed(store):
    talk = store.start("web")
    threads = [threading.Thread(target=store.remember, args=(talk.id,), kwargs={f"k{n}": n}) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.recall(talk.id) == {f"k{n}": n for n in range(8)}


def test_each_message_moves_the_end_and_after_it_the_conversation_is_gone(store, clock):
    talk = store.start("web")
    clock.time += timedelta(days=89)
    store.add(talk.id, "staff", "Ik bel u morgen.", author_name="Marieke")
    clock.time += timedelta(days=89)
    assert store.get(talk.id) is not None
    assert store.expired(clock.time) == []
    clock.time += timedelta(days=1)
    assert store.get(talk.id) is None
    assert store.expired(clock.time) == [talk.id]


def test_erasing_leaves_nothing_and_touches_no_other(store):
    talk, other = store.start("web"), store.start("web")
    store.add(talk.id, "person", "weg ermee")
    store.add(other.id, "person", "blijft")
    store.erase(talk.id)
    store.erase(talk.id)
    assert store.get(talk.id) is None
    assert store.since(talk.id) == []
    assert len(store.since(other.id)) == 1


def test_a_number_is_never_given_out_again(store):
    talk, other = store.start("web"), store.start("web")
    last, _ = store.add(talk.id, "person", "weg ermee")
    store.erase(talk.id)
    following, _ = store.add(other.id, "person", "nieuw")
    assert following.id > last.id


def test_a_watcher_hears_of_every_change(store):
    heard = []
    store.watch(heard.append)
    talk = store.start("web")
    store.add(talk.id, "person", "hallo", client_id="a-1")
    store.add(talk.id, "person", "hallo", client_id="a-1")
    store.erase(talk.id)
    assert heard == [talk.id, talk.id]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hallo\x00 daar\x07", "hallo daar"),
        ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),
        ("\ud83d kapot", "kapot"),
        ("👩‍👧 ik zorg voor haar", "👩‍👧 ik zorg voor haar"),
        ("links\u202erechts", "linksrechts"),
        ("<b>'; DROP TABLE messages;--", "<b>'; DROP TABLE messages;--"),
        ("e\u0301e\u0301n", "één"),
    ],
)
def test_only_what_no_screen_can_show_is_taken_out(typed, kept):
    assert storable(typed) == kept


@given(st.text(st.characters()))
def test_any_text_can_be_stored_once_cleaned(text):
    cleaned = storable(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert storable(cleaned) == cleaned
