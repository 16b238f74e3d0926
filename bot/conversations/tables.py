"""The two tables of conversations: talks that end by themselves, and what was said in them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from bot.conversations.records import Conversation, Message
from knowledge.sealed import SealedJSON, SealedText
from knowledge.storage import UTCDateTime, mapper_registry, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("municipality", String(80)),
    Column("origin", SealedText),  # from the link she came by: an editor's word, but anybody can make a link
    Column("created_at", UTCDateTime, nullable=False),
    Column("last_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False, index=True),
    Column("state", SealedJSON, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    # SQLite gives an erased number out again unless told not to; a reader that asks "after 12" would miss a message.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("conversation_id", String(64), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("author", String(20), nullable=False),
    Column("author_name", String(200)),
    Column("text", SealedText, nullable=False),
    Column("buttons", SealedJSON, nullable=False),
    Column("card", SealedJSON),
    Column("created_at", UTCDateTime, nullable=False),
    Column("client_id", String(64)),
    UniqueConstraint("conversation_id", "client_id"),
    Index("ix_messages_conversation_id_id", "conversation_id", "id"),
    sqlite_autoincrement=True,
)

mapper_registry.map_imperatively(Conversation, conversations)
mapper_registry.map_imperatively(Message, messages)
