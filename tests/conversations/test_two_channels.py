"""One script, two channels: the same answers give the same outcome and the same request (R20); begun in one and gone on
with in the other, every answer is kept and nothing is asked again (R19)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from bot.chats.records import WorkState
from bot.chats.tables import sendings
from bot.conversations.tables import messages
from bot.engine.tables import talks
from bot.engine.tracker_store import TalkStore
from bot.request.tables import requests
from channels.root import House
from channels.serving import application
from tests.conversations.runner import Written
from tests.house import MONDAY_MORNING, SetClock
from tests.telegram_stub import Person, TelegramStub
from tests.unit.channels.telegram.conftest import RunningBot, chat_of

HERE = Path(__file__).parent
TALKS = {
    "happy_path/man_vergeet_zwolle.yml": set(),
    "human/belt_liever_zelf.yml": set(),
    "human/iets_veranderen.yml": set(),
    "corrections/moeder_is_verhuisd.yml": {"profile nights", "request nights", "request load"},
}
"""Written talks, with exactly in what Telegram comes out otherwise: how she sleeps is not asked there (R117), so what
she would answer to it is not known, and weighs nothing."""
_chats = count(9000)


@dataclass
class Told:
    """What a talk came to. ``skipped``: buttons of the script that were not there to press."""

    conversation_id: str
    skipped: list[str] = field(default_factory=list)


@dataclass
class Meeting:
    """A house, its web server and its bot, all in one loop as they are when they run."""

    house: House
    bot: RunningBot
    stub: TelegramStub
    app: Any

    def call(self, work: Any) -> Any:
        """Do it in the loop of the bot."""
        return asyncio.run_coroutine_threadsafe(work, self.bot._loop).result(60)

    def widget(self) -> Web:
        return Web(self)

    def chat(self) -> Chat:
        return Chat(self, self.stub.person(next(_chats)))

    def said(self, conversation_id: str) -> list[Any]:
        return self.house.conversations.since(conversation_id, 0, None)


class Web:
    """The widget."""

    def __init__(self, meeting: Meeting) -> None:
        self._meeting = meeting
        headers = {"X-Adempauze": "1"}
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=meeting.app), base_url="http://localhost", headers=headers
        )
        self._marks = count()
        self._shown: dict[str, str] = {}

    def begin(self) -> None:
        self.post("conversation")

    def say(self, text: str) -> None:
        self.post("messages", text=text)

    def press(self, title: str) -> bool:
        if title not in self._shown:
            return False
        self.post("messages", button=self._shown[title])
        return True

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        body = {"client_id": f"web-{id(self)}-{next(self._marks)}", **body}
        answer = self._meeting.call(self.http.post(f"/api/{path}", json=body))
        assert answer.status_code == 200, answer.text
        told = answer.json()
        if told.get("messages"):
            said = [each for each in told["messages"] if each["author"] != "person"]
            self._shown = {button["title"]: button["token"] for each in said for button in each["buttons"]}
        return told

    @property
    def conversation_id(self) -> str:
        everything = self._meeting.call(self.http.get("/api/messages")).json()["messages"]
        with self._meeting.house.sessions() as session:
            chosen = select(messages.c.conversation_id).where(messages.c.id == everything[0]["id"])
            return str(session.execute(chosen).scalar_one())


class Chat:
    """A chat in Telegram, over HTTP with the real library."""

    def __init__(self, meeting: Meeting, person: Person) -> None:
        self._meeting = meeting
        self.person = person

    def begin(self) -> None:
        self.person.says("/start")
        self.person.wait_for("computerprogramma")

    def say(self, text: str) -> None:
        self._answered(f"telegram-{self.person.says(text)}")

    def press(self, title: str) -> bool:
        shown = [
            message["id"]
            for message in self._meeting.stub.chats[self.person.chat]
            if any(button["text"] == title for row in message["buttons"] for button in row)
        ]
        if not shown:
            return False
        self.person.presses(title)
        self._answered(f"telegram-press-{shown[-1]}")
        return True

    def _answered(self, mark: str) -> None:
        """It was taken in, answered, and all of the answer stands in the chat."""

        def is_there() -> bool:
            said = self._meeting.said(self.conversation_id)
            hers = [each.id for each in said if each.client_id == mark]
            return bool(hers) and said[-1].id > hers[0] and self._all_is_delivered(said[-1].id)

        self._meeting.stub.until(is_there, mark)

    def _all_is_delivered(self, last: int) -> bool:
        house = self._meeting.house
        chat = chat_of(house, self.person.chat)
        under_way = select(func.count()).where(
            sendings.c.chat_key == chat.key, sendings.c.state.in_([WorkState.WAITING, WorkState.TAKEN])
        )
        with house.sessions() as session:
            return chat.read_to >= last and session.execute(under_way).scalar_one() == 0

    @property
    def conversation_id(self) -> str:
        return str(chat_of(self._meeting.house, self.person.chat).conversation_id)


@pytest.fixture(scope="module")
def meeting(house: House, clock: SetClock) -> Iterator[Meeting]:
    with TelegramStub(700_000) as stub, ticking(clock):
        bot = RunningBot(house, stub, apart=0.0).start()
        try:
            yield Meeting(house, bot, stub, application(house))
        finally:
            bot.stop()


@contextmanager
def ticking(clock: SetClock) -> Iterator[None]:
    """Time passes: Telegram takes so many messages a second and no more."""
    over = threading.Event()

    def tick() -> None:
        while not over.wait(0.05):
            clock.forward(seconds=0.5)

    ticks = threading.Thread(target=tick, daemon=True)
    clock.moment = MONDAY_MORNING
    ticks.start()
    yield
    over.set()
    ticks.join()


def play(place: Web | Chat, lines: list[dict[str, Any]]) -> list[str]:
    """Say and press what is written; gives the buttons that were not there."""
    skipped = []
    for line in lines:
        if "drukt" in line:
            if not place.press(line["drukt"]):
                skipped.append(line["drukt"])
        elif "zegt" in line:
            place.say(line["zegt"])
    return skipped


def script(name: str) -> list[dict[str, Any]]:
    return Written.read(HERE / name).turns


def outcome(meeting: Meeting, conversation_id: str) -> dict[str, Any]:
    """What it came to: what is known, the request as it goes out, the offers in their order, and the rows."""
    house = meeting.house
    slots = TalkStore(house.sessions, house.services.now).slots_of(conversation_id) or {}
    request = house.requests.for_conversation(conversation_id)
    fields = {each.key.value: (each.value, each.state.value, each.words) for each in request.fields} if request else {}
    cards = [each.card for each in meeting.said(conversation_id) if each.card and each.card.get("kind") == "offers"]
    with house.sessions() as session:
        rows = {
            table.name: session.execute(
                select(func.count()).select_from(table).where(table.c.conversation_id == conversation_id)
            ).scalar_one()
            for table in (talks, requests)
        }
    return {
        "profile": without_turns(slots["profile"]),
        "phase": slots["thread"]["phase"],
        "request": fields,
        "state": request and (request.state.value, request.municipality),
        "offers": [[offer["id"] for offer in card["offers"]] for card in cards],
        "rows": rows,
    }


@pytest.mark.parametrize("name", TALKS)
def test_the_same_answers_give_the_same_outcome_and_request(meeting: Meeting, name: str) -> None:
    lines, found, skipped = script(name), {}, {}
    for place in (meeting.widget(), meeting.chat()):
        place.begin()
        kind = type(place).__name__
        skipped[kind] = play(place, lines)
        found[kind] = outcome(meeting, place.conversation_id)
    web, chat = found["Web"], found["Chat"]
    assert differing(web, chat) == TALKS[name]
    assert skipped["Web"] == []
    assert bool(skipped["Chat"]) is bool(TALKS[name])
    assert (web["state"], web["phase"], web["offers"][-1:]) == (chat["state"], chat["phase"], chat["offers"][-1:])
    assert web["offers"] == chat["offers"] or TALKS[name], "with less known, offers come later"
    assert web["rows"] == chat["rows"] == {"talks": 1, "requests": 1}


def without_turns(kept: Any) -> Any:
    """What is known, without in which turn she said it."""
    if isinstance(kept, dict):
        return {key: without_turns(value) for key, value in kept.items() if key != "turn"}
    return [without_turns(each) for each in kept] if isinstance(kept, list) else kept


def differing(web: dict[str, Any], chat: dict[str, Any]) -> set[str]:
    """The parts of profile and request that are not the same."""
    return {
        f"{part} {key}"
        for part in ("profile", "request")
        for key in {*web[part], *chat[part]}
        if web[part].get(key) != chat[part].get(key)
    }


def test_begun_on_the_website_gone_on_with_in_telegram_ended_on_the_website(meeting: Meeting) -> None:
    name = "happy_path/man_vergeet_zwolle.yml"
    lines = script(name)
    web, chat = meeting.widget(), meeting.chat()
    web.begin()
    assert play(web, lines[:4]) == []
    talk = web.conversation_id
    chat.person.says(web.post("going-on")["code"])
    chat.person.wait_for("Wilt u hier verder?")
    chat.person.presses("Ja, hier verder")
    chat.person.wait_for("U kunt hier verder waar u was")
    meeting.stub.until(lambda: "Ja, laat iemand mij bellen" in chat.person.buttons)
    assert play(chat, lines[4:7]) == []
    assert chat.conversation_id == talk
    web.post("messages", text="o ja, bel liever in de middag", after=0)
    assert play(web, lines[7:]) == []
    ended = outcome(meeting, talk)
    assert ended["state"] == ("sent", "Zwolle")
    said = [each.text for each in meeting.said(talk) if each.author == "person"]
    assert all(line.get("zegt", line.get("drukt")) in said for line in lines)
    asked = [each.text for each in meeting.said(talk) if each.author == "assistant" and each.text.endswith("?")]
    assert len(asked) == len(set(asked)), "nothing is asked twice"
