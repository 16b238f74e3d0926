"""How records reach the database: one metadata, one registry, one way to open an engine and a session.

The records of ``knowledge`` and ``bot`` are plain dataclasses, mapped imperatively (ADR 5); the tables of ``bot`` join
the same metadata, so that one line of migrations serves both rooms.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import DateTime, MetaData, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, registry, sessionmaker
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
mapper_registry = registry(metadata=metadata)

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


def open_engine(url: str) -> Engine:
    """An engine for SQLite (foreign keys on, write-ahead log, 10 s busy wait) or PostgreSQL."""
    if not url.startswith("sqlite"):
        return create_engine(url, future=True, pool_pre_ping=True)
    # SQLAlchemy 1.4 opens a file anew for every use of it; a pool saves a millisecond each time.
    connect = {"timeout": 10, "check_same_thread": False}
    engine = create_engine(url, future=True, poolclass=QueuePool, connect_args=connect)

    @event.listens_for(engine, "connect")
    def _tune(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def open_sessions(engine: Engine) -> sessionmaker[Session]:
    """A session factory whose records stay readable after commit."""
    return sessionmaker(engine, future=True, expire_on_commit=False)
