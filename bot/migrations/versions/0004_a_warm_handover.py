"""A warm handover: passing on, moments, the clock's next step, notes and teams

Going down, what was noted, planned and asked of others is lost; the requests stay.

Revision: 0004
After: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OLD_INDEX = ("state", "municipality", "answer_by")
NEW_INDEX = (
    "municipality", "state", "urgency", "answer_by", "id", "owner_id", "team", "waiting_since", "second_id",
    "forward_to_id", "forward_team", "forward_municipality", "closed_at", "sent_at",
)  # fmt: skip


def _new_columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("team", sa.String(length=120), nullable=True),
        sa.Column("counts_as", sa.String(length=32), nullable=True),
        sa.Column("callback_at", MOMENT, nullable=True),
        sa.Column("waiting_since", MOMENT, nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("second", sa.String(length=120), nullable=False, server_default=""),
        sa.Column("forward_kind", sa.String(length=32), nullable=True),
        sa.Column("forward_to", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("forward_to_id", sa.Integer(), nullable=True),
        sa.Column("forward_team", sa.String(length=120), nullable=True),
        sa.Column("forward_municipality", sa.String(length=120), nullable=True),
        sa.Column("forward_by", sa.String(length=120), nullable=False, server_default=""),
        sa.Column("forward_by_id", sa.Integer(), nullable=True),
        sa.Column("forward_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("forwarded_at", MOMENT, nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False, server_default=""),
    )


def upgrade() -> None:
    for column in _new_columns():
        op.add_column("requests", column)
    op.drop_index("ix_requests_inbox", table_name="requests")
    op.create_index("ix_requests_inbox", "requests", list(NEW_INDEX))
    op.create_index("ix_requests_due_at", "requests", ["due_at"])
    op.create_index("ix_requests_forward_municipality", "requests", ["forward_municipality"])
    requests = sa.table(
        "requests",
        sa.column("due_at", MOMENT),
        sa.column("sent_at", MOMENT),
        sa.column("state", sa.String),
        sa.column("search_text", sa.Text),
        sa.column("question", sa.Text),
        sa.column("reference", sa.String),
    )
    # The clock looks at once at what was already running; the words of a request become searchable.
    running = requests.c.state.in_(["sent", "seen", "accepted", "contacted", "reopened"])
    words = sa.func.lower(requests.c.reference) + " " + sa.func.lower(requests.c.question)
    op.execute(requests.update().where(running).values(due_at=requests.c.sent_at, search_text=words))
    op.create_table(
        "request_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_request_notes_request_id_requests"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_notes")),
    )
    op.create_index("ix_request_notes_request_id", "request_notes", ["request_id"])
    op.create_table(
        "request_teams",
        sa.Column("municipality", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("second", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "name", name=op.f("pk_request_teams")),
    )


def downgrade() -> None:
    op.drop_table("request_teams")
    op.drop_index("ix_request_notes_request_id", table_name="request_notes")
    op.drop_table("request_notes")
    op.drop_index("ix_requests_forward_municipality", table_name="requests")
    op.drop_index("ix_requests_due_at", table_name="requests")
    op.drop_index("ix_requests_inbox", table_name="requests")
    for column in _new_columns():
        op.drop_column("requests", column.name)
    op.create_index("ix_requests_inbox", "requests", list(OLD_INDEX))
