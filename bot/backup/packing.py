"""One file that holds the whole database, and putting it back. Made while people are being served.

In it: the database, and a note of when it was made, with which tables and how many rows. Not in it: the keys that seal
personal data, the secret of the house, and the models. A backup together with its keys would be as good as no seal.
"""

from __future__ import annotations

import errno
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from alembic.util import CommandError

from bot.schema import migration_settings

FORMAT = 1
NOTE, CONTENT = "adempauze-backup.json", "database"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, TypeError, EOFError, RuntimeError)
"""What reading an archive raises of which a few bytes are others; ``RuntimeError``: it seems to ask for a password."""


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
    """Take the database out, after checking that this is a whole backup that this version understands.

    Raises ``BackupError``.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            if archive.testzip() is not None:
                raise BackupError("this file is damaged: what is in it does not add up")
            note = _note(json.loads(archive.read(NOTE)))
            with archive.open(CONTENT) as packed, open(os.open(content, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
                while part := packed.read(1 << 20):
                    out.write(part)
    except (*_DAMAGE, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # a place before the beginning of the file
            raise
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


def same_rows(note: Note, found: Note) -> None:
    """Raises ``BackupError`` when not every row that was backed up is there."""
    if note.rows != found.rows:
        tables = sorted(name for name in {*note.rows, *found.rows} if note.rows.get(name) != found.rows.get(name))
        raise BackupError("not everything came back: the counts differ in " + ", ".join(tables))
