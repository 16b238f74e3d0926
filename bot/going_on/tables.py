"""The table of codes: one a conversation, and only by a mark that the code itself cannot be worked out from."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from bot.conversations import tables  # noqa: F401  - the table that codes refer to
from knowledge.storage import UTCDateTime, metadata

going_on_codes = Table(
    "going_on_codes",
    metadata,
    Column("conversation_id", String(64), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", String(64), nullable=False, unique=True),
    Column("ends_at", UTCDateTime, nullable=False),
    Column("used_by", String(64)),
    Column("used_at", UTCDateTime),
)
