"""What editors keep: records, drafts, changes and reports

Offers become records, with their revision, their digest and who edited them. Going down, the offers that were not
removed are carried back, except those whose id is longer than the old column. Facts, answers, desks, access rules and
banners, all drafts, the whole history and the reports are lost.

Revision: 0003
After: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CHUNK = 1000
LONGEST_OLD_ID = 64

offers = sa.table(
    "offers",
    sa.column("id", sa.String),
    sa.column("body", sa.JSON),
    sa.column("revision", sa.Integer),
    sa.column("changed_at", MOMENT),
    sa.column("seed_digest", sa.String),
    sa.column("edited_by", sa.String),
)
records = sa.table(
    "records",
    sa.column("kind", sa.String),
    sa.column("id", sa.String),
    sa.column("body", sa.JSON),
    sa.column("revision", sa.Integer),
    sa.column("changed_at", MOMENT),
    sa.column("changed_by", sa.String),
    sa.column("seed_digest", sa.String),
    sa.column("removed", sa.Boolean),
    sa.column("number", NUMBER),
)
counter = sa.table("change_counter", sa.column("id", sa.Integer), sa.column("number", NUMBER))


def upgrade() -> None:
    op.create_table(
        "records",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=True),
        sa.Column("seed_digest", sa.String(length=64), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_records")),
    )
    op.create_index("ix_records_kind_number", "records", ["kind", "number"])
    op.create_table(
        "drafts",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_drafts")),
    )
    op.create_table(
        "changes",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_changes")),
    )
    op.create_index("ix_changes_kind_id", "changes", ["kind", "id"])
    op.create_table(
        "change_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_counter")),
    )
    op.create_table(
        "offer_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=20), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("handled_at", MOMENT, nullable=True),
        sa.Column("handled_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_reports")),
    )
    op.create_index(op.f("ix_offer_reports_offer_id"), "offer_reports", ["offer_id"])
    _carry_over()
    op.drop_table("offers")


def downgrade() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("seed_digest", sa.String(length=64), nullable=True),
        sa.Column("edited_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    _carry_back()
    op.drop_index(op.f("ix_offer_reports_offer_id"), table_name="offer_reports")
    op.drop_table("offer_reports")
    op.drop_table("change_counter")
    op.drop_index("ix_changes_kind_id", table_name="changes")
    op.drop_table("changes")
    op.drop_table("drafts")
    op.drop_index("ix_records_kind_number", table_name="records")
    op.drop_table("records")


def _carry_over() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(offers).order_by(offers.c.id)).all()
    carried = [
        {
            "kind": "offer",
            "id": row.id,
            "body": row.body,
            "revision": row.revision,
            "changed_at": row.changed_at,
            "changed_by": row.edited_by,
            "seed_digest": row.seed_digest,
            "removed": False,
            "number": number,
        }
        for number, row in enumerate(rows, 1)
    ]
    _insert(connection, records, carried)
    connection.execute(sa.insert(counter).values(id=1, number=len(carried)))


def _carry_back() -> None:
    connection = op.get_bind()
    kept = sa.select(records).where(records.c.kind == "offer", records.c.removed.is_(False)).order_by(records.c.id)
    carried = [
        {
            "id": row.id,
            "body": row.body,
            "revision": row.revision,
            "changed_at": row.changed_at,
            "seed_digest": row.seed_digest,
            "edited_by": row.changed_by,
        }
        for row in connection.execute(kept)
        if len(row.id) <= LONGEST_OLD_ID
    ]
    _insert(connection, offers, carried)


def _insert(connection: sa.engine.Connection, table: sa.sql.TableClause, rows: list[dict[str, object]]) -> None:
    for start in range(0, len(rows), CHUNK):
        connection.execute(sa.insert(table), rows[start : start + CHUNK])
