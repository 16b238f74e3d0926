"""In the middle of things: a talk under way, a request that was sent. Old buttons, buttons of somebody else, a stream
that resumes anywhere, bodies of any kind: nothing breaks, nothing of another is done, and the talk goes on."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from itertools import count

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.serving import application
from channels.web.browsers import Browsers
from channels.web.callback_desk import CallbackDesk
from channels.web.identity import TalkIdentity
from tests.fuzz.counting import threw
from tests.fuzz.inputs import SECONDS_AT_MOST, nasty, thrown

HEADERS = {"X-Adempauze": "1"}
STAGES = {
    "begun": (),
    "told": ("mijn man heeft dementie en ik slaap niet meer", "hij is 78 en we wonen in Ede"),
    "offered": ("mijn moeder heeft parkinson, we wonen in Ede", "ik wil een dag per week voor mezelf", "ja"),
    "danger": ("ik wil niet meer leven",),
    "sent": ("hoe staat het ermee?",),
}
FINE = {200, 400, 404, 405, 409, 413, 415, 422}
TO_THE_TALK = "/api/request/copy"
"""Without a request to copy she is led back to her talk; nothing else of a talk that is there leads anywhere."""
A_MOMENT = 0.05  # seconds that somebody looks at a stream
_marks = count()


class Talk:
    """A talk of somebody, as far as its stage."""

    def __init__(self, house, app, loop, stage: str) -> None:
        self.house, self.loop, self.stage = house, loop, stage
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://house", headers=HEADERS)
        self.id = self._with_a_request() if stage == "sent" else house.conversations.start("web").id
        browsers = Browsers(house.conversations)
        identity = TalkIdentity(house.settings.secret, False, browsers)
        self.http.cookies.set(identity.name, identity.cookie(browsers.welcome(self.id)))
        self.does("POST", "/api/conversation", content=b"{}")
        for text in STAGES[stage]:
            assert self.says({"text": text}).status_code == 200

    def _with_a_request(self) -> str:
        house = self.house
        desk = CallbackDesk(
            house.conversations, house.requests, house.services.access_rules, house.wording, house.services.now
        )
        filled = dict.fromkeys(("name", "email", "when", "via"), "")
        filled |= {
            "municipality": "Ede",
            "question": "Ik slaap niet meer.",
            "phone": "0612345678",
            "mark": f"deep-request-{next(_marks):08}",
        }
        return desk.send(None, f"deep-talk-{next(_marks):08}" * 2, filled)

    def does(self, method: str, path: str, **more) -> httpx.Response:
        call = self.http.request(method, path, **more)
        return self.loop.run_until_complete(asyncio.wait_for(call, SECONDS_AT_MOST))

    def says(self, body: dict) -> httpx.Response:
        content = json.dumps({"client_id": f"deep-{next(_marks):08}", **body}).encode()
        return self.does("POST", "/api/messages", content=content, headers={"Content-Type": "application/json"})

    def looks_on(self, query: str, last: str) -> None:
        """A stream has no end: it is left after a moment."""
        call = self.http.get(f"/api/stream?{query}", headers={"Last-Event-ID": last})
        with suppress(asyncio.TimeoutError):
            assert self.loop.run_until_complete(asyncio.wait_for(call, A_MOMENT)).status_code in FINE

    def buttons(self) -> list[str]:
        """Every button it ever showed."""
        said = self.does("GET", "/api/messages").json()["messages"]
        return [button["token"] for message in said for button in message.get("buttons") or ()]


@pytest.fixture(scope="module")
def talks(target, loop, in_haste):
    app = application(target)
    return [Talk(target, app, loop, stage) for stage in STAGES for _ in range(2)]


def _nested(depth: int) -> bytes:
    return b'{"text":' + b"[" * depth + b"]" * depth + b"}"


ODD_HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
NUMBERS = st.sampled_from(("0", "-1", "1", "99999999999999999999", "1e9", "NaN", "٣", "1.5", "0x10")) | ODD_HEADER
KINDS = ("words", "words", "button", "another's", "bent", "nested", "form", "numbers", "stream", "request")


@thrown("deep")
@given(
    who=st.integers(0, 2 * len(STAGES) - 1),
    kind=st.sampled_from(KINDS),
    text=nasty(),
    place=st.integers(0, 200),
    number=NUMBERS,
)
def test_in_the_middle_of_anything_the_talk_goes_on(talks, who, kind, text, place, number):
    threw("deep")
    mine, other = talks[who], talks[who ^ 1]
    own, others = mine.buttons(), set(other.buttons())
    before = len(mine.house.conversations.since(other.id))
    answer = None
    if kind == "words":
        answer = mine.says({"text": text})
    elif kind == "button" and own:
        answer = mine.says({"button": own[place % len(own)]})
    elif kind == "another's" and others - set(own):
        foreign = sorted(others - set(own))
        answer = mine.says({"button": foreign[place % len(foreign)]})
        assert answer.status_code in (400, 409), "a button of somebody else's talk does nothing here"
    elif kind == "bent":
        answer = mine.says({"button": f"{(own or ['1.0'])[0]}{number}"})
    elif kind == "nested":
        content = _nested(place * 400)
        answer = mine.does("POST", "/api/messages", content=content, headers={"Content-Type": "application/json"})
    elif kind == "form":
        answer = mine.does("POST", "/api/messages", files={"text": (text[:40] or "x", text.encode("utf-8", "replace"))})
    elif kind == "numbers":
        answer = mine.does("GET", "/api/messages", params={"after": number})
    elif kind == "stream":
        mine.looks_on(str(httpx.QueryParams({"after": number})), number)
    else:
        path = ("/api/request", "/api/request/copy", "/api/request/form", "/api/export")[place % 4]
        answer = mine.does("GET", path, params={"x": number})
    if answer is not None and answer.status_code == 303:
        assert (mine.stage != "sent", answer.request.url.path) == (True, TO_THE_TALK), kind
        assert answer.headers["location"] == "/"
    else:
        assert answer is None or answer.status_code in FINE, (kind, answer.status_code)
    assert len(mine.house.conversations.since(other.id)) == before, "nothing is said in another's talk"


def test_each_talk_still_answers_and_still_hears_danger(talks):
    for talk in talks:
        assert talk.says({"text": "ik wil weten wat er kan"}).status_code == 200, talk.stage
        said = talk.says({"text": "ik wil niet meer leven"}).json()["messages"]
        assert any("0800-0113" in one["text"] for one in said), talk.stage
    assert all(talk.house.requests.for_conversation(talk.id) for talk in talks if talk.stage == "sent")
