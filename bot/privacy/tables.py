"""The table of keys that something in this database is sealed with: a name and a canary for each, never a key."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from knowledge.storage import UTCDateTime, metadata

house_keys = Table(
    "house_keys",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("canary", Text, nullable=False),
    Column("since", UTCDateTime, nullable=False),
)
