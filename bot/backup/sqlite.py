"""Backup and restore of SQLite: its own online backup, and a file that is put aside."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.backup.packing import FORMAT, SQLITE, BackupError, Note

_BUSY, _LOCKED = 5, 6  # of SQLite; Python names them from 3.11
LOCKED_FOR = 30.0
"""Seconds that a backup waits for another program that holds the whole database."""


def sqlite_path(url: str) -> Path:
    """The file of a SQLite database. Raises ``BackupError`` for one in memory."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise BackupError("a database in memory has nothing to back up")
    return Path(name)


def copy_sqlite(source: Path, copy: Path, now: datetime) -> Note:
    """A copy of one moment, without holding up anybody who writes (SQLite's own online backup).

    Raises ``BackupError`` when there is no database of ours, or when another program does not let go of it.
    """
    if not source.is_file():
        raise BackupError(f"there is no database at {source}")
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)) as from_,
        closing(sqlite3.connect(copy)) as to,
    ):
        from_.backup(to, progress=_no_longer_than(LOCKED_FOR))
        to.execute("PRAGMA journal_mode = DELETE")
    return describe_sqlite(copy, now)


def _no_longer_than(seconds: float) -> Callable[[int, int, int], None]:
    """SQLite's backup tries for ever while somebody holds the database: ends it after so many seconds."""
    end = time.monotonic() + seconds

    def look(status: int, _remaining: int, _pages: int) -> None:
        if status in (_BUSY, _LOCKED) and time.monotonic() > end:
            raise BackupError("another program holds the database: try again in a moment, or stop that program")

    return look


def describe_sqlite(path: Path, now: datetime) -> Note:
    """What is in a database file. Raises ``BackupError`` when it is damaged or not ours."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise BackupError("the database is damaged: SQLite's integrity check does not pass")
            names = connection.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
            rows = {
                name: int(connection.execute(f'select count(*) from "{name}"').fetchone()[0])  # noqa: S608
                for (name,) in names
                if not name.startswith("sqlite_")
            }
            revision = connection.execute("select version_num from alembic_version").fetchone()[0]
    except (sqlite3.DatabaseError, TypeError) as error:
        raise BackupError(f"this is no database of Adempauze, or a damaged one ({type(error).__name__})") from None
    return Note(FORMAT, now.isoformat(timespec="seconds"), SQLITE, revision, rows)


def put_aside(path: Path, now: datetime) -> Path:
    """Move a database file, with what belongs to it, out of the way; gives where it is now."""
    aside = path.with_name(f"{path.name}.before-restore-{now:%Y%m%dT%H%M%S}")
    for end in ("", "-wal", "-shm"):
        part = path.with_name(path.name + end)
        if part.exists():
            part.rename(aside.with_name(aside.name + end))
    return aside
