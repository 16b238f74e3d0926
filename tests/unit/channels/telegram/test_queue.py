"""The queue and the box by themselves, on SQLite and on a real PostgreSQL: order, pace, leases, two at once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.chats.arrivals import MOST_WAITING, ArrivalBox
from bot.chats.book import ChatBook
from bot.chats.filling import Piece, QueueFiller
from bot.chats.keys import ChatKeys
from bot.chats.records import LEASE, ChatState, WorkState
from bot.chats.sendings import MOST_A_SECOND, LostClaimError, SendingQueue
from bot.conversations.store import ConversationStore
from bot.schema import metadata
from knowledge.storage import open_engine, open_sessions
from tests.database import postgresql
from tests.unit.bot.request.conftest import Clock
from tests.unit.channels.telegram.conftest import chat_of, running

ROOT = Path(__file__).parents[4]


class Post:
    """The rooms of chats on one database, with a clock one can move."""

    def __init__(self, address: str) -> None:
        self.engine = open_engine(address)
        metadata.create_all(self.engine)
        self.sessions = open_sessions(self.engine)
        self.clock = Clock()
        self.keys = ChatKeys("geheim", "telegram", self.clock)
        self.book = ChatBook(self.sessions, "telegram", self.clock)
        self.box = ArrivalBox(self.sessions, "telegram", self.clock)
        self.queue = SendingQueue(self.sessions, "telegram", self.clock)
        self.store = ConversationStore(self.sessions, self.clock)
        self.filler = QueueFiller(self.sessions, "telegram", self.keys, self.clock, self.show)
        self._keys = count()

    def show(self, chat, message):
        return [Piece({"text": message.text})]

    def put(self, chat="a", *, first=False, talk=None):
        key = f"k{next(self._keys)}"
        self.filler.put(key, chat, "address", Piece({"text": key}, first), talk)
        return key

    def send_all(self, most=99):
        sent = []
        while len(sent) < most and (sending := self.queue.claim()):
            self.queue.hand_over(sending)
            sent.append(sending.key)
            self.queue.delivered(sending, 1)
        return sent


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    with postgresql() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def post(request, tmp_path):
    on_file = request.param == "sqlite"
    made = Post(f"sqlite:///{tmp_path / 'post.db'}" if on_file else request.getfixturevalue("postgres"))
    yield made
    if not on_file:
        with made.engine.begin() as connection:
            connection.execute(text("drop schema public cascade"))
            connection.execute(text("create schema public"))
    made.engine.dispose()


def test_a_chat_gets_one_a_second_in_order(post):
    keys = [post.put("a") for _ in range(3)]
    other = post.put("b")
    assert post.send_all() == [keys[0], other]
    post.clock.forward(seconds=0.9)
    assert post.send_all() == []
    post.clock.forward(seconds=0.2)
    assert post.send_all() == [keys[1]]
    post.clock.forward(seconds=1.1)
    assert post.send_all() == [keys[2]]


def test_all_chats_together_stay_under_the_limit_and_what_goes_first_does_not_wait(post):
    for number in range(40):
        post.put(f"chat{number}")
    assert len(post.send_all()) == MOST_A_SECOND
    urgent = [post.put("chat1", first=True), post.put("chat1", first=True)]
    assert post.send_all() == urgent
    post.clock.forward(seconds=1.1)
    assert len(post.send_all()) == 40 - MOST_A_SECOND


def test_what_must_be_tried_again_holds_up_its_own_chat_only(post):
    keys = [post.put("a"), post.put("a"), post.put("b")]
    sending = post.queue.claim()
    post.queue.later(sending, "x", timedelta(seconds=30))
    assert post.send_all() == [keys[2]]
    post.clock.forward(seconds=31)
    assert post.send_all() == [keys[0]]
    post.clock.forward(seconds=2)
    assert post.send_all() == [keys[1]]


def test_a_lease_that_ended_gives_it_to_another_and_the_first_is_too_late(post):
    key = post.put()
    first = post.queue.claim()
    assert post.queue.claim() is None
    post.clock.forward(seconds=LEASE.total_seconds() + 1)
    assert post.send_all() == [key]
    for step in (post.queue.hand_over, post.queue.delivered, post.queue.release):
        with pytest.raises(LostClaimError):
            step(first)


def test_new_messages_come_in_the_queue_once_whoever_looks(post):
    talk = post.store.start("telegram").id
    post.book.open("a", talk, "address")
    post.store.add(talk, "person", "hallo")
    for number in range(4):
        post.store.add(talk, "assistant", f"zin {number}")
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(post.filler.fill())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found) == 4
    assert post.filler.fill() == 0


def test_what_is_held_waits_and_what_is_erased_is_gone(post):
    talk = post.store.start("telegram").id
    post.book.open("a", talk, "address")
    key = post.put("a", talk=talk)
    post.book.set_state("a", ChatState.BLOCKED)
    assert (post.send_all(), post.queue.waiting()) == ([], 0)
    post.book.set_state("a", ChatState.ACTIVE)
    assert post.send_all() == [key]
    post.put("a", talk=talk)
    post.store.erase(talk)
    assert (post.send_all(), post.book.find("a")) == ([], None)


def test_a_chat_has_one_conversation_whoever_is_first(post):
    one, other = post.store.start("telegram").id, post.store.start("telegram").id
    assert post.book.open("a", one, "x").conversation_id == one
    assert post.book.open("a", other, "x").conversation_id == one


def test_each_number_is_kept_once_by_however_many(post):
    kept = []
    numbers = [random.randrange(20) for _ in range(80)]
    work = [threading.Thread(target=lambda n=n: kept.append(post.box.keep(n, f"c{n}", "x"))) for n in numbers]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert kept.count(WorkState.WAITING) == len(set(numbers))
    assert kept.count(None) == 80 - len(set(numbers))


def test_within_a_chat_the_lowest_number_comes_first_and_alone(post):
    for number in (7, 5, 6):
        post.box.keep(number, "a", "x")
    post.box.keep(4, "b", "x")
    first, second = post.box.claim(), post.box.claim()
    assert {first.number, second.number} == {4, 5}
    assert post.box.claim() is None
    five = first if first.number == 5 else second
    post.box.done(five)
    assert post.box.claim().number == 6
    post.clock.forward(seconds=LEASE.total_seconds() + 1)
    assert sorted([post.box.claim().number, post.box.claim().number]) == [4, 6]


def test_what_fails_is_tried_three_times_and_holds_its_chat(post):
    post.box.keep(1, "a", "x")
    post.box.keep(2, "a", "x")
    for ends in (False, False, True):
        arrival = post.box.claim()
        assert arrival.number == 1
        assert post.box.failed(arrival) is ends
        post.clock.forward(seconds=10)
    assert post.box.claim().number == 2


def test_a_flood_of_one_chat_is_dropped_and_reaches_nobody_else(post):
    kept = [post.box.keep(number, "a", "x") for number in range(MOST_WAITING + 5)]
    assert kept.count(WorkState.DROPPED) == 5
    assert post.box.keep(500, "b", "x") is WorkState.WAITING
    post.clock.forward(days=9)
    assert post.box.tidy() == 5


@pytest.mark.parametrize("at", ["handled", "sent"])
def test_kill_9_loses_nothing_and_doubles_at_most_what_was_under_way(house, stub, anna, at):
    """A real process is killed: while it answers an update, or right after Telegram took a message."""
    with running(house, stub):
        anna.says("/start")
        anna.wait_for("computerprogramma")
    wanted = json.dumps(
        {"database": house.settings.database_url, "server": stub.address, "secret": house.settings.secret}
    )
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.unit.channels.telegram.child", wanted, str(house.settings.data_dir)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    killed = threading.Event()

    def kill(call) -> None:
        due = call.method == "sendMessage" and "niet goed verstaan" in call.text
        if due and not killed.is_set():
            if at == "sent":
                stub.chats[anna.chat].append({"id": 0, "from": "bot", "text": call.text, "buttons": []})
            killed.set()
            os.kill(child.pid, signal.SIGKILL)

    stub.seen = kill
    try:
        for number in range(3):
            anna.says(f"bericht {number}")
        stub.until(killed.is_set, "the kill", seconds=60)
        child.wait(20)
    finally:
        stub.seen = lambda call: None
        child.kill()
        child.wait(20)
    stub.chats[anna.chat] = [m for m in stub.chats[anna.chat] if m["id"] or at == "sent"]
    with house.engine.begin() as connection:  # the leases of the dead process end now instead of in two minutes
        for table in ("chat_arrivals", "chat_sendings"):
            connection.execute(
                text(f"update {table} set claimed_until = '2020-01-01 00:00:00' where claim is not null")
            )
    with running(house, stub):
        anna.says("het laatste")
        stub.until(lambda: sum("niet goed verstaan" in said for said in anna.hears) >= 4)
        time.sleep(1.5)
    talk = house.conversations.since(chat_of(house, anna.chat).conversation_id)
    typed = [message.text for message in talk if message.author == "person"]
    assert typed == ["bericht 0", "bericht 1", "bericht 2", "het laatste"]
    answers = sum("niet goed verstaan" in said for said in anna.hears)
    assert answers in (4, 5, 6), "never fewer, and no more than what was under way twice"
