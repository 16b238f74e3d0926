"""Keys that change: everything is sealed anew, whatever was there before, stopped and begun again, while we run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.engine import Engine

from bot.conversations.store import ConversationStore
from bot.engine.tables import talks
from bot.privacy.canary import WrongKeysError, check_keys, forget_older_keys
from bot.privacy.resealing import Counted, count, seal_anew, sealed_columns
from bot.request.desk import RequestDesk
from bot.schema import migrate
from bot.settings import ROOT
from bot.staff.accounts import Staff, StaffAccounts, StaffRole
from channels.cli.main import main
from knowledge.sealed import Keyring, UnreadableError
from knowledge.storage import open_engine, open_sessions
from tests.database import database
from tests.unit.bot.request.conftest import drafted, sent

OLD, NEW = "o" * 40, "n" * 40
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
WORDS = ("vergeet steeds meer", "dementie", "Bertus slaapt", "morgen gebeld", "Ria")


@dataclass
class Place:
    address: str

    def opened(self, *keys: str) -> Engine:
        return open_engine(self.address, Keyring(keys))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with database(request.param, tmp_path) as address:
        yield Place(address)


def lived_in(engine: Engine, talks_told: int = 3) -> str:
    """A house in which people told things; gives the reference of a request."""
    migrate(engine)
    sessions = open_sessions(engine)
    conversations, desk = ConversationStore(sessions, lambda: NOW), RequestDesk(sessions, lambda: NOW)
    for _ in range(talks_told):
        conversation = conversations.start("web")
        conversations.add(conversation.id, "person", "Bertus slaapt niet", card={"kind": "x", "name": "Ria"})
        conversations.remember(conversation.id, mark="Ria")
        with sessions.begin() as session:
            session.execute(insert(talks).values(conversation_id=conversation.id, slots={"a": "Ria"}, saved_at=NOW))
    request = sent(desk, conversation.id)
    drafted(desk, "nobody else")
    petra = StaffAccounts(sessions, lambda: NOW).add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")
    desk.accept(request.reference, petra)
    desk.add_note(request.reference, petra, "morgen gebeld")
    return request.reference


def raw(engine: Engine) -> str:
    """Every sealed column as the database has it."""
    with engine.connect() as connection:
        return "\n".join(
            repr(connection.execute(text(f'select "{each.name}" from {each.table.name}')).all())
            for each in (*sealed_columns(), *(c for c in sealed_columns()[0].table.metadata.tables["requests"].c))
        )


def found(engine: Engine, typed: str) -> list[str]:
    people = Staff(99, "Karim", "karim@ede.example", StaffRole.COORDINATOR, "Ede")
    desk = RequestDesk(open_sessions(engine), lambda: NOW)
    return [item.reference for item in desk.search(people, typed)]


def renew(engine: Engine) -> int:
    return sum(seal_anew(engine))


def test_what_was_stored_before_there_were_keys_is_sealed(place: Place) -> None:
    bare = place.opened()
    reference = lived_in(bare)
    assert all(words in raw(bare) for words in WORDS)
    bare.dispose()
    engine = place.opened(NEW)
    assert count(engine).open > 10
    assert renew(engine) > 10
    stored = raw(engine)
    assert not [words for words in WORDS if words in stored]
    assert count(engine).older == 0
    assert found(engine, "vergeet") == [reference]
    assert renew(engine) == 0, "what is sealed with the newest key is passed by"
    engine.dispose()


def test_a_newer_key_seals_everything_anew_and_the_older_may_go(place: Place) -> None:
    engine = place.opened(OLD)
    reference = lived_in(engine)
    check_keys(engine, Keyring([OLD]), NOW)
    before = count(engine)
    engine.dispose()

    both = place.opened(NEW, OLD)
    check_keys(both, Keyring([NEW, OLD]), NOW)
    assert found(both, "vergeet") == [reference], "also between `keys add` and `keys rotate`"
    assert count(both) == Counted(dict(zip(Keyring([NEW, OLD]).names, (0, sum(before.under.values())), strict=True)))
    renew(both)
    assert count(both).older == 0
    with pytest.raises(WrongKeysError):
        check_keys(both, Keyring([NEW]), NOW)
    forget_older_keys(both, Keyring([NEW, OLD]))
    both.dispose()

    alone = place.opened(NEW)
    check_keys(alone, Keyring([NEW]), NOW)
    assert count(alone).unreadable == 0
    assert found(alone, "vergeet") == [reference], "what can be searched is made anew"
    desk = RequestDesk(open_sessions(alone), lambda: NOW)
    request = desk.get(reference)
    assert request is not None
    assert request.question.startswith("Mijn man vergeet steeds meer")
    alone.dispose()


def test_what_is_written_meanwhile_is_not_lost(place: Place) -> None:
    engine = place.opened(OLD)
    lived_in(engine, talks_told=2)
    both = place.opened(NEW, OLD)
    desk, steps = RequestDesk(open_sessions(engine), lambda: NOW), seal_anew(both)
    late = 0
    for number, _ in enumerate(steps):
        if number < 6:
            drafted(desk, f"meanwhile {number}")
            late += 1
    assert count(both).older == 0
    kept = RequestDesk(open_sessions(both), lambda: NOW)
    for number in range(late):
        request = kept.for_conversation(f"meanwhile {number}")
        assert request is not None
        assert "vergeet" in request.question
    engine.dispose()
    both.dispose()


def test_a_value_of_another_house_stops_it_and_is_counted(place: Place) -> None:
    engine = place.opened("x" * 40)
    lived_in(engine)
    engine.dispose()
    ours = place.opened(NEW)
    with pytest.raises(UnreadableError):
        renew(ours)
    assert count(ours).unreadable > 0
    ours.dispose()


def test_killed_half_way_it_goes_on_where_it_was(place: Place, tmp_path: Path) -> None:
    """A real process, killed with no time to tidy up."""
    engine = place.opened(OLD)
    lived_in(engine, talks_told=150)
    names = Keyring([NEW, OLD]).names
    program = (
        "import sys; from bot.schema import metadata; from bot.privacy import resealing as r; "
        "from knowledge.storage import open_engine; from knowledge.sealed import Keyring\n"
        "import time; r.BATCH = 5\n"
        f"for done in r.seal_anew(open_engine({place.address!r}, Keyring([{NEW!r}, {OLD!r}]))): time.sleep(0.1)"
    )
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    both = place.opened(NEW, OLD)
    until = time.monotonic() + 60
    while count(both).under[names[0]] < 20 and time.monotonic() < until:
        assert child.poll() is None, "it ended before it could be killed"
    child.kill()
    child.wait()
    half = count(both)
    assert half.under[names[0]] >= 20
    assert half.under[names[1]] > 0
    assert not half.unreadable
    renew(both)
    assert count(both) == Counted({names[0]: sum(half.under.values()), names[1]: 0})
    for each in (engine, both):
        each.dispose()


def test_the_verbs_add_rotate_and_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("ADEMPAUZE_DATA", str(tmp_path))
    for name in ("ADEMPAUZE_DATABASE", "ADEMPAUZE_DATA_KEYS"):
        monkeypatch.delenv(name, raising=False)
    bare = open_engine(f"sqlite:///{tmp_path / 'adempauze.db'}")
    lived_in(bare)
    bare.dispose()

    def said(*verb: str) -> str:
        assert main(["keys", *verb]) == 0
        return str(capsys.readouterr().out)

    assert "not sealed" in said("list")
    assert "everything is sealed with the newest key" in said("rotate")
    assert "not sealed" not in said("list")
    assert str(tmp_path / "data-keys") in said("add")
    listed = said("list").splitlines()
    assert listed[0].endswith("newest")
    assert "\t0 values" in listed[0]
    assert "the older keys may go" in said("rotate")
    (tmp_path / "data-keys").write_text((tmp_path / "data-keys").read_text().splitlines()[0])
    assert "0 values sealed anew" in said("rotate")
    (tmp_path / "data-keys").write_text("z" * 40)
    assert main(["keys", "rotate"]) == 2
    assert "put it back" in capsys.readouterr().err
