"""What a browser is known by turns: the old one ends, and nobody is locked out by a lost answer or a second tab."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.conversations.records import UnknownConversationError
from bot.conversations.store import BROWSER, ConversationStore
from channels.web.browsers import A_DAY, GRACE, MOST, Browsers, Statement
from channels.web.visiting import PASS_HEADER
from knowledge.storage import metadata, open_engine, open_sessions
from tests.unit.channels.widget_api import OURS, Widget, texts
from tests.web.browser import Answer, small_app

EDE = "https://www.ede.nl"
SENT = {"kind": "request", "reference": "AP-1", "recipient": "gemeente Ede", "sections": []}


class Seconds:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def house(tmp_path):
    allowed = tmp_path / "websites.yml"
    allowed.write_text(f"Ede:\n  websites: [{EDE}]\n")
    app, conversations, reception = small_app(tmp_path, websites=allowed)
    reception.answers = {"verstuur": [Answer("Verstuurd.", card=SENT)]}
    return app, conversations


def with_cookie(app, cookie) -> Widget:
    """Another browser, or a tab, with only this cookie."""
    widget = Widget(app)
    widget.http.cookies.update(dict(cookie))
    return widget


async def test_when_a_request_is_sent_what_was_known_before_ends(house, monkeypatch):
    anna = Widget(house[0])
    await anna.start()
    before = dict(anna.http.cookies)
    sent = await anna.say("verstuur")
    assert "set-cookie" in sent.headers
    assert dict(anna.http.cookies) != before
    assert (await with_cookie(house[0], before).say("tabblad")).status_code == 200  # nothing came back with the new one
    assert (await anna.say("ik")).status_code == 200
    assert (await with_cookie(house[0], before).say("net onderweg")).status_code == 200
    _wait(monkeypatch, GRACE + 1)
    assert (await with_cookie(house[0], before).say("te laat")).status_code == 401
    assert (await anna.say("nog steeds ik")).status_code == 200


async def test_a_lost_answer_locks_nobody_out(house, monkeypatch):
    anna = Widget(house[0])
    await anna.start()
    before = dict(anna.http.cookies)
    await anna.say("verstuur", "mark-of-this-message")  # the answer, and the new cookie, never arrived
    _wait(monkeypatch, A_DAY * 5)
    again = with_cookie(house[0], before)
    said = await again.say("verstuur", "mark-of-this-message")
    assert texts(said) == []  # the widget asks what it missed; nothing was said twice
    assert "set-cookie" in said.headers
    everything = texts(await again.start())
    assert [text for author, text in everything if author == "person"] == ["verstuur"]


async def test_a_day_later_the_page_gets_a_new_one(house, monkeypatch):
    anna = Widget(house[0])
    await anna.start()
    before = dict(anna.http.cookies)
    assert "set-cookie" not in (await anna.say("hallo")).headers
    _wait(monkeypatch, A_DAY + 1)
    assert "set-cookie" in (await anna.say("daar ben ik weer")).headers
    assert (await anna.say("en verder")).status_code == 200
    _wait(monkeypatch, A_DAY + GRACE + 2)
    assert (await with_cookie(house[0], before).say("oud")).status_code == 401


async def test_a_pass_turns_as_a_cookie_does(house, monkeypatch):
    http = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=house[0]),
        base_url="http://house",
        headers={**OURS, "Origin": EDE, "Sec-Fetch-Site": "cross-site"},
    )

    async def say(pass_, text):
        body = {"text": text, "client_id": f"mark-{text}-123456"}
        return await http.post("/api/messages", json=body, headers={"Authorization": f"Bearer {pass_}"})

    first = (await http.post("/api/conversation", json={})).headers[PASS_HEADER]
    second = (await say(first, "verstuur")).headers[PASS_HEADER]
    assert (await say(second, "verder")).status_code == 200
    assert (await say(first, "andere")).headers[PASS_HEADER]  # a second tab, a moment later, gets the new one along
    _wait(monkeypatch, GRACE + 1)
    assert (await say(first, "te-laat")).status_code == 401


async def test_an_erased_talk_and_a_forged_number_open_nothing(house):
    anna = Widget(house[0])
    await anna.start()
    cookie = dict(anna.http.cookies)
    await anna.http.request("DELETE", "/api/conversation", json={})
    assert (await with_cookie(house[0], cookie).say("hallo")).status_code == 401


async def test_forgetting_everything_leaves_her_where_she_is(house):
    anna = Widget(house[0])
    await anna.start()
    _, conversations = house
    conversations.clear(_only(conversations))
    assert (await anna.say("opnieuw")).status_code == 200


def test_of_many_browsers_the_oldest_is_forgotten(tmp_path):
    browsers, conversations, seconds = _browsers(f"sqlite:///{tmp_path / 'a.db'}")
    talk = conversations.start("web").id
    told = []
    for _ in range(MOST + 3):
        seconds.now += 1
        told.append(browsers.welcome(talk))
    assert [browsers.accepts(each) for each in told] == [False] * 3 + [True] * MOST
    assert sum(key.startswith(BROWSER) for key in conversations.recall(talk)) == MOST


def test_a_talk_that_is_not_there_welcomes_nobody(tmp_path):
    browsers, _, _ = _browsers(f"sqlite:///{tmp_path / 'a.db'}")
    with pytest.raises(UnknownConversationError):
        browsers.welcome("nowhere")
    assert browsers.accepts(Statement("nowhere", "x", 0)) is False


class TurningMachine(RuleBasedStateMachine):
    """Two tabs of one browser, answers that get lost, and time: whoever holds the newest that arrived is never refused,
    and what was replaced is refused after its minute."""

    @initialize()
    def begin(self) -> None:
        self.browsers, conversations, self.seconds = _browsers("sqlite://")
        self.held = self.browsers.welcome(conversations.start("web").id)
        self.replaced: list[tuple[Statement, float]] = []

    @rule(worth_more=st.booleans(), lost=st.booleans())
    def calls(self, worth_more: bool, lost: bool) -> None:
        assert self.browsers.accepts(self.held)
        for old, _ in self.replaced:
            if old.number < self.held.number and all(old != other for other, _ in self.replaced[-1:]):
                assert not self.browsers.accepts(old)
        renewed = self.browsers.renewed(self.held, worth_more=worth_more)
        if renewed is not None and not lost:
            assert self.browsers.accepts(renewed)  # the next call of this browser
            self.replaced.append((self.held, self.seconds.now))
            self.held = renewed

    @rule(seconds=st.sampled_from([1.0, GRACE, GRACE + 1, A_DAY + 1]))
    def waits(self, seconds: float) -> None:
        self.seconds.now += seconds

    @rule()
    def somebody_has_an_old_one(self) -> None:
        if self.replaced:
            old, when = self.replaced[-1]
            assert self.browsers.accepts(old) is (self.seconds.now - when <= GRACE)


def _browsers(address):
    engine = open_engine(address)
    metadata.create_all(engine)
    conversations, seconds = ConversationStore(open_sessions(engine)), Seconds()
    return Browsers(conversations, seconds), conversations, seconds


def _only(conversations) -> str:
    with conversations._sessions() as session:
        return session.execute(metadata.tables["conversations"].select()).one().id


def _wait(monkeypatch, seconds: float) -> None:
    import time

    began = time.time()
    monkeypatch.setattr("channels.web.browsers.time.time", lambda: began + seconds)


TestTurning = TurningMachine.TestCase
TestTurning.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
