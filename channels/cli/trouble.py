"""What goes wrong around us, in one line that says what to do: the database, the disk, a file, another version.

The line never quotes what was being stored, nor an address with its password. Everything that is not named here is a
fault of ours: ``main`` then gives its kind, and with ``ADEMPAUZE_DEBUG`` the whole story.
"""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

_DAMAGED = "the database {name} is damaged: put a backup back with `adempauze restore --force FILE`"
_FULL = "the disk is full: make room, and try again"
_READ_ONLY = "{name} may not be written: let the account that runs this write the file and the folder it is in"
_SQLITE = (
    ("locked", "another program holds the database {name}: try again in a moment, or stop that program"),
    ("readonly", _READ_ONLY),
    ("unable to open", "{name} cannot be opened: it must be a file, in a folder that is there and may be written"),
    ("full", _FULL),
    ("disk i/o error", "the disk under {name} is full or broken: look at it, and try again"),
    ("malformed", _DAMAGED),
    ("not a database", _DAMAGED),
    ("no such table", "there is nothing of Adempauze in {name} yet: `adempauze migrate` makes the tables"),
)
_POSTGRESQL = (
    ("53100", _FULL),
    ("25006", "{name} may only be read: is this the copy that follows another server?"),
    ("42501", "{name} does not let this account do its work: it must own the tables"),
    ("42P01", "there is nothing of Adempauze in {name} yet: `adempauze migrate` makes the tables"),
)
_FILES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: "{file} stands on a disk that may only be read",
    errno.EACCES: "{file} may not be read or written by the account that runs this",
    errno.EPERM: "{file} may not be read or written by the account that runs this",
    errno.EISDIR: "{file} is a folder, and should be a file",
    errno.ENOTDIR: "{file} is no folder, and should be one",
    errno.ENOENT: "{file} is not there",
    errno.EIO: "the disk under {file} is broken: look at it, and try again",
}


def in_words(error: Exception, database_url: str) -> str | None:
    """What an operator can do about it, or ``None`` when that is not known here."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError

    if isinstance(error, CommandError) and "locate revision" in str(error):
        return "this database is of a newer version of Adempauze: install that version, or restore a backup of this one"
    found: BaseException = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(found, sqlite3.Error):
        return _of(_SQLITE, str(found).lower(), _name(database_url))
    if isinstance(found, OSError):
        return _FILES[found.errno].format(file=found.filename or "a file") if found.errno in _FILES else None
    return _postgresql(error, _name(database_url)) if isinstance(error, DBAPIError) else None


def _postgresql(error: DBAPIError, name: str) -> str | None:
    from sqlalchemy.exc import OperationalError

    if (told := _of(_POSTGRESQL, getattr(error.orig, "pgcode", None) or "", name)) is not None:
        return told
    if isinstance(error, OperationalError):  # its first line: host, port and why, never the password
        lines = str(error.orig).strip().splitlines() or [""]
        return f"the database {name} does not answer: {lines[0][:160]}"
    return None


def _of(table: tuple[tuple[str, str], ...], told: str, name: str) -> str | None:
    return next((words.format(name=name) for sign, words in table if told and sign in told), None)


def _name(database_url: str) -> str:
    from sqlalchemy.engine import make_url

    address = make_url(database_url)
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    return f"{address.database} at {address.host or address.query.get('host', 'this machine')}"
