"""Migration 0003 with data in the tables, up and down, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import json
from datetime import datetime, timezone

from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.schema import differences, migrate
from knowledge.catalogue import Catalogue
from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records
from knowledge.offers.data import read_offers, write_offer
from knowledge.storage import open_sessions
from tests.unit.bot.migrating import go

KIND = RecordKind.OFFER
OLD = text(
    "INSERT INTO offers (id, body, revision, changed_at, seed_digest, edited_by) "
    "VALUES (:id, :body, :revision, :changed_at, :seed_digest, :edited_by)"
)


def test_offers_become_records_and_go_back_with_all_that_governs_them(engine: Engine) -> None:
    go(engine, command.upgrade, "0002")
    seed = read_offers()
    moment = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)
    rows = [
        {
            "id": offer.id,
            "body": json.dumps(write_offer(offer)),
            "revision": number,
            "changed_at": moment.isoformat(sep=" ") if engine.dialect.name == "sqlite" else moment,
            "seed_digest": f"digest{number}",
            "edited_by": "ann" if number % 10 == 0 else None,
        }
        for number, offer in enumerate(seed, 1)
    ]
    with engine.begin() as connection:
        connection.execute(OLD, rows)
    migrate(engine)
    assert differences(engine) == []

    records = Records(open_sessions(engine))
    carried = {record.id: record for record in records.all(KIND)}
    assert len(carried) == len(seed)
    for row in rows:
        record = carried[row["id"]]
        assert record.body == json.loads(row["body"])
        assert (record.revision, record.seed_digest) == (row["revision"], row["seed_digest"])
        assert (record.changed_by, record.changed_at, record.removed) == (row["edited_by"], moment, False)
    assert set(Catalogue(open_sessions(engine)).offers()) == set(seed)
    assert records.latest(KIND) == len(seed)

    first, second, third = (offer.id for offer in seed[:3])
    records.publish(KIND, first, {**carried[first].body, "name": "Nieuw"}, by="bob", base_revision=1)
    records.remove(KIND, second, by="bob", base_revision=2, why="weg")
    records.save_draft(KIND, third, {"name": ""}, by="bob", base_revision=3, version=0)
    records.publish(KIND, "x" * 100, carried[first].body, by="bob", base_revision=0)
    assert records.history(KIND, first)[0].number == len(seed) + 1, "numbers go on after what was carried over"

    go(engine, command.downgrade, "0002")
    with engine.connect() as connection:
        back = {row.id: row for row in connection.execute(text("SELECT * FROM offers"))}
        tables = engine.dialect.get_table_names(connection)
    assert set(back) == {offer.id for offer in seed} - {second}
    assert (back[first].revision, back[first].edited_by) == (2, "bob")
    assert "Nieuw" in str(back[first].body)
    assert (back[third].revision, back[third].seed_digest, back[third].edited_by) == (3, "digest3", None)
    assert not {"records", "drafts", "changes", "change_counter", "offer_reports"} & set(tables)

    migrate(engine)
    assert differences(engine) == []
    again = Records(open_sessions(engine))
    assert again.get(KIND, first).body["name"] == "Nieuw"
    assert len(again.all(KIND)) == len(seed) - 1
