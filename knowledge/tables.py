"""The tables of the catalogue, and how its records map on them.

An offer is kept as one JSON document beside the few columns that govern it: it is read as a whole, compared as a
value, and shared between threads, so it is not mapped itself; ``OfferEntry`` is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Integer, String, Table

from knowledge.storage import UTCDateTime, mapper_registry, metadata
from knowledge.unanswered import UnansweredQuestion
from knowledge.unmet import UnmetNeed


@dataclass
class OfferEntry:
    """An offer in the catalogue. ``body``: see ``offer_data``. ``seed_digest``: which seed text it was loaded from.

    ``edited_by`` is set once an editor has changed it; from then on the seed leaves it alone. ``revision`` counts its
    changes from 1.
    """

    id: str
    body: dict[str, Any]
    revision: int
    changed_at: datetime
    seed_digest: str | None = None
    edited_by: str | None = None


offers_table = Table(
    "offers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("body", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed_at", UTCDateTime, nullable=False),
    Column("seed_digest", String(64)),
    Column("edited_by", String(200)),
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

mapper_registry.map_imperatively(OfferEntry, offers_table)
mapper_registry.map_imperatively(UnmetNeed, unmet_needs_table)
mapper_registry.map_imperatively(UnansweredQuestion, unanswered_questions_table)
