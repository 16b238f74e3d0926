"""After a request was sent: what may be asked later, and what she answered

Going down, what she answered to the later questions is lost, and with it her yes to be asked; the requests stay.

Revision: 0007
After: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("requests", sa.Column("ask_at", MOMENT, nullable=True))
    op.add_column("requests", sa.Column("informal", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_requests_ask_at"), "requests", ["ask_at"])
    op.create_table(
        "request_followups",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", MOMENT, nullable=True),
        sa.Column("text_version", sa.String(length=40), nullable=False),
        sa.Column("opted_in_at", MOMENT, nullable=True),
        sa.Column("declined_at", MOMENT, nullable=True),
        sa.Column("rest_before", sa.Integer(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("happened", sa.String(length=32), nullable=True),
        sa.Column("rest_after", sa.Integer(), nullable=True),
        sa.Column("needed", sa.String(length=32), nullable=True),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("later_invited_at", MOMENT, nullable=True),
        sa.Column("later_agreed_at", MOMENT, nullable=True),
        sa.Column("later_asked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_request_followups_request_id_requests"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_request_followups")),
    )


def downgrade() -> None:
    op.drop_table("request_followups")
    op.drop_index(op.f("ix_requests_ask_at"), table_name="requests")
    for column in ("informal", "ask_at"):  # in place: a table made anew on SQLite would take its events along
        op.drop_column("requests", column)
