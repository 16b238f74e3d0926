"""One file that holds the whole database, and putting it back. Made while people are being served.

In it: the database, and a note of when it was made, with which tables and how many rows. Not in it: the keys that seal
personal data, the secret of the house, and the models. A backup together with its keys would be as good as no seal.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.engine import make_url

from bot.schema import migration_settings

FORMAT = 1
NOTE, CONTENT = "adempauze-backup.json", "database"
SQLITE, POSTGRESQL = "sqlite", "postgresql"


class BackupError(Exception):
    """It cannot be made or put back; the message says why, in one line."""


@dataclass(frozen=True)
class Note:
    """What a backup says about itself. ``rows``: how many, by table; ``revision``: of the last migration."""

    format: int
    made_at: str
    kind: str
    revision: str
    rows: dict[str, int]


def kind_of(url: str) -> str:
    """Which database an address names."""
    return SQLITE if url.startswith(SQLITE) else POSTGRESQL


def sqlite_path(url: str) -> Path:
    """The file of a SQLite database."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise BackupError("a database in memory has nothing to back up")
    return Path(name)


def pack(target: Path, content: Path, note: Note) -> None:
    """Make the one file, readable by its owner only. Whole, or not there."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(NOTE, json.dumps(asdict(note), indent=1))
                archive.write(content, CONTENT)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def unpack(source: Path, content: Path) -> Note:
    """Take the database out, after checking that this is a whole backup that this version understands."""
    try:
        with zipfile.ZipFile(source) as archive:
            if archive.testzip() is not None:
                raise BackupError("this file is damaged: what is in it does not add up")
            note = _note(json.loads(archive.read(NOTE)))
            with archive.open(CONTENT) as packed, open(os.open(content, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
                while part := packed.read(1 << 20):
                    out.write(part)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, NotImplementedError) as error:
        raise BackupError(f"this is no backup of Adempauze, or a damaged one ({type(error).__name__})") from None
    try:
        ScriptDirectory.from_config(migration_settings()).get_revision(note.revision)
    except CommandError:
        raise BackupError("this backup is of a newer version of Adempauze: install that version first") from None
    return note


def _note(told: Mapping[str, Any]) -> Note:
    note = Note(**told)
    if note.format != FORMAT:
        raise BackupError(f"this backup has format {note.format}, and this version knows format {FORMAT}")
    return note


def copy_sqlite(source: Path, copy: Path, now: datetime) -> Note:
    """A copy of one moment, without holding up anybody who writes (SQLite's own online backup)."""
    if not source.is_file():
        raise BackupError(f"there is no database at {source}")
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)) as from_,
        closing(sqlite3.connect(copy)) as to,
    ):
        from_.backup(to)
        to.execute("PRAGMA journal_mode = DELETE")
    return describe_sqlite(copy, now)


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


def same_rows(note: Note, found: Note) -> None:
    """Raises ``BackupError`` when not every row that was backed up is there."""
    if note.rows != found.rows:
        tables = sorted(name for name in {*note.rows, *found.rows} if note.rows.get(name) != found.rows.get(name))
        raise BackupError("not everything came back: the counts differ in " + ", ".join(tables))
