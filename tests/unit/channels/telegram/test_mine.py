"""Everything we keep of her, in Telegram: asked first, the way round it named, once, and the same as on the website."""

from __future__ import annotations

import html
import re
import time

import httpx
import pytest
from sqlalchemy import text
from starlette.applications import Starlette

from bot.privacy.exporting import Export
from bot.request.base import utc_now
from channels.rendering.papers import Papers
from channels.telegram.building import day_links, exports_of
from channels.telegram.links import COPY_PATH
from channels.telegram.routes import telegram_routes
from tests.unit.channels.telegram.conftest import chat_of, running, say_in

HERE, NOT = "Stuur het bestand hier", "Laat maar"


def files_of(stub, person):
    return [message["file"] for message in stub.chats[person.chat] if "file" in message]


def asked(person) -> str:
    person.says("/mijn")
    return person.wait_for("alles lezen wat wij van u bewaren")


def test_it_is_asked_first_with_the_website_as_the_other_way(bot, stub, greeted):
    said = asked(greeted)
    assert "Telegram" in said
    assert "Deze link werkt een dag" in said
    assert greeted.buttons == [HERE, NOT]
    assert files_of(stub, greeted) == []
    greeted.presses(NOT)
    greeted.wait_for("Ik stuur het niet")
    assert files_of(stub, greeted) == []


def test_after_a_yes_it_comes_once_and_holds_all_and_fetches_nothing(bot, stub, greeted):
    greeted.says("mijn man <b>Kees</b> kwikstaart")
    greeted.wait_for("niet goed verstaan")
    say_in(bot.house, greeted, "Ik bel u morgen.", "staff", author_name="Petra")
    asked(greeted)
    question = stub.chats[greeted.chat][-1]
    yes = question["buttons"][0][0]["callback_data"]
    for _ in range(3):
        greeted.press(question["id"], yes)
    (file,) = stub.until(lambda: files_of(stub, greeted))
    greeted.says("en nu?")
    stub.until(lambda: sum("niet goed verstaan" in said for said in greeted.hears) == 2)
    assert len(files_of(stub, greeted)) == 1
    assert file["name"] == "adempauze-gegevens.html"
    page = file["content"].decode()
    found = Export(bot.house.sessions, bot.house.wording).of_talk(
        chat_of(bot.house, greeted.chat).conversation_id, utc_now()
    )
    assert "mijn man &lt;b&gt;Kees&lt;/b&gt; kwikstaart" in page
    assert "Ik bel u morgen." in page
    said = "".join(html.unescape(re.sub(r"</?(?:p|br|a)\b[^>]*>", "", page)).split())
    texts = [message["text"] for message in found["messages"][:-2]]
    assert [text for text in texts if "".join(text.split()) not in said] == []
    assert re.findall(r"(?:src|@import|<link|<script)", page) == []
    assert "Stuur in Telegram /wis" in page


def test_weg_takes_the_file_out_of_sight_too(bot, stub, greeted):
    asked(greeted)
    greeted.presses(HERE)
    stub.until(lambda: files_of(stub, greeted))
    greeted.says("/weg")
    stub.until(lambda: greeted.sees == ["Klaar."])


def test_who_was_never_here_hears_that_there_is_nothing(bot, stub, anna):
    anna.says("/mijn")
    anna.wait_for("Van u bewaar ik nu niets")
    assert chat_of(bot.house, anna.chat) is None


def test_a_crash_between_her_yes_and_the_file_loses_nothing(house, stub, anna):
    with running(house, stub):
        anna.says("/start")
        anna.wait_for("computerprogramma")
        asked(anna)
        stub.trouble("sendDocument", 500, times=1, chat=anna.chat)
        anna.presses(HERE)
        stub.until(lambda: [call for call in stub.calls if call.method == "sendDocument"])
    with running(house, stub):
        stub.until(lambda: files_of(stub, anna))
        time.sleep(0.5)
    assert len(files_of(stub, anna)) == 1


def test_nothing_of_it_lies_in_the_queue(bot, stub, greeted):
    stub.trouble("sendDocument", 429, retry_after=2, chat=greeted.chat)
    asked(greeted)
    greeted.presses(HERE)
    stub.until(lambda: [call for call in stub.calls if call.method == "sendDocument"])
    with bot.house.engine.connect() as connection:
        sizes = connection.execute(text("select length(content) from chat_sendings where content is not null"))
        assert max((row[0] for row in sizes), default=0) < 2000
    stub.until(lambda: files_of(stub, greeted))


@pytest.mark.parametrize("als", ["", "?als=json"])
async def test_the_link_of_the_day_gives_the_same_and_no_other_link_does(house, als):
    talk = house.conversations.start("telegram").id
    house.conversations.add(talk, "person", "mijn man kwikstaart")
    exports = exports_of(house)
    papers = Papers(None, utc_now, house.requests.office)
    routes = telegram_routes(None, day_links(house, COPY_PATH), papers, house.requests.for_conversation, exports)
    app = httpx.ASGITransport(app=Starlette(routes=routes))
    async with httpx.AsyncClient(transport=app, base_url="http://x") as web:
        link = exports._links.address(talk).removeprefix(house.settings.base_url)
        found = await web.get(link + als)
        assert (found.status_code, "kwikstaart" in found.text) == (200, True)
        assert found.headers["cache-control"] == "no-store"
        copy = day_links(house, COPY_PATH).address(talk).rpartition("/")[2]
        assert (await web.get(f"{link.rpartition('/')[0]}/{copy}")).status_code == 404
        house.erase(talk)
        assert (await web.get(link + als)).status_code == 404


def test_a_file_that_cannot_be_made_is_said_and_holds_up_nothing(bot, stub, greeted, monkeypatch):
    def broken(*_arguments):
        raise ValueError("kwikstaart")

    monkeypatch.setattr("channels.telegram.exporting.Exports._filled", broken)
    asked(greeted)
    greeted.presses(HERE)
    greeted.wait_for("Het lukte mij niet om het bestand te maken")
    greeted.says("en verder")
    greeted.wait_for("niet goed verstaan")
