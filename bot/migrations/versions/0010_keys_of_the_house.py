"""Keys of the house: which keys something here is sealed with, and a canary for each

Going down, what is sealed stays sealed, and the code of that revision cannot read it.

Revision: 0010
After: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "house_keys",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("canary", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_house_keys")),
    )


def downgrade() -> None:
    op.drop_table("house_keys")
