"""A step of the migrations, up or down."""

from __future__ import annotations

from collections.abc import Callable

from alembic.config import Config
from sqlalchemy.engine import Engine

from bot.schema import migration_settings


def go(engine: Engine, direction: Callable[[Config, str], None], revision: str) -> None:
    """Walk to this revision; ``direction`` is Alembic's ``upgrade`` or ``downgrade``."""
    config = migration_settings()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        direction(config, revision)
        connection.commit()
