"""Backup and restore of PostgreSQL, by its own tools: ``pg_dump`` and ``pg_restore``."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, Engine, make_url

from bot.backup.packing import FORMAT, POSTGRESQL, BackupError, Note
from knowledge.storage import open_engine

LONGEST = 6 * 3600  # seconds


def copy_postgresql(url: str, copy: Path, now: datetime) -> Note:
    """A dump of one moment; the counts are of that very moment. Raises ``BackupError``."""
    tool = _tool("pg_dump")
    engine = open_engine(url)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            note = describe_postgresql(connection, now)
            moment = connection.execute(text("select pg_export_snapshot()")).scalar_one()
            _run(
                [tool, "--format=custom", "--no-owner", "--schema=public", f"--snapshot={moment}", f"--file={copy}"],
                url,
            )
    finally:
        engine.dispose()
    return note


def describe_postgresql(connection: Connection, now: datetime) -> Note:
    """What is in the database. Raises ``BackupError`` when it is not ours."""
    names = sorted(inspect(connection).get_table_names("public"))
    if "alembic_version" not in names:
        raise BackupError("there is nothing of Adempauze in this database")
    count = 'select count(*) from public."{}"'
    rows = {name: int(connection.execute(text(count.format(name))).scalar_one()) for name in names}
    revision = connection.execute(text("select version_num from public.alembic_version")).scalar_one()
    return Note(FORMAT, now.isoformat(timespec="seconds"), POSTGRESQL, revision, rows)


def is_empty(engine: Engine) -> bool:
    """Is there no table in it?"""
    return not inspect(engine).get_table_names("public")


def move_schema(engine: Engine, old: str, new: str) -> None:
    """Give everything that is there another name, and make room for a new beginning under the old one."""
    with engine.begin() as connection:
        connection.execute(text(f'alter schema "{old}" rename to "{new}"'))
        connection.execute(text(f'create schema "{old}"'))


def move_schema_back(engine: Engine, old: str, new: str) -> None:
    """Undo ``move_schema``."""
    with engine.begin() as connection:
        connection.execute(text(f'drop schema "{old}" cascade'))
        connection.execute(text(f'alter schema "{new}" rename to "{old}"'))


def fill_postgresql(url: str, dump: Path) -> None:
    """Put a dump into a database without tables, all or nothing."""
    options = ["--no-owner", "--single-transaction", "--exit-on-error", "--clean", "--if-exists"]
    _run([_tool("pg_restore"), *options, f"--dbname={_without_password(url)}", str(dump)], url, database=False)


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is not here: install the client tools of PostgreSQL, of the version of the server")
    return found


def _without_password(url: str) -> str:
    there = make_url(url)
    return there.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _run(command: list[str], url: str, *, database: bool = True) -> None:
    """Run a tool. The password goes by the environment, because anybody on the machine can read a command line."""
    there = make_url(url)
    own = {"PGPASSWORD": str(there.password)} if there.password else {}
    more = [f"--dbname={_without_password(url)}"] if database else []
    done = subprocess.run(  # noqa: S603
        [*command, *more], env={**os.environ, **own}, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise BackupError(f"{Path(command[0]).name} failed: {lines[0][:200]}")
