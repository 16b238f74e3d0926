"""Tables of staff accounts: their one-time sign-ins, sessions, second factors, and who they are at the provider of the
municipality."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text

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
    Column("team", String(120)),
)

staff_sign_ins = Table(
    "staff_sign_ins",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff_accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("used_at", UTCDateTime),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mark", String(64), nullable=False, unique=True),
    Column("staff_id", ForeignKey("staff_accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("browser", String(20), nullable=False),
    Column("system", String(20), nullable=False),
    Column("way", String(16), nullable=False),
    Column("half_way", Boolean(create_constraint=False), nullable=False),
    Column("began_at", UTCDateTime, nullable=False),
    Column("seen_at", UTCDateTime, nullable=False),
)

staff_second_factors = Table(
    "staff_second_factors",
    metadata,
    Column("staff_id", ForeignKey("staff_accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("sealed_secret", Text, nullable=False),
    Column("since", UTCDateTime, nullable=False),
    Column("last_step", BigInteger, nullable=False),  # the newest half minute whose code was used
    Column("failures", Integer, nullable=False),
    Column("locked_until", UTCDateTime),
)

staff_recovery_codes = Table(
    "staff_recovery_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff_accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("used_at", UTCDateTime),
)

staff_identities = Table(
    "staff_identities",
    metadata,
    Column("issuer", String(250), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("staff_id", ForeignKey("staff_accounts.id", ondelete="CASCADE"), nullable=False, index=True),
)
