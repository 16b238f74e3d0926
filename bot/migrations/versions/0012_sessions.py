"""Sessions of staff as rows, to see and to end; and room to seal where a talk came from

The rows replace the count of an account that ended all sessions at once: everybody signs in once more after this step.
What stands in ``conversations.origin`` is sealed when it is next written, or by ``adempauze keys rotate``.

Going down, nobody stays signed in either, and an origin that was sealed is lost.

Revision: 0012
After: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "staff_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("browser", sa.String(length=20), nullable=False),
        sa.Column("system", sa.String(length=20), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("half_way", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_accounts.id"],
            name=op.f("fk_staff_sessions_staff_id_staff_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sessions")),
        sa.UniqueConstraint("mark", name=op.f("uq_staff_sessions_mark")),
    )
    op.create_index(op.f("ix_staff_sessions_staff_id"), "staff_sessions", ["staff_id"])
    # In place: Alembic's way on SQLite makes the table anew, and the rows that point to accounts would go along.
    op.execute("ALTER TABLE staff_accounts DROP COLUMN sign_outs")
    _change_origin(sa.Text())


def downgrade() -> None:
    _change_origin(sa.String(length=80))
    op.add_column("staff_accounts", sa.Column("sign_outs", sa.Integer(), server_default="0", nullable=False))
    op.drop_table("staff_sessions")


def _change_origin(kind: sa.types.TypeEngine) -> None:
    """In place as well, and for the same reason."""
    op.add_column("conversations", sa.Column("came_by", kind, nullable=True))
    kept = "origin" if isinstance(kind, sa.Text) else "CASE WHEN length(origin) <= 80 THEN origin END"
    op.execute(f"UPDATE conversations SET came_by = {kept}")  # noqa: S608  - our own words
    op.execute("ALTER TABLE conversations DROP COLUMN origin")
    op.execute("ALTER TABLE conversations RENAME COLUMN came_by TO origin")
