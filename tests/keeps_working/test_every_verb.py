"""Every verb of ``adempauze`` while something around it is wrong: one line that says what to do, and no traceback."""

from __future__ import annotations

import contextlib
import gzip
import os
import resource
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from bot.training import is_whole, model_path
from tests.keeps_working.machine import Machine, in_one_file, told_in_one_line

REFERENCE = "AP-7K3M-2Q"
ON_THE_DATABASE = {
    "migrate": ("migrate",),
    "backup": ("backup", "{folder}/new.backup"),
    "worker": ("worker", "--once"),
    "staff list": ("staff", "list"),
    "staff add": ("staff", "add", "bert@ede.example", "--name", "Bert", "--role", "admin"),
    "staff disable": ("staff", "disable", "els@ede.example"),
    "staff sign-in": ("staff", "sign-in", "els@ede.example"),
    "staff reset-second-factor": ("staff", "reset-second-factor", "els@ede.example"),
    "teams list": ("teams", "list"),
    "teams add": ("teams", "add", "Ede", "--team", "Oost", "--email", "oost@ede.example"),
    "teams set": ("teams", "set", "Ede", "--email", "desk@ede.example"),
    "catalogue check": ("catalogue", "check"),
    "catalogue export": ("catalogue", "export", "{folder}/out.csv"),
    "catalogue import": ("catalogue", "import", "{folder}/in.csv"),
    "keys list": ("keys", "list"),
    "keys rotate": ("keys", "rotate"),
    "privacy purge": ("privacy", "purge"),
    "privacy export": ("privacy", "export", REFERENCE),
    "privacy erase": ("privacy", "erase", REFERENCE),
    "serve": ("serve",),
    "telegram": ("telegram",),
}
WITHOUT_IT = {
    "link": ("link", "--gemeente", "Ede"),
    "snippet": ("snippet", "--gemeente", "Ede"),
    "catalogue template": ("catalogue", "template", "{folder}/empty.csv"),
    "keys add": ("keys", "add"),
    "privacy papers": ("privacy", "papers", "--folder", "{folder}/papers"),
}
WITH_A_MODEL = {"talk": ("talk",), "converse": ("converse",), "understand": ("understand",)}


def cut_short(machine: Machine) -> None:
    in_one_file(machine.database)
    machine.database.write_bytes(machine.database.read_bytes()[:20_000])


def overwritten(machine: Machine) -> None:
    in_one_file(machine.database)
    machine.database.write_bytes(b"no database at all\n" * 1000)


def a_folder(machine: Machine) -> None:
    in_one_file(machine.database)
    machine.database.unlink()
    machine.database.mkdir()


def read_only(machine: Machine) -> None:
    in_one_file(machine.database)
    machine.set("DATABASE", f"sqlite:///file:{machine.database}?mode=ro&uri=true")


def of_a_newer_version(machine: Machine) -> None:
    with contextlib.closing(sqlite3.connect(machine.database)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()


def of_other_keys(machine: Machine) -> None:
    machine.set("DATA_KEYS", "k" * 40)


def held_by_another(machine: Machine) -> None:
    connect = sqlite3.dbapi2.connect
    for module in (sqlite3, sqlite3.dbapi2):  # nobody waits five seconds in here
        machine._patch.setattr(module, "connect", lambda *a, **k: connect(*a, **{**k, "timeout": 0.05}))

    machine._patch.setattr("bot.backup.sqlite.LOCKED_FOR", 0.1)

    @contextlib.contextmanager
    def held() -> Iterator[None]:
        with contextlib.closing(connect(machine.database, isolation_level=None)) as other:
            other.execute("pragma locking_mode = exclusive")
            other.execute("begin exclusive")
            yield

    machine.does = held


def postgresql_down(machine: Machine) -> None:
    machine.set("DATABASE", "postgresql://house:pass-phrase@127.0.0.1:1/adempauze")


WRONG = {
    cut_short: "is damaged: put a backup back",
    overwritten: "is damaged: put a backup back",
    a_folder: "must be a file",
    read_only: "may not be written",
    of_a_newer_version: "newer version of Adempauze",
    of_other_keys: "sealed with a key that is not here",
    held_by_another: "another program holds the database",
    postgresql_down: "the database adempauze at 127.0.0.1 does not answer",
}
FINE = {
    (of_a_newer_version, "backup"),
    (of_a_newer_version, "keys list"),
    (of_other_keys, "backup"),
    (of_other_keys, "keys list"),
}
"""Those need no more than to read what is there."""


@pytest.mark.parametrize("verb", ON_THE_DATABASE)
@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_a_database_that_is_not_well_is_told_in_one_line(
    machine: Machine, wrong: Callable[[Machine], None], verb: str
) -> None:
    wrong(machine)
    ended = machine.runs(ON_THE_DATABASE[verb])
    if (wrong, verb) in FINE:
        assert ended.code in (0, 1), ended
        return
    told_in_one_line(ended, verb)
    assert "pass-phrase" not in ended.told
    there = "there is no database at" if verb == "backup" and wrong in (a_folder, read_only) else WRONG[wrong]
    there = "pg_dump" if verb == "backup" and wrong is postgresql_down and not shutil.which("pg_dump") else there
    assert there in ended.told
    assert ended.out == ""


@pytest.mark.parametrize("verb", WITHOUT_IT)
def test_what_needs_no_database_works_without_one(machine: Machine, verb: str) -> None:
    overwritten(machine)
    ended = machine.runs(WITHOUT_IT[verb])
    assert (ended.code, ended.told) == (0, "")


FULL = ("migrate", "staff add", "teams add", "catalogue export", "backup", "keys rotate", "keys add", "privacy papers")


@pytest.mark.parametrize("verb", FULL)
def test_a_full_disk_is_told_and_leaves_nothing_half(machine: Machine, verb: str) -> None:
    """No file may grow at all, which is what a full disk is to a program."""
    in_one_file(machine.database)
    before = {path: path.read_bytes() for path in machine.folder.rglob("*") if path.is_file()}

    @contextlib.contextmanager
    def full() -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    machine.does = full
    ended = machine.runs({**ON_THE_DATABASE, **WITHOUT_IT}[verb])
    told_in_one_line(ended, verb)
    assert "full" in ended.told
    for path, content in before.items():
        assert path.read_bytes() == content, path
    machine.does = contextlib.nullcontext
    listed = machine.runs(ON_THE_DATABASE["staff list"])
    assert (listed.code, "bert@" in listed.out) == (0, False)


@pytest.mark.parametrize("verb", [*WITH_A_MODEL, "telegram"])
@pytest.mark.parametrize(("content", "says"), [(None, "no model yet"), (b"half an archive", "cannot be loaded")])
def test_without_a_model_that_works_there_is_nothing_to_practise_with(
    machine: Machine, verb: str, content: bytes | None, says: str
) -> None:
    models = machine.folder / "models"
    models.mkdir()
    if content is not None:
        model_path(models).write_bytes(content)
    ended = machine.runs({**WITH_A_MODEL, **ON_THE_DATABASE}[verb])
    told_in_one_line(ended, verb)
    assert says in ended.told
    assert "adempauze train" in ended.told


def test_half_a_model_is_no_fresh_model(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else ``train`` would say that all is well with it, and ``serve`` would go on asking to run ``train``."""
    models = machine.folder / "models"
    models.mkdir()
    whole = gzip.compress(os.urandom(100_000))
    for content, fresh in ((b"half an archive", False), (whole[:50_000], False), (whole[:-4], False), (whole, True)):
        model_path(models).write_bytes(content)
        assert is_whole(model_path(models)) is fresh
    assert not is_whole(models / "none")
    model_path(models).write_bytes(whole[:50_000])
    monkeypatch.setattr("bot.training.train", lambda models_dir, *, force: model_path(models_dir))
    assert "model trained" in machine.runs(("train",)).out
    model_path(models).write_bytes(whole)
    assert "model is fresh" in machine.runs(("train",)).out


def test_a_port_that_is_taken_is_said_before_anything_is_opened(machine: Machine) -> None:
    with contextlib.closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ended = machine.runs(("serve", "--port", str(other.getsockname()[1])))
    told_in_one_line(ended, "serve")
    assert "is in use" in ended.told
