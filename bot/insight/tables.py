"""Where the tallies of closed months are kept: counts without a person, so that they outlive the requests (ADR 12)."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from knowledge.storage import UTCDateTime, metadata

insight_months = Table(
    "insight_months",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("tallied_at", UTCDateTime, nullable=False),
)
"""The months that were counted. Each is counted once, and never again."""

insight_tallies = Table(
    "insight_tallies",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("municipality", String(120), primary_key=True),
    Column("question", String(40), primary_key=True),
    Column("answer", String(40), primary_key=True),
    Column("count", Integer, nullable=False),
)
