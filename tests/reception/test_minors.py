"""What is kept of somebody younger than eighteen: the talk she can erase, and never a request or a way to reach her."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.conversations.records import Incoming
from bot.outbox.tables import letters
from bot.privacy.exporting import Export
from bot.request.tables import requests
from channels.root import House
from channels.serving import application
from tests.house import MONDAY_MORNING
from tests.unit.channels.widget_api import Widget

TALKS = (
    ("ik ben 14 en zorg voor mijn moeder in Ede", "ik wil een mens spreken", "Lisa Pietersma", "0612349876"),
    ("ik zit in de brugklas en zorg voor mijn zieke vader", "kan iemand mij bellen op 0612349876", "ja", "Ede"),
    ("mijn moeder heeft ms, ik ben 16", "ik wil een aanvraag", "Ede", "verstuur maar", "ja"),
)


@pytest.mark.parametrize("turns", TALKS)
async def test_no_request_and_no_way_to_reach_a_minor_is_kept(house: House, turns: tuple[str, ...]) -> None:
    talk = house.conversations.start("web").id
    await house.reception.open(talk)
    with house.sessions() as session:
        before = session.execute(select(func.count()).select_from(letters)).scalar_one()
    for turn in turns:
        await house.reception.receive(talk, Incoming(turn))
    with house.sessions() as session:
        hers = select(func.count()).select_from(requests).where(requests.c.conversation_id == talk)
        assert session.execute(hers).scalar_one() == 0
        assert session.execute(select(func.count()).select_from(letters)).scalar_one() == before
    kept = Export(house.sessions, house.wording).of_talk(talk, MONDAY_MORNING)
    assert kept["requests"] == []
    assert "minor" in kept["remembered"], "that she is young is what we go by"
    assert "contact" not in kept["remembered"], "no name or number is kept as a way to reach her"
    house.erase(talk)
    assert Export(house.sessions, house.wording).of_talk(talk, MONDAY_MORNING)["messages"] == []


async def test_no_door_of_the_web_takes_a_request_or_a_yes_of_a_minor(house: House) -> None:
    """The same by the calls themselves, also those that no page of ours would make."""
    widget = Widget(application(house))
    assert (await widget.start(municipality="Ede")).status_code == 200
    for turn in (
        "ik ben 15 en zorg voor mijn moeder in Ede",
        "kan iemand mij bellen op 0612349876",
        "ja, verstuur maar",
    ):
        assert (await widget.say(turn)).status_code == 200
    assert (await widget.http.get("/api/request")).status_code in (200, 404)
    change = {"client_id": widget.mark(), "changes": {"contact_phone": "0612349876"}, "loved_one_health": True}
    assert (await widget.http.post("/api/request", json=change)).status_code == 409
    for payload in ('/choose{"choice": "request:send"}', "request:send"):
        assert (await widget.press(payload)).status_code == 409, "only buttons that she was shown"
        await widget.say(payload)
    filled = {"municipality": "Ede", "phone": "0612349876", "mark": "m" * 20, "agree": "yes", "step": "send"}
    page = await widget.http.post("/bel-mij", data={**filled, "question": "Kan iemand mij bellen over zeepaardjes?"})
    assert (page.status_code, "Kindertelefoon" in page.text) == (422, True), "her talk said that she is fifteen"
    another = Widget(application(house))
    page = await another.http.post("/bel-mij", data={**filled, "question": "Ik ben 14 en zorg voor mijn zieke vader."})
    assert (page.status_code, "Kindertelefoon" in page.text) == (422, True)
    told = (await widget.http.get("/api/export?als=json")).json()
    assert told["requests"] == []
    with house.sessions() as session:
        found = session.scalars(select(requests.c.question)).all()
    assert not [question for question in found if "zieke vader" in question or "zeepaardjes" in question]


async def test_a_grown_up_is_called_back(house: House) -> None:
    filled = {"municipality": "Ede", "phone": "0612349876", "mark": "g" * 20, "agree": "yes", "step": "send"}
    asked = "Ik ben 54 en mijn dochter van 14 helpt mee met de zorg voor mijn man."
    page = await Widget(application(house)).http.post("/bel-mij", data={**filled, "question": asked})
    assert page.status_code == 303


async def test_a_draft_does_not_outlive_the_news_that_she_is_young(house: House) -> None:
    talk = house.conversations.start("web").id
    await house.reception.open(talk)
    for turn in ("ik zorg voor mijn moeder in Ede, zij heeft ms", "ik wil een mens spreken", "Lisa", "0612349876"):
        await house.reception.receive(talk, Incoming(turn))
    await house.reception.receive(talk, Incoming("ik ben trouwens pas 15"))
    request = house.requests.for_conversation(talk)
    assert request is None or request.sent_at is None
    for button in house.conversations.buttons_on_screen(talk):
        assert "request:send" not in button["payload"]
