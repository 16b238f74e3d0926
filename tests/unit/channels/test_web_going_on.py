"""Her code in the API of the widget: one conversation in two browsers, and what a code that is not hers opens."""

from __future__ import annotations

import re
import secrets

import pytest
import segno

from channels.web.going_on import GoingOn, _drawn
from tests.unit.channels.widget_api import Widget, texts
from tests.web.browser import small_app

OPENED = "Dit gesprek is nu ook open op een ander apparaat"


@pytest.fixture
def app(tmp_path):
    return small_app(tmp_path)[0]


class Browser(Widget):
    """A browser, with the calls about codes."""

    async def code(self):
        return (await self.http.post("/api/going-on", json={})).json()

    async def use(self, code, **more):
        return await self.http.post(
            "/api/going-on/use", json={"code": code, "client_id": secrets.token_hex(16), **more}
        )

    async def everything(self):
        return texts(await self.http.get("/api/messages"))


@pytest.fixture
async def anna(app):
    widget = Browser(app)
    await widget.start(municipality="Ede")
    await widget.say("ik zorg voor mijn man")
    return widget


async def test_another_browser_goes_on_where_she_was_and_both_keep_it(app, anna):
    given = await anna.code()
    assert given["page"].endswith("/verder")
    assert given["telegram"] is None
    phone = Browser(app)
    opened = await phone.use(given["code"].lower().replace("-", " "))
    assert opened.status_code == 200
    assert ("person", "ik zorg voor mijn man") in texts(opened)
    await phone.say("hij vergeet veel")
    on_both = [text for author, text in await anna.everything() if author == "person"]
    assert on_both == ["ik zorg voor mijn man", "hij vergeet veel"]
    assert await phone.everything() == await anna.everything()
    assert (await anna.say("dat klopt")).status_code == 200


async def test_whoever_has_the_talk_open_hears_that_it_was_opened(app, anna):
    phone = Browser(app)
    await phone.use((await anna.code())["code"])
    assert [text for _, text in await anna.everything() if text.startswith(OPENED)]


async def test_a_code_works_once(app, anna):
    code = (await anna.code())["code"]
    assert (await Browser(app).use(code)).status_code == 200
    again = await Browser(app).use(code)
    assert (again.status_code, again.json()["error"]) == (404, "code_wrong")
    assert "opnieuw beginnen" in again.json()["text"]


async def test_a_lost_answer_is_given_again(app, anna):
    code, phone = (await anna.code())["code"], Browser(app)
    body = {"code": code, "client_id": "the-same-mark"}
    first = await phone.http.post("/api/going-on/use", json=body)
    phone.http.cookies.clear()  # it never arrived
    second = await phone.http.post("/api/going-on/use", json=body)
    third = await phone.http.post("/api/going-on/use", json=body)  # and this one knows who she is by now
    assert texts(first) == texts(second) == texts(third)
    assert sum(text.startswith(OPENED) for _, text in texts(third)) == 1


async def test_a_newer_code_and_ending_it_end_the_one_before(app, anna):
    first, second = (await anna.code())["code"], (await anna.code())["code"]
    assert (await Browser(app).use(first)).status_code == 404
    assert (await anna.http.request("DELETE", "/api/going-on", json={})).json() == {"ended": True}
    assert (await Browser(app).use(second)).status_code == 404


async def test_an_erased_talk_is_gone_in_both_browsers_and_its_code_too(app, anna):
    phone = Browser(app)
    await phone.use((await anna.code())["code"])
    code = (await anna.code())["code"]
    await phone.http.request("DELETE", "/api/conversation", json={})
    assert (await anna.say("hallo")).status_code == 401
    assert (await Browser(app).use(code)).status_code == 404


async def test_a_talk_that_was_open_is_asked_about_and_can_be_found_again(app, anna):
    code, tablet = (await anna.code())["code"], Browser(app)
    await tablet.start()
    await tablet.say("een ander gesprek")
    asked = await tablet.use(code)
    assert (asked.status_code, asked.json()["error"]) == (409, "code_own")
    assert ("person", "een ander gesprek") in await tablet.everything()
    opened = await tablet.use(code, sure=True)
    assert ("person", "ik zorg voor mijn man") in texts(opened)
    left = opened.json()["left"]["code"]
    back = await tablet.use(left, sure=True)
    assert ("person", "een ander gesprek") in texts(back)


async def test_where_nothing_was_said_nothing_is_asked(app, anna):
    tablet = Browser(app)
    await tablet.start()
    opened = await tablet.use((await anna.code())["code"])
    assert (opened.status_code, opened.json()["left"]) == (200, None)


async def test_her_own_code_in_the_same_browser_is_not_used_up(app, anna):
    code = (await anna.code())["code"]
    assert (await anna.use(code)).json()["error"] == "code_here"
    assert (await Browser(app).use(code)).status_code == 200


@pytest.mark.parametrize("code", ["", "0000", "K7M4-RXP2-T9HF", "x" * 5000, "\x00", "🙂" * 12])
async def test_what_is_no_code_gets_a_way_on(app, code):
    answer = await Browser(app).use(code)
    assert (answer.status_code, answer.json()["error"]) == (404, "code_wrong")


async def test_guesses_are_slowed_down_for_an_address(app, anna):
    answers = [(await Browser(app).use("K7M4-RXP2-T9HF")).status_code for _ in range(14)]
    assert answers == [404] * 12 + [429] * 2
    late = await Browser(app).use((await anna.code())["code"])
    assert (late.status_code, late.json()["error"]) == (429, "code_later")
    assert int(late.headers["retry-after"]) > 0


async def test_guesses_are_slowed_down_for_a_conversation(app, anna):
    assert [(await anna.use("K7M4-RXP2-T9HF")).status_code for _ in range(8)] == [404] * 6 + [429] * 2


async def test_a_stranger_gets_no_code(app):
    answer = await Browser(app).http.post("/api/going-on", json={})
    assert (answer.status_code, answer.json()["error"]) == (401, "no_conversation")


NOT_OURS = [{}, {"code": 5, "client_id": "12345678"}, {"code": "x"}, {"code": "x", "client_id": "!"}]


@pytest.mark.parametrize("body", NOT_OURS)
async def test_what_no_widget_sends_is_refused(app, body):
    assert (await Browser(app).http.post("/api/going-on/use", json=body)).status_code == 400


@pytest.mark.parametrize("name", ["adempauze_bot", "", TimeoutError()])
async def test_the_link_into_telegram_is_there_when_the_bot_is(name):
    async def bot_name():
        if isinstance(name, Exception):
            raise name
        return name

    asked = GoingOn(None, None, None, None, None, "https://adempauze.example", bot_name)
    assert await asked._name_of_bot() == (name if isinstance(name, str) else "")


def test_the_drawing_is_the_code_itself():
    text = "https://adempauze.example/verder#K7M4-RXP2-T9HF"
    drawn = _drawn(text)
    dark = {
        (int(x) + step, int(y))
        for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn["path"])
        for step in range(int(wide))
    }
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert drawn["size"] == len(matrix)
