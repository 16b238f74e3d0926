"""The tables of chats. A chat, and what must go out to it, go with the conversation: erasing that erases all."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.chats.records import Arrival, Chat, ChatState, Sending, WorkState
from bot.conversations import tables  # noqa: F401  - the table that chats refer to
from bot.request.columns import TermColumn
from knowledge.storage import UTCDateTime, mapper_registry, metadata

_Number = BigInteger().with_variant(Integer, "sqlite")

chats = Table(
    "chats",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column(
        "conversation_id",
        String(64),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("address", Text, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("state", TermColumn(ChatState), nullable=False),
    Column("read_to", BigInteger, nullable=False),
)

arrivals = Table(
    "chat_arrivals",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("chat_key", String(64), nullable=False),
    Column("content", Text),
    Column("arrived_at", UTCDateTime, nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("outside_id", BigInteger),
    Column("state", TermColumn(WorkState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claim", String(36)),
    Column("claimed_until", UTCDateTime),
    UniqueConstraint("channel", "number"),
    Index("ix_chat_arrivals_work", "state", "channel", "number"),
    Index("ix_chat_arrivals_chat", "chat_key", "state"),
)

sendings = Table(
    "chat_sendings",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("channel", String(20), nullable=False),
    Column("chat_key", String(64), nullable=False),
    Column("conversation_id", String(64), ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("address", Text, nullable=False),
    Column("content", Text),
    Column("created_at", UTCDateTime, nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("first", Boolean, nullable=False),
    Column("state", TermColumn(WorkState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claim", String(36)),
    Column("claimed_until", UTCDateTime),
    Column("handed_over_at", UTCDateTime, index=True),
    Column("outside_id", BigInteger),
    Column("reason", String(120), nullable=False),
    Index("ix_chat_sendings_work", "state", "channel", "id"),
    Index("ix_chat_sendings_chat", "chat_key", "state", "id"),
    sqlite_autoincrement=True,
)

mapper_registry.map_imperatively(Chat, chats)
mapper_registry.map_imperatively(Arrival, arrivals)
mapper_registry.map_imperatively(Sending, sendings)
