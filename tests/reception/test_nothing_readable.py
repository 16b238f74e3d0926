"""What a person tells goes the whole way through the house, and nobody who has the database or the logs reads it.

A name, numbers, an address, words about health and a BSN are planted in a talk, a request, the words of the desk and a
letter. Then every table, the file itself and everything that was logged or printed is looked through.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.conversations.records import Incoming
from bot.outbox.letters import LetterKind
from bot.outbox.writing import WRITER, LetterWriter
from bot.privacy.exporting import Export
from bot.privacy.resealing import count
from bot.request.record import Agreement
from bot.staff.accounts import StaffRole
from channels.outgoing.post import build_worker
from channels.outgoing.settings import OpenKlantSettings, OutgoingSettings
from channels.rendering.papers import Papers
from channels.root import House
from tests.database import database
from tests.house import MONDAY_MORNING, SetClock, opened_house
from tests.outgoing.open_klant_server import TOKEN, open_klant

BSN = ("111222333", "111 222 333", "123456782")
PLANTED = (
    "Pietersma", "0612349876", "06-12349876", "Kwikstaartlaan", "9711 AB", "henk.p@voorbeeld.nl", "zwanenzang",
    "parkinson", "dementie", "vergeet alles", "katheter",
)  # fmt: skip
TURNS = (
    f"mijn man Henk Pietersma heeft dementie en parkinson, bsn {BSN[0]}, Kwikstaartlaan 12 in Ede, zwanenzang",
    "hij vergeet alles en ik slaap slecht",
    f"hij heeft een katheter. zijn nummer is {BSN[1]}",
    "ik wil een mens spreken",
    "Pietersma",
    "0612349876",
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lived_in(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house on each of the two databases, with every way out and a real register of Open Klant."""
    folder = tmp_path_factory.mktemp("planted")
    with database(request.param, folder) as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADEMPAUZE_TEST_DATABASE", address)
        with opened_house(folder, SetClock(MONDAY_MORNING)) as house:
            house.sessions.configure(info={WRITER: LetterWriter(frozenset(LetterKind))})
            yield house


async def carry(house: House) -> tuple[str, str]:
    """Let the real worker take the letters of the desk to a register; gives what the register got, and what stood in
    the database while they were on their way."""
    settings, on_their_way = house.settings, []
    with open_klant() as (register, url):
        register.before = lambda method, path: on_their_way.append(every_value(house))
        worker = build_worker(
            OutgoingSettings(open_klant=OpenKlantSettings(url, TOKEN, "5b4a4c2c-5b1f-4f5e-9d3c-2f6c0a1b2c3d")),
            sessions=house.sessions,
            base_url=settings.base_url,
            office=house.requests.office,
            text_of=Papers(settings.templates_dir, house.services.now, house.requests.office).open_klant,
            clock=house.services.now,
        )
        await worker.deliver_due()
        assert register.faults == []
        arrived = json.dumps(register.made, ensure_ascii=False)
    return arrived, "\n".join(on_their_way)


def every_value(house: House) -> str:
    """Every row of every table, as the database has it."""
    with house.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        rows = [repr(connection.execute(text(f'select * from "{name}"')).all()) for name in names]
    return "\n".join(rows)


def files_of(house: House) -> str:
    """The file of the database with its log, byte for byte; empty when it is a server."""
    url = house.engine.url
    found = Path(url.database or "").parent.glob(f"{Path(url.database or '').name}*") if "sqlite" in str(url) else ()
    return "".join(each.read_bytes().decode("latin-1") for each in found)


async def test_nothing_of_a_person_can_be_read_anywhere(
    lived_in: House, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    house = lived_in
    before = every_value(lived_in).lower()  # the catalogue speaks of dementia too
    talk = house.conversations.start("web", "Ede", "zwanenzang van Pietersma").id  # anybody can make a link
    await house.reception.open(talk)
    for turn in TURNS:
        await house.reception.receive(talk, Incoming(turn))
    await press(house, talk, "Stuur maar zo")
    draft = house.requests.for_conversation(talk)
    assert draft is not None, "the talk came to a request"
    request = house.requests.send(draft.stored_id, Agreement("test", draft.recipient))
    petra = house.staff.add("Petra", "petra@ede.example", StaffRole.COORDINATOR, request.municipality)
    lead = house.staff.add("Noor", "noor@ede.example", StaffRole.TEAM_LEAD, request.municipality)
    desk = house.requests
    desk.open_file(request.reference, petra)
    desk.accept(request.reference, petra)
    desk.reply(
        request.reference, petra, f"Beste mevrouw Pietersma, uw BSN {BSN[2]} is bekend. Hoe is het met de katheter?"
    )
    await house.reception.receive(talk, Incoming(f"zwanenzang: hij vergeet alles, henk.p@voorbeeld.nl, bsn {BSN[0]}"))
    desk.ask(request.reference, petra, "Woont u nog op Kwikstaartlaan 12, 9711 AB?")
    desk.add_note(request.reference, petra, f"Pietersma teruggebeld op 06-12349876, parkinson, bsn {BSN[1]}")
    arrived, on_their_way = await carry(house)
    assert "katheter" in arrived, "the municipality reads what she shared"
    assert [line.reference for line in desk.search(lead, "pieters")] == [request.reference], "the desk finds her"
    desk.deliver_notices()
    desk.resolve(request.reference, petra, "Mevrouw Pietersma krijgt elke dinsdag hulp bij de dementie.")
    printed = capfd.readouterr()

    assert_unreadable(house, before, caplog.text + printed.out + printed.err, on_their_way.lower())
    assert count(house.engine).open == 0, "every value that should be sealed is"
    kept = json.dumps(
        Export(house.sessions, house.wording).of_talk(talk, MONDAY_MORNING, notes=True), ensure_ascii=False
    )
    assert [word for word in PLANTED if word not in kept] == [], "she herself reads all of it"
    assert [bsn for bsn in BSN if bsn in kept] == [], "but no BSN was kept, not even sealed"


async def test_what_was_erased_is_nowhere(lived_in: House) -> None:
    house = lived_in
    talk = house.conversations.start("web", "Ede").id
    for turn in TURNS:
        await house.reception.receive(talk, Incoming(turn))
    await press(house, talk, "Stuur maar zo")
    draft = house.requests.for_conversation(talk)
    assert draft is not None
    request = house.requests.send(draft.stored_id, Agreement("test", draft.recipient))
    assert talk in every_value(house)
    house.erase(talk)
    left = every_value(house)
    assert talk not in left
    assert request.reference not in left
    assert Export(house.sessions, house.wording).of_talk(talk, MONDAY_MORNING)["requests"] == []


async def press(house: House, talk: str, title: str) -> None:
    button = next(each for each in house.conversations.buttons_on_screen(talk) if each["title"] == title)
    await house.reception.receive(talk, Incoming(title, button["payload"]))


def assert_unreadable(house: House, before: str, logged: str, on_their_way: str) -> None:
    hers = [word.lower() for word in (*PLANTED, *BSN)]
    rare = [word for word in hers if word not in before]
    assert len(rare) > len(hers) - 3
    assert [word for word in rare if word in on_their_way] == [], "a letter that is on its way can be read"
    tables = every_value(house).lower()
    assert [word for word in hers if tables.count(word) > before.count(word)] == [], "the tables can be read"
    assert [word for word in rare if word in files_of(house).lower()] == [], "the file can be read"
    assert [word for word in hers if word in logged.lower()] == [], "the logs can be read"
