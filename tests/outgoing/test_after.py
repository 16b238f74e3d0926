"""Mail after a request was sent: a bell without a word about care, as she is spoken to; a nudge for the owner."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from bot.conversations.tables import conversations
from bot.outbox.letters import LetterEvent, LetterKind
from bot.outbox.writing import WRITER, LetterWriter
from bot.request.checking import Worse
from bot.request.desk import RequestDesk
from bot.staff.accounts import StaffRole
from knowledge.storage import open_sessions
from knowledge.vocabulary import Urgency
from tests.outgoing.smtp_server import mail_server
from tests.outgoing.test_mail import worker
from tests.unit.bot.request.conftest import Listener

TEAM, CARER = LetterKind.TEAM_MAIL, LetterKind.CARER_MAIL
OF_CARE = re.compile(r"dementie|mantelzorg|Ria|respijt|zorg|ziek|overleden|consulent|aanvraag|hulp|rust", re.IGNORECASE)


@pytest.fixture
def server():
    with mail_server() as started:
        yield started


@pytest.fixture
def writing(house):
    """The house, where every event writes its letters."""
    sessions = open_sessions(house.engine)
    sessions.configure(info={WRITER: LetterWriter([TEAM, CARER])})
    house.desk = RequestDesk(sessions, house.clock, notify=Listener())
    return house


def letters(house) -> list[tuple[str, str]]:
    with house.sessions() as session:
        return [tuple(row) for row in session.execute(text("select kind, event from letters order by created_at, id"))]


@pytest.mark.parametrize("informal", [False, True])
@pytest.mark.parametrize("event", [LetterEvent.ACCEPTED, LetterEvent.FOLLOWED_UP])
async def test_the_bell_says_nothing_of_care_and_speaks_to_her_as_we_do(house, server, informal, event):
    house.letter(CARER, event, house.request(informal=informal))
    house.forward(minutes=3)
    await worker(house, server[1]).deliver_due()
    (message,) = server[0].taken
    body = message.get_content()
    assert message["Subject"] == "Bericht van Adempauze"
    assert not OF_CARE.search(message["Subject"] + body)
    assert bool(re.search(r"\b(u|uw)\b", body, re.IGNORECASE)) is not informal
    assert bool(re.search(r"\b(je)\b", body, re.IGNORECASE)) is informal
    assert ("vraag voor" in body) is (event is LetterEvent.FOLLOWED_UP)
    assert not re.search(r"\n{3,}", body)


def test_what_the_clock_asks_rings_once_and_only_where_she_gave_an_address(writing):
    writing.request("c1")
    writing.request("c2", email="")
    writing.forward(days=2)
    before = letters(writing)
    assert len(writing.desk.ask_what_is_due()) == 2
    assert letters(writing)[len(before) :] == [("carer_mail", "followed_up")]


def test_where_messages_ring_by_themselves_no_mail_is_written(writing):
    with writing.sessions.begin() as session:
        times = dict.fromkeys(("created_at", "last_at", "expires_at"), writing.clock())
        session.execute(conversations.insert().values(id="c1", channel="telegram", state={}, **times))
    writing.request("c1")
    writing.forward(days=2)
    writing.desk.ask_what_is_due()
    assert ("carer_mail", "followed_up") not in letters(writing)


async def test_a_nudge_goes_to_the_owner_without_a_word_about_her(writing, server):
    petra = writing.staff.add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")
    request = writing.request()
    writing.desk.accept(request.reference, petra)
    writing.desk.mark_contacted(request.reference, petra)
    writing.forward(days=1)
    for _ in range(3):
        writing.desk.nudge("c1")
    writing.desk.worsen("c1", Worse(Urgency.SOON, "snel: het is zwaarder geworden", "hij valt elke nacht"))
    await worker(writing, server[1]).deliver_due()
    mine = [message for message in server[0].taken if message["To"] == "petra@ede.example"]
    assert sorted(message["Subject"] for message in mine) == [
        "Iemand vraagt waar het antwoord blijft",
        "Snel: bij een aanvraag is iets veranderd",
    ]
    for message in mine:
        body = message.get_content()
        assert request.reference in body
        assert not re.search(r"Ria|06|ria@|dementie|man\b|valt|nacht", body)
