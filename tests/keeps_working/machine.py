"""One verb of ``adempauze`` in this very process, on a machine of its own that a test can harm."""

from __future__ import annotations

import contextlib
import io
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from channels.cli.main import main
from tests.ports import free_port

TOKEN = "123456:" + "a" * 30


class Ended(NamedTuple):
    """How a verb ended."""

    code: int
    out: str
    told: str


class Machine:
    """The surroundings of one run. ``does``: what is wrong, for as long as the verb runs."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.database = folder / "data" / "adempauze.db"
        self._patch = monkeypatch
        self.does: Callable[[], contextlib.AbstractContextManager[object]] = contextlib.nullcontext

    def set(self, name: str, value: str) -> None:
        """A setting."""
        self._patch.setenv(f"ADEMPAUZE_{name}", value)

    def runs(self, words: tuple[str, ...]) -> Ended:
        """One verb, as from the command line."""
        out, told = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told), self.does():
            code = main([word.format(folder=self.folder) for word in words])
        return Ended(code, out.getvalue(), told.getvalue())


def set_up(folder: Path, patch: pytest.MonkeyPatch) -> Machine:
    for name in [name for name in os.environ if name.startswith("ADEMPAUZE_")]:
        patch.delenv(name)
    machine = Machine(folder, patch)
    machine.set("PORT", str(free_port()))
    for name, value in (
        ("DATA", str(folder / "data")),
        ("MODELS", str(folder / "models")),
        ("SMTP_URL", "smtp://localhost:1?tls=none"),
        ("SMTP_FROM", "desk@ede.example"),
        ("TELEGRAM_TOKEN", TOKEN),
        ("TELEGRAM_SERVER", "http://localhost:1"),
    ):
        machine.set(name, value)
    return machine


def told_in_one_line(ended: Ended, verb: str) -> None:
    """What to do, and nothing that only a programmer reads."""
    assert ended.code == 2, ended
    assert ended.told.startswith(f"adempauze {verb.split()[0]}: "), ended
    assert len(ended.told.strip().splitlines()) == 1, ended
    assert not any(word in ended.told for word in ("Traceback", "failed (", "sqlalche.me", "sqlite3.", "psycopg2"))


def in_one_file(database: Path) -> None:
    """What stands beside the file, in it."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.execute("pragma journal_mode = delete")
