# ruff: noqa: F401 - the table modules are imported for what they register
"""The whole database: importing this module registers every table; ``migrate`` brings a database up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy.engine import Engine

import bot.audit_tables
import bot.conversation_tables
import bot.engine.tables
import bot.outbox_tables
import bot.request.tables
import bot.staff_tables
import knowledge.tables
from bot.settings import Settings
from knowledge.storage import metadata, open_engine


def migrate(engine: Engine) -> None:
    """Apply every migration that this database does not have yet; safe to repeat."""
    config = _config()
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
    return open_engine(Settings.from_environment().database_url)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
