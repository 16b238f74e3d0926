"""Every migration, one step at a time and with a row in every table: up, down to nothing, and up again.

A new migration is walked too, without a line here: each table that is empty at a revision gets a row, and what both
sides of a step have in common must come through it as it was.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Column, DateTime, Float, Integer, LargeBinary, MetaData, Table, inspect, select
from sqlalchemy.engine import Connection, Engine

from bot.schema import migration_settings
from tests.unit.bot.migrating import go

Rows = dict[str, list[dict[str, Any]]]
MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
VALUES: tuple[tuple[type, Any], ...] = (
    (Boolean, True),
    (DateTime, MOMENT),
    (JSON, {"name": "Ria"}),
    (Integer, 1),
    (Float, 1.0),
    (LargeBinary, b"x"),
)


def revisions() -> list[str]:
    """All of them, oldest first; there is one way through them, without branches."""
    script = ScriptDirectory.from_config(migration_settings())
    assert len(script.get_heads()) == 1
    return [each.revision for each in reversed(list(script.walk_revisions()))]


def tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if not table.name.startswith(("alembic_", "sqlite_"))]


def fill(engine: Engine) -> None:
    """A row in every table that has none."""
    with engine.begin() as connection:
        for table in tables(connection):
            if connection.execute(select(table).limit(1)).first() is None:
                row = {column.name: _value(connection, column) for column in table.columns}
                connection.execute(table.insert().values(**row))


def _value(connection: Connection, column: Column) -> Any:
    for key in column.foreign_keys:
        return connection.execute(select(key.column)).scalar()
    found = next((value for sort, value in VALUES if isinstance(column.type, sort)), None)
    return column.name[: getattr(column.type, "length", None) or None] if found is None else found


def rows(engine: Engine) -> Rows:
    with engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))]
            for table in tables(connection)
        }


def shape(engine: Engine) -> dict[str, Any]:
    """Tables, columns, keys and indexes, in no order."""
    found = inspect(engine)
    return {
        name: {
            "columns": {each["name"]: (str(each["type"]), each["nullable"]) for each in found.get_columns(name)},
            "indexes": {(each["name"], tuple(each["column_names"])) for each in found.get_indexes(name)},
            "unique": {tuple(each["column_names"]) for each in found.get_unique_constraints(name)},
            "keys": {
                (tuple(each["constrained_columns"]), each["referred_table"]) for each in found.get_foreign_keys(name)
            },
            "primary": found.get_pk_constraint(name)["constrained_columns"],
        }
        for name in found.get_table_names()
    }


def assert_came_through(before: Rows, after: Rows, step: str) -> None:
    for name in set(before) & set(after):
        kept = set(before[name][0] if before[name] else ()) & set(after[name][0] if after[name] else ())
        assert len(before[name]) == len(after[name]), f"{step}: rows of {name} were lost"
        for old, new in zip(before[name], after[name], strict=True):
            changed = {column for column in kept if old[column] != new[column]}
            assert not changed, f"{step}: {name} changed in {changed}"


def test_up_and_down_one_by_one_and_up_again_with_data(engine: Engine) -> None:
    chain, shapes = revisions(), {}
    for number, revision in enumerate(chain):
        before = rows(engine) if number else {}
        go(engine, command.upgrade, revision)
        assert_came_through(before, rows(engine), f"up to {revision}")
        fill(engine)
        shapes[revision] = shape(engine)

    for above, below in zip(reversed(chain), [*reversed(chain[:-1]), "base"], strict=True):
        before = rows(engine)
        go(engine, command.downgrade, below)
        assert_came_through(before, rows(engine), f"down from {above}")
        if below != "base":
            assert shape(engine) == shapes[below], f"down from {above}: not as it was before"
            fill(engine)
    assert rows(engine) == {}, "going down to nothing leaves nothing"

    for number, revision in enumerate(chain):
        go(engine, command.upgrade, revision)
        assert shape(engine) == shapes[revision], f"up again to {revision}"
        if number < len(chain) - 1:
            fill(engine)
    assert rows(engine)["requests"][0]["question"] == "question"
