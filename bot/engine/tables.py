"""Table of the talk's state: one row a conversation, gone with the conversation."""

from sqlalchemy import Column, ForeignKey, String, Table

from knowledge.sealed import SealedJSON
from knowledge.storage import UTCDateTime, metadata

talks = Table(
    "talks",
    metadata,
    Column("conversation_id", String(64), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("slots", SealedJSON, nullable=False),
    Column("saved_at", UTCDateTime, nullable=False),
)
