"""The tables of the catalogue and of its editors.

A record (an offer, a fact, an answer) is kept as one JSON document beside the few columns that govern it: it is read
as a whole, compared as a value, and shared between threads, so it is not mapped; ``knowledge.curation`` reads it.
"""

from __future__ import annotations

from sqlalchemy import DDL, JSON, BigInteger, Boolean, Column, Index, Integer, String, Table, Text, event

from knowledge.storage import UTCDateTime, mapper_registry, metadata
from knowledge.unanswered import UnansweredQuestion
from knowledge.unmet import UnmetNeed

_Number = BigInteger().with_variant(Integer(), "sqlite")
_Body = JSON(none_as_null=True)

records_table = Table(
    "records",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("id", String(100), primary_key=True),
    Column("body", _Body, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed_at", UTCDateTime, nullable=False),
    Column("changed_by", String(200)),
    Column("seed_digest", String(64)),
    Column("removed", Boolean, nullable=False),
    Column("number", _Number, nullable=False),
    Index("ix_records_kind_number", "kind", "number"),
)

drafts_table = Table(
    "drafts",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("id", String(100), primary_key=True),
    Column("body", _Body, nullable=False),
    Column("base_revision", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("note", Text, nullable=False),
)

changes_table = Table(
    "changes",
    metadata,
    Column("number", _Number, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("id", String(100), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("action", String(20), nullable=False),
    Column("before", _Body),
    Column("after", _Body),
    Column("by", String(200), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("why", Text, nullable=False),
    Index("ix_changes_kind_id", "kind", "id"),
)

# One row. Who changes a record takes its number here first and holds the row until all is written. A sequence of the
# database would not do: there a lower number can become visible after a higher one, and its change would be missed.
change_counter_table = Table(
    "change_counter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", _Number, nullable=False),
)
event.listen(change_counter_table, "after_create", DDL("INSERT INTO change_counter (id, number) VALUES (1, 0)"))

offer_reports_table = Table(
    "offer_reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("offer_id", String(100), nullable=False, index=True),
    Column("reason", String(40), nullable=False),
    Column("by", String(20), nullable=False),
    Column("month", String(7), nullable=False),
    Column("at", UTCDateTime),
    Column("words", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("handled_at", UTCDateTime),
    Column("handled_by", String(200)),
)

unmet_needs_table = Table(
    "unmet_needs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reason", String(40), nullable=False),
    Column("kinds", String(400), nullable=False),
    Column("group", String(400), nullable=False),
    Column("pattern", String(200), nullable=False),
    Column("municipality", String(100), nullable=False),
    Column("region", String(100), nullable=False),
    Column("month", String(7), nullable=False, index=True),
)

unanswered_questions_table = Table(
    "unanswered_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", String(200), nullable=False, unique=True),
    Column("month", String(7), nullable=False),
    Column("times", Integer, nullable=False),
)

mapper_registry.map_imperatively(UnmetNeed, unmet_needs_table)
mapper_registry.map_imperatively(UnansweredQuestion, unanswered_questions_table)
