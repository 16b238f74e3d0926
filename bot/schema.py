# ruff: noqa: F401 - the table modules are imported for what they register
"""The whole database: importing this module registers every table; ``migrate`` brings a database up to date."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy.engine import Engine

import bot.audit_tables
import bot.chats.tables
import bot.conversation_tables
import bot.engine.tables
import bot.insight.tables
import bot.outbox_tables
import bot.privacy.tables
import bot.request.followup
import bot.request.tables
import bot.staff_tables
import knowledge.tables
from bot.privacy.canary import WrongKeysError, check_keys
from bot.settings import Settings, SettingsError
from knowledge.sealed import Keyring
from knowledge.storage import metadata, open_engine


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
    """Apply every migration that this database does not have yet; safe to repeat."""
    config = migration_settings()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


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
