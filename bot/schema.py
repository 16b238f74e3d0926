# ruff: noqa: F401 - the table modules are imported for what they register
"""The whole database: importing this module registers every table; ``migrate`` brings a database up to date."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

import bot.audit.tables
import bot.chats.tables
import bot.conversations.tables
import bot.engine.tables
import bot.going_on.tables
import bot.insight.tables
import bot.outbox.tables
import bot.privacy.tables
import bot.request.followup
import bot.request.tables
import bot.staff.tables
import knowledge.tables
from bot.privacy.canary import WrongKeysError, check_keys
from bot.settings import Settings, SettingsError
from knowledge.sealed import Keyring
from knowledge.storage import BUSY_WAIT_MS, metadata, open_engine

PATIENCE_MS = 60_000
"""How long a start waits while another process brings a SQLite file up to date."""
OUR_LOCK = 0xADE47A
"""The number of the advisory lock in PostgreSQL under which tables are changed."""


def open_database(settings: Settings) -> Engine:
    """The database of the house, up to date, and opened with its keys: the one way to it for all of our processes.

    Raises ``SettingsError`` when these are not the keys of this database.
    """
    engine = open_with_keys(settings)
    migrate(engine)
    try:
        check_keys(engine, engine.dialect.adempauze_keyring, datetime.now(timezone.utc))
    except WrongKeysError as error:
        engine.dispose()
        raise SettingsError(str(error)) from None
    return engine


def open_with_keys(settings: Settings) -> Engine:
    """The database as it is, without asking whether the keys fit: for who comes to look at just that."""
    return open_engine(settings.database_url, Keyring(settings.data_keys, settings.data_keys_now))


def migrate(engine: Engine) -> None:
    """Apply every migration that this database does not have yet, all or nothing; safe to repeat.

    Of several processes that start at once one does the work; the others wait for it and find it done.
    """
    config = migration_settings()
    newest = set(ScriptDirectory.from_config(config).get_heads())
    with engine.connect() as connection:
        if set(MigrationContext.configure(connection).get_current_heads()) == newest:
            return
    with engine.connect() as connection:
        _wait_for_our_turn(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _wait_for_our_turn(connection: Connection) -> None:
    """Begin a transaction that no other process can begin meanwhile: two that make the same table break each other."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_WAIT_MS}")
    else:
        connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": OUR_LOCK})


def differences(engine: Engine) -> list[object]:
    """What the tables of the code have and the database has not, or the reverse; empty after ``migrate``."""
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    return [
        difference
        for difference in found
        if not any(own in str(difference) for own in ("alembic_version", "sqlite_sequence"))
    ]


def engine_from_environment() -> Engine:
    """The engine that the settings name; Alembic's own command line needs it to write a new migration."""
    return open_with_keys(Settings.from_environment())


def migration_settings() -> Config:
    """Where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
