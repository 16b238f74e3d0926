"""The table of the audit log, and the triggers that keep it append-only.

A row is never changed, by nobody. It can be removed only when it is older than the shortest time that an installation
may keep the log (180 days, by the clock of the database), so that neither a fault of ours nor somebody with our
rights erases a fresh trace.
"""

from __future__ import annotations

from sqlalchemy import DDL, BigInteger, Column, Index, Integer, String, Table, event

from knowledge.storage import UTCDateTime, metadata

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", UTCDateTime, nullable=False),
    Column("staff_id", Integer, nullable=False),  # no foreign key: the log outlives an account
    Column("name", String(120), nullable=False),
    Column("role", String(32), nullable=False),
    Column("municipality", String(120)),
    Column("act", String(80), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("outcome", String(16), nullable=False),
    Index("ix_audit_log_at", "at"),
    Index("ix_audit_log_subject", "subject"),
    Index("ix_audit_log_staff_id", "staff_id"),
)

TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER audit_log_keeps BEFORE UPDATE ON audit_log "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        "CREATE TRIGGER audit_log_stays BEFORE DELETE ON audit_log "
        "WHEN datetime(OLD.at) > datetime('now', '-180 days') "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_log_refuse() RETURNS trigger AS $$ BEGIN "
        "IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '180 days' THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'the audit log is append-only'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER audit_log_keeps BEFORE UPDATE OR DELETE ON audit_log "
        "FOR EACH ROW EXECUTE FUNCTION audit_log_refuse()",
        "CREATE TRIGGER audit_log_stays BEFORE TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()",
    ),
}

for _dialect, _statements in TRIGGERS.items():
    for _statement in _statements:
        event.listen(audit_log, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect))
