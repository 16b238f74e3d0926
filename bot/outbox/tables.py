"""The table of letters. A letter goes with its request: whoever erases the one erases the other."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from bot.outbox.letters import Letter, LetterEvent, LetterKind, LetterState
from bot.request import tables  # noqa: F401  - the table that letters refer to
from bot.request.columns import TermColumn
from knowledge.sealed import SealedJSON
from knowledge.storage import UTCDateTime, mapper_registry, metadata

letters = Table(
    "letters",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", TermColumn(LetterKind), nullable=False),
    Column("event", TermColumn(LetterEvent), nullable=False),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", UTCDateTime, nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("state", TermColumn(LetterState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claim", String(36)),
    Column("claimed_until", UTCDateTime),
    Column("handed_over_at", UTCDateTime),
    Column("content", SealedJSON),
    Column("delivered_at", UTCDateTime),
    Column("reason", String(120), nullable=False),
    Index("ix_letters_due", "state", "kind", "due_at"),
)

mapper_registry.map_imperatively(Letter, letters)
