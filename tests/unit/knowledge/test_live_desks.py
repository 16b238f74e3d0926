"""The desks as editors keep them: a change is seen at once, and never sends a carer round in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records
from knowledge.desks import Desks, LiveDesks, seed_desks
from knowledge.storage import metadata, open_engine, open_sessions

SEED = seed_desks()
DESKS = Desks.load()


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    engine = open_engine(f"sqlite:///{tmp_path / 'desks.db'}")
    metadata.create_all(engine)
    records = Records(open_sessions(engine))
    records.load_seed(RecordKind.DESK, SEED)
    yield records
    engine.dispose()


def test_the_live_desks_are_those_of_the_seed_in_their_order_until_an_editor_changes_one(records: Records) -> None:
    desks = LiveDesks(records)
    assert list(desks) == list(DESKS)
    assert desks.to_human == DESKS.to_human
    body = {**SEED["right_desk"], "name": "Het Loket"}
    records.publish(RecordKind.DESK, "right_desk", body, by="ann", base_revision=1)
    assert desks.get("right_desk").name == "Het Loket"


def test_a_desk_that_is_removed_is_on_no_path_any_more(records: Records) -> None:
    desks = LiveDesks(records)
    records.remove(RecordKind.DESK, "right_desk", by="ann", base_revision=1, why="opgeheven")
    assert len(desks) == len(DESKS) - 1
    assert not any("right_desk" in path for desk in desks for path in desks.paths(desk))


def test_two_edits_that_make_a_circle_together_change_nothing_for_carers(records: Records) -> None:
    desks = LiveDesks(records)
    body = {**SEED["right_desk"], "next": ["client_support"]}
    records.publish(RecordKind.DESK, "right_desk", body, by="ann", base_revision=1)
    assert list(desks) == list(DESKS)
