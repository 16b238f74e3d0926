"""``adempauze backup FILE`` and ``adempauze restore FILE``."""

from __future__ import annotations

import argparse
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot.settings import Settings, SettingsError
from channels.cli.problem import Problem


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this room to the parser."""
    backup = verbs.add_parser("backup", help="the whole database in one file, while people are being served")
    backup.add_argument("file", type=Path)
    backup.set_defaults(run=_backup)
    restore = verbs.add_parser("restore", help="put a backup back; stop serve and worker first")
    restore.add_argument("file", type=Path)
    restore.add_argument("--force", action="store_true", help="also when there is a database; that one is put aside")
    restore.set_defaults(run=_restore)


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    from bot.backup.packing import SQLITE, BackupError, kind_of, pack
    from bot.backup.postgresql import copy_postgresql
    from bot.backup.sqlite import copy_sqlite, sqlite_path

    url, now = settings.database_url, datetime.now(timezone.utc)
    if not options.file.resolve().parent.is_dir():
        raise Problem(f"{options.file.resolve().parent} is not there: a backup needs a folder that is")
    if options.file.exists():
        raise Problem(f"{options.file} is there already: a backup never takes the place of another")
    try:
        with tempfile.TemporaryDirectory(dir=options.file.resolve().parent, prefix=".adempauze-backup-") as folder:
            copy = Path(folder) / "copy"
            here = kind_of(url) == SQLITE
            note = copy_sqlite(sqlite_path(url), copy, now) if here else copy_postgresql(url, copy, now)
            pack(options.file, copy, note)
    except BackupError as error:
        raise Problem(str(error)) from None
    print(f"{options.file}: {_counted(note.rows)}")
    print(f"not in it: the models, and {_secrets(settings)}; without those nobody reads it. Keep them apart from it.")
    return 0


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    from bot.backup.packing import SQLITE, BackupError, kind_of, unpack

    url = settings.database_url
    try:
        with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=".adempauze-restore-") as folder:
            content = Path(folder) / "adempauze.db"
            note = unpack(options.file, content)
            if note.kind != kind_of(url):
                raise Problem(
                    f"this is a backup of {note.kind}, and ADEMPAUZE_DATABASE names a {kind_of(url)}: "
                    "it goes back into a database of its own kind only"
                )
            put = _restore_sqlite if note.kind == SQLITE else _restore_postgresql
            aside = put(content, settings, note, force=options.force)
    except BackupError as error:
        raise Problem(str(error)) from None
    print(f"back as it was on {note.made_at}, and brought up to date: {_counted(note.rows)}")
    if aside:
        print(f"what was there before is kept as {aside}; it holds personal data: remove it when you do not need it")
    print("start serve and worker now, or start them again: one that still runs works on what was there before")
    return 0


def _restore_sqlite(content: Path, settings: Settings, note: Any, *, force: bool) -> str:
    from dataclasses import replace

    from bot.backup.packing import same_rows
    from bot.backup.sqlite import describe_sqlite, put_aside, sqlite_path

    now, target = datetime.now(timezone.utc), sqlite_path(settings.database_url)
    _ask_for_force(target.exists() and target.stat().st_size > 0, force)
    same_rows(note, describe_sqlite(content, now))
    _bring_up_to_date(replace(settings, database_url=f"sqlite:///{content}"))
    describe_sqlite(content, now)  # also takes in what stood beside the file
    aside = put_aside(target, now) if target.exists() else None
    content.rename(target)
    return str(aside or "")


def _restore_postgresql(content: Path, settings: Settings, note: Any, *, force: bool) -> str:
    from bot.backup.packing import same_rows
    from bot.backup.postgresql import describe_postgresql, fill_postgresql, is_empty, move_schema, move_schema_back
    from knowledge.storage import open_engine

    now, engine = datetime.now(timezone.utc), open_engine(settings.database_url)
    full = not is_empty(engine)
    _ask_for_force(full, force)
    aside = f"before_restore_{now:%Y%m%dt%H%M%S}"
    move_schema(engine, "public", aside)
    try:
        fill_postgresql(settings.database_url, content)
        with engine.connect() as connection:
            same_rows(note, describe_postgresql(connection, now))
        _bring_up_to_date(settings)
    except BaseException:
        move_schema_back(engine, "public", aside)
        raise
    finally:
        engine.dispose()
    return f"schema {aside}" if full else ""


def _ask_for_force(there: bool, force: bool) -> None:
    if there and not force:
        raise Problem("there is a database already: --force puts it aside and restores this one in its place")


def _bring_up_to_date(settings: Settings) -> None:
    from sqlalchemy import text

    from bot.schema import open_database

    try:
        engine = open_database(settings)
    except SettingsError:
        raise Problem(
            f"these are not the keys of this backup: put back {_keys(settings)} of that time; nothing was changed"
        ) from None
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()


def _secrets(settings: Settings) -> str:
    """Where the keys and the secret are."""
    return f"{_keys(settings)} and the secret (ADEMPAUZE_SECRET, or {settings.data_dir / 'secret'})"


def _keys(settings: Settings) -> str:
    where = str(settings.data_keys_file) if settings.data_keys_file is not None else "ADEMPAUZE_DATA_KEYS"
    return f"the keys ({where})"


def _counted(rows: dict[str, int]) -> str:
    known = (("conversations", "talks"), ("messages", "messages"), ("requests", "requests"), ("records", "records"))
    return ", ".join(f"{rows[table]} {name}" for table, name in known if table in rows)
