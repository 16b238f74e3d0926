"""How records reach the database: one metadata, one registry, one way to open an engine and a session.

The records of ``knowledge`` and ``bot`` are plain dataclasses, mapped imperatively (ADR 5); the tables of ``bot`` join
the same metadata, so that one line of migrations serves both rooms.
"""

from __future__ import annotations

import os
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import DateTime, MetaData, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, registry, sessionmaker
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

from knowledge.sealed import Keyring

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
mapper_registry = registry(metadata=metadata)

BUSY_WAIT_MS = 5000
"""How long SQLite waits for another that writes."""

Sessions = sessionmaker  # a factory: ``with sessions() as session`` or ``with sessions.begin() as session``


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. SQLite forgets time zones; this gives them back. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


def open_engine(url: str, keyring: Keyring | None = None) -> Engine:
    """An engine for SQLite (foreign keys on, write-ahead log, 5 s busy wait) or PostgreSQL (5 s for a connection).

    ``keyring`` opens and closes what is sealed in it; without one, personal data would be stored as it is.
    """
    engine = _open_sqlite(url) if url.startswith("sqlite") else _open_postgresql(url)
    engine.dialect.adempauze_keyring = keyring
    return engine


def _open_postgresql(url: str) -> Engine:
    # A server behind a broken line must not keep people waiting: a connection takes five seconds at most, and data
    # that is not acknowledged for ten ends it.
    patience = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
    return create_engine(url, future=True, pool_pre_ping=True, connect_args=patience)


def _open_sqlite(url: str) -> Engine:
    # SQLAlchemy 1.4 opens a file anew for every use of it; a pool saves a millisecond each time.
    connect = {"timeout": BUSY_WAIT_MS / 1000, "check_same_thread": False}
    engine = create_engine(url, future=True, poolclass=QueuePool, connect_args=connect)

    @event.listens_for(engine, "connect")
    def _tune(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    _watch_the_file(engine)
    return engine


def _watch_the_file(engine: Engine) -> None:
    """Stop when the file is removed or replaced while we have it open: SQLite would go on writing into a file that
    nobody can find any more, and it would all be gone at the next start."""
    path = engine.url.database
    if not path or path == ":memory:":
        return
    ours: list[tuple[int, int]] = []

    def there() -> tuple[int, int]:
        found = os.stat(path)
        return found.st_dev, found.st_ino

    @event.listens_for(engine, "do_connect")
    def _not_a_new_one(_dialect: Any, _record: Any, _arguments: Any, _options: Any) -> None:
        if ours and there() != ours[0]:  # raises when there is none
            raise FileNotFoundError("the database file is not the one we opened")

    @event.listens_for(engine, "checkout")
    def _still_the_same(_connection: Any, _record: Any, _proxy: Any) -> None:
        if not ours:
            ours.append(there())
        elif there() != ours[0]:
            raise FileNotFoundError("the database file is not the one we opened")


def open_sessions(engine: Engine) -> sessionmaker[Session]:
    """A session factory whose records stay readable after commit."""
    return sessionmaker(engine, future=True, expire_on_commit=False)
