"""Tallies of closed months: counts without a person, for the page of figures

Going down, the tallies are lost; months of which the requests were erased cannot be counted again.

Revision: 0009
After: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "insight_months",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("tallied_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_insight_months")),
    )
    op.create_table(
        "insight_tallies",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("municipality", sa.String(length=120), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "municipality", "question", "answer", name=op.f("pk_insight_tallies")),
    )


def downgrade() -> None:
    op.drop_table("insight_tallies")
    op.drop_table("insight_months")
