"""What is kept of somebody younger than eighteen: the talk she can erase, and never a request or a way to reach her."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.conversations import Incoming
from bot.outbox_tables import letters
from bot.privacy.exporting import Export
from bot.request.tables import requests
from channels.root import House
from tests.house import MONDAY_MORNING

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
