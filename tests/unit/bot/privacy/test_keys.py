"""The keys of a house: made at the first start, apart from the secret, and found wrong before anybody is helped."""

from __future__ import annotations

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversations.store import ConversationStore
from bot.privacy.keys import FILE, add_key, data_keys, keys_in, new_key
from bot.privacy.resealing import count, seal_anew
from bot.schema import open_database
from bot.settings import ROOT, Settings, SettingsError
from knowledge.storage import open_sessions

COPIES_AS_IT_IS = {"bot/backup/postgresql.py", "channels/cli/backup.py"}
"""A backup carries what is sealed as it is, and needs no keys for it."""
OURS, THEIRS = "o" * 40, "t" * 40


def settings(folder: Path, **environment: str) -> Settings:
    return Settings.from_environment({"ADEMPAUZE_DATA": str(folder), **environment})


def test_the_first_start_makes_a_key_of_its_own_that_only_we_may_read(tmp_path: Path) -> None:
    first = settings(tmp_path)
    file = tmp_path / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(first.data_keys) == 1
    assert first.data_keys != (first.secret,)
    assert settings(tmp_path).data_keys == first.data_keys
    assert first.data_keys[0] not in repr(first)


def test_processes_that_start_at_once_have_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: data_keys({}, tmp_path), range(64)))
    assert len(set(found)) == 1
    assert [each.name for each in tmp_path.iterdir()] == [FILE], "nothing is left behind"


def test_the_environment_gives_them_newest_first_and_makes_no_file(tmp_path: Path) -> None:
    given = settings(tmp_path, ADEMPAUZE_DATA_KEYS=f"{OURS}, {THEIRS}")
    assert given.data_keys == (OURS, THEIRS)
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("wrong", ["short", f"{OURS},kort", " , "])
def test_a_key_that_can_be_guessed_stops_the_start(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(SettingsError, match="ADEMPAUZE_DATA_KEYS"):
        settings(tmp_path, ADEMPAUZE_DATA_KEYS=wrong)


def test_an_added_key_comes_first_and_is_taken_up_while_we_run(tmp_path: Path) -> None:
    running = settings(tmp_path)
    add_key(tmp_path / FILE)
    now = keys_in(tmp_path / FILE)
    assert now[1:] == running.data_keys
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert running.data_keys_now() == now
    assert len({new_key() for _ in range(50)}) == 50


@pytest.mark.parametrize("wrong", [(THEIRS,), ()])
def test_a_start_with_the_keys_of_another_house_stops_with_one_clear_line(
    tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    ours = settings(tmp_path, ADEMPAUZE_DATA_KEYS=OURS)
    open_database(ours).dispose()
    with pytest.raises(SettingsError, match=r"^this database is sealed with a key that is not here .*put it back.*$"):
        open_database(replace(ours, data_keys=wrong))
    open_database(ours).dispose()


def test_an_older_key_may_not_go_before_everything_has_the_newest(tmp_path: Path) -> None:
    ours = settings(tmp_path, ADEMPAUZE_DATA_KEYS=OURS)
    open_database(ours).dispose()
    both = replace(ours, data_keys=(THEIRS, OURS))
    open_database(both).dispose()
    with pytest.raises(SettingsError, match="put it back"):
        open_database(replace(ours, data_keys=(THEIRS,)))
    with pytest.raises(SettingsError, match="put it back"):
        open_database(ours)


def test_a_house_that_runs_goes_on_while_everything_gets_a_newer_key(tmp_path: Path) -> None:
    running = ConversationStore(open_sessions(open_database(settings(tmp_path))))
    talk = running.start("web").id
    running.add(talk, "person", "van voor de wissel")
    add_key(tmp_path / FILE)
    beside = open_database(settings(tmp_path))
    assert sum(seal_anew(beside)) > 0
    assert [message.text for message in running.since(talk)] == ["van voor de wissel"]
    running.add(talk, "person", "van erna")
    assert count(beside).older == 0, "it seals with the newest key from then on"


def test_there_is_one_way_to_the_database_of_the_house() -> None:
    """Who opened it otherwise would store what people tell as it is."""
    rooms = [path for room in ("knowledge", "bot", "actions", "channels") for path in (ROOT / room).rglob("*.py")]
    opening = {
        str(path.relative_to(ROOT)) for path in rooms if re.search(r"(?<!`)open_engine\(\w", path.read_text("utf-8"))
    }
    assert opening - COPIES_AS_IT_IS == {"knowledge/storage.py", "bot/schema.py"}
    engines = {str(path.relative_to(ROOT)) for path in rooms if "create_engine(" in path.read_text(encoding="utf-8")}
    assert engines == {"knowledge/storage.py"}
