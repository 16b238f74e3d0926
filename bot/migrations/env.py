"""Alembic's entry: every table of the house, on the connection that ``bot.schema`` opened."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

import bot.schema
from knowledge.storage import UTCDateTime, metadata


def _render(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write a type of ours as the plain type below it: migrations must not change when our code does."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    return "sa.DateTime(timezone=True)" if isinstance(item, UTCDateTime) else f"sa.{item.impl!r}"


connection = context.config.attributes.get("connection") or bot.schema.engine_from_environment().connect()
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
