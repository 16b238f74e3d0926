"""Who may see what: teams, second factors, accounts of the municipality, the audit log

Everybody signs in anew: sessions are counted from now on, no longer timed. Going down, the audit log, the second
factors and the links with accounts of the municipality are lost.

Revision: 0005
After: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

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


def upgrade() -> None:
    op.add_column("staff_accounts", sa.Column("team", sa.String(length=120), nullable=True))
    op.add_column("staff_accounts", sa.Column("sign_outs", sa.Integer(), server_default="0", nullable=False))
    _drop("signed_out_at")
    op.create_table(
        "staff_second_factors",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", MOMENT, nullable=True),
        _of_staff("staff_second_factors"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_second_factors")),
    )
    op.create_table(
        "staff_recovery_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        _of_staff("staff_recovery_codes"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_staff_recovery_codes")),
    )
    op.create_index(op.f("ix_staff_recovery_codes_staff_id"), "staff_recovery_codes", ["staff_id"])
    op.create_table(
        "staff_identities",
        sa.Column("issuer", sa.String(length=250), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        _of_staff("staff_identities"),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_staff_identities")),
    )
    op.create_index(op.f("ix_staff_identities_staff_id"), "staff_identities", ["staff_id"])
    _create_log()


def _create_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("municipality", sa.String(length=120), nullable=True),
        sa.Column("act", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    for column in ("at", "subject", "staff_id"):
        op.create_index(f"ix_audit_log_{column}", "audit_log", [column])
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("audit_log")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_log_refuse()")
    op.drop_table("staff_identities")
    op.drop_table("staff_recovery_codes")
    op.drop_table("staff_second_factors")
    op.add_column("staff_accounts", sa.Column("signed_out_at", MOMENT, nullable=True))
    _drop("sign_outs")
    _drop("team")


def _drop(column: str) -> None:
    """In place: Alembic's way on SQLite makes the table anew, and the rows that point to accounts would go with the
    old one."""
    op.execute(f"ALTER TABLE staff_accounts DROP COLUMN {column}")


def _of_staff(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_staff_id_staff_accounts")
    return sa.ForeignKeyConstraint(["staff_id"], ["staff_accounts.id"], name=name, ondelete="CASCADE")
