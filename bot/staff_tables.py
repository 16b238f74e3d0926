"""Tables of staff accounts and their one-time sign-ins."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from knowledge.storage import UTCDateTime, metadata

staff_accounts = Table(
    "staff_accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("email", String(254), nullable=False, unique=True),
    Column("role", String(32), nullable=False),
    Column("municipality", String(120)),
    Column("password_hash", String(200)),
    Column("created_at", UTCDateTime, nullable=False),
    Column("disabled_at", UTCDateTime),
    Column("failed_sign_ins", Integer, nullable=False, default=0),
    Column("locked_until", UTCDateTime),
    Column("signed_out_at", UTCDateTime),
)

staff_sign_ins = Table(
    "staff_sign_ins",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff_accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("used_at", UTCDateTime),
)
