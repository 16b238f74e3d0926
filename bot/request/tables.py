"""Tables of the handover request, and how its records are mapped on them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, false

import bot.staff.tables  # noqa: F401  - the table that owners refer to
from bot.request.columns import FieldsColumn, OffersColumn, TermColumn
from bot.request.history import Notice, RequestEvent, RequestMessage, RequestNote
from bot.request.record import Request
from bot.request.vocabulary import CountsAs, EventKind, ReceiverKind, RequestState
from knowledge.sealed import SealedJSON, SealedText, SearchMarks
from knowledge.storage import UTCDateTime, mapper_registry, metadata
from knowledge.vocabulary import Urgency

IN_INDEX = (
    "municipality", "state", "urgency", "answer_by", "id", "owner_id", "team", "waiting_since", "second_id",
    "forward_to_id", "forward_team", "forward_municipality", "closed_at", "sent_at",
)  # fmt: skip
"""All that choosing and counting the lines of an inbox asks for: these never read the rows themselves."""

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reference", String(16), nullable=False, unique=True),
    Column("conversation_id", String(64), nullable=False, index=True),
    Column("municipality", String(120), nullable=False),
    Column("recipient", String(200), nullable=False),
    Column("question", SealedText, nullable=False),
    Column("fields", FieldsColumn, nullable=False),
    Column("offers", OffersColumn, nullable=False),
    Column("urgency", TermColumn(Urgency), nullable=False),
    Column("urgency_reason", String(40), nullable=False),
    Column("state", TermColumn(RequestState), nullable=False),
    Column("owner_id", ForeignKey("staff_accounts.id")),
    Column("owner", String(120), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("answer_by", UTCDateTime),
    Column("sent_at", UTCDateTime),
    Column("seen_at", UTCDateTime),
    Column("accepted_at", UTCDateTime),
    Column("contacted_at", UTCDateTime),
    Column("closed_at", UTCDateTime),
    Column("outcome", SealedText, nullable=False),
    Column("chat_open", Boolean(create_constraint=False), nullable=False),
    Column("agreed_at", UTCDateTime),
    Column("agreement_version", String(40), nullable=False),
    Column("agreed_recipient", String(200), nullable=False),
    Column("loved_one_health_agreed", Boolean(create_constraint=False), nullable=False),
    Column("team", String(120)),
    Column("counts_as", TermColumn(CountsAs)),
    Column("callback_at", UTCDateTime),
    Column("waiting_since", UTCDateTime),
    Column("due_at", UTCDateTime, index=True),
    Column("second_id", Integer),  # an account; without a constraint, which SQLite cannot add to a table that is there
    Column("second", String(120), nullable=False),
    Column("forward_kind", TermColumn(ReceiverKind)),
    Column("forward_to", String(200), nullable=False),
    Column("forward_to_id", Integer),
    Column("forward_team", String(120)),
    Column("forward_municipality", String(120)),
    Column("forward_by", String(120), nullable=False),
    Column("forward_by_id", Integer),
    Column("forward_reason", SealedText, nullable=False),
    Column("forwarded_at", UTCDateTime),
    Column("search_text", SearchMarks, nullable=False),
    Column("ask_at", UTCDateTime, index=True),
    Column("informal", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Index("ix_requests_inbox", *IN_INDEX),
    Index("ix_requests_forward_municipality", "forward_municipality"),
)

request_events = Table(  # never "events": that name is Rasa's tracker store's
    "request_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", TermColumn(EventKind), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("actor", String(120), nullable=False),
    Column("staff_id", ForeignKey("staff_accounts.id")),
    Column("reason", SealedText, nullable=False),
)

request_messages = Table(
    "request_messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UTCDateTime, nullable=False),
    Column("from_carer", Boolean(create_constraint=False), nullable=False),
    Column("author", String(120), nullable=False),
    Column("text", SealedText, nullable=False),
)

request_notes = Table(
    "request_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UTCDateTime, nullable=False),
    Column("author", String(120), nullable=False),
    Column("text", SealedText, nullable=False),
    Column("staff_id", Integer),
)

request_teams = Table(
    "request_teams",
    metadata,
    Column("municipality", String(120), primary_key=True),
    Column("name", String(120), primary_key=True),  # "": the desk of the municipality as a whole
    Column("email", String(254), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("second_id", Integer),
    Column("second", String(120), nullable=False),
)

request_notices = Table(
    "request_notices",
    metadata,
    Column("number", Integer, primary_key=True),  # the order in which she must be told
    Column("id", String(36), nullable=False, unique=True),
    Column("conversation_id", String(64), nullable=False),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("response", String(60), nullable=False),
    Column("values", SealedJSON, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("claimed_until", UTCDateTime),
    Column("delivered_at", UTCDateTime, index=True),
)

mapper_registry.map_imperatively(Request, requests)
mapper_registry.map_imperatively(RequestEvent, request_events)
mapper_registry.map_imperatively(RequestMessage, request_messages)
mapper_registry.map_imperatively(RequestNote, request_notes)
mapper_registry.map_imperatively(Notice, request_notices)
