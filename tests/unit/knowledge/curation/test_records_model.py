"""Whatever editors do, in whatever order, the store is what a plain dictionary would be."""

from __future__ import annotations

import itertools
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, update
from sqlalchemy.engine import Engine

from knowledge.curation.record import ChangeAction, ConflictError, RecordKind
from knowledge.curation.records import Records
from knowledge.storage import metadata, open_sessions
from knowledge.tables import change_counter_table, changes_table, drafts_table, records_table

KIND = RecordKind.FACT
IDS, TEXTS, PEOPLE = st.sampled_from("abc"), st.integers(0, 3), st.sampled_from(["ann", "bob"])
OFFSETS = st.sampled_from([0, 0, 0, -1, 1])  # mostly she saw the revision that is there


class Store(RuleBasedStateMachine):
    """``there``: body and revision by id (a removed one has no body); ``changes``: what each change had before."""

    engine: Engine

    @initialize()
    def open(self) -> None:
        sessions = open_sessions(self.engine)
        with sessions.begin() as session:
            for table in (records_table, drafts_table, changes_table):
                session.execute(delete(table))
            session.execute(update(change_counter_table).values(number=0))
        self.records = Records(sessions, lambda: datetime(2026, 11, 22, tzinfo=timezone.utc))
        self.there: dict[str, tuple[Any, int]] = {}
        self.drafts: dict[str, tuple[Any, int, str]] = {}
        self.changes: list[tuple[str, int, Any]] = []

    def revision(self, key: str) -> int:
        body, revision = self.there.get(key, (None, 0))
        return 0 if body is None else revision

    def note(self, key: str, body: Any) -> None:
        before, revision = self.there.get(key, (None, 0))
        self.there[key] = (body, revision + 1)
        self.changes.append((key, revision + 1, before))

    @rule(key=IDS, text=TEXTS, by=PEOPLE, offset=OFFSETS)
    def publish(self, key: str, text: int, by: str, offset: int) -> None:
        body, base = {"t": text}, max(0, self.revision(key) + offset)
        if base == self.revision(key):
            assert self.records.publish(KIND, key, body, by=by, base_revision=base).body == body
            self.note(key, body)
            if self.drafts.get(key, ("", 0, ""))[2] == by:
                del self.drafts[key]
        else:
            with pytest.raises(ConflictError):
                self.records.publish(KIND, key, body, by=by, base_revision=base)

    @rule(key=IDS, by=PEOPLE, offset=OFFSETS)
    def remove(self, key: str, by: str, offset: int) -> None:
        base = max(0, self.revision(key) + offset)
        if base == self.revision(key) > 0:
            self.records.remove(KIND, key, by=by, base_revision=base, why="")
            self.note(key, None)
        else:
            with pytest.raises(ConflictError):
                self.records.remove(KIND, key, by=by, base_revision=base, why="")

    @rule(bodies=st.dictionaries(IDS, TEXTS, min_size=1))
    def import_many(self, bodies: dict[str, int]) -> None:
        self.records.publish_many(KIND, {k: {"t": t} for k, t in bodies.items()}, by="x", action=ChangeAction.IMPORTED)
        for key, text in bodies.items():
            if self.there.get(key, (None, 0))[0] != {"t": text}:
                self.note(key, {"t": text})

    @precondition(lambda self: self.changes)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(1, len(self.changes)))
        key, revision, before = self.changes[number - 1]
        if self.there[key][1] == revision:
            assert self.records.undo(number, by="ann").removed is (before is None)
            self.note(key, before)
        else:
            with pytest.raises(ConflictError):
                self.records.undo(number, by="ann")

    @rule(key=IDS, text=TEXTS, by=PEOPLE, offset=OFFSETS)
    def save_draft(self, key: str, text: int, by: str, offset: int) -> None:
        present = self.drafts.get(key, (None, 0, ""))[1]
        version = max(0, present + offset)

        def save() -> None:
            self.records.save_draft(KIND, key, {"t": text}, by=by, base_revision=0, version=version)

        if version == present:
            save()
            self.drafts[key] = ({"t": text}, version + 1, by)
        else:
            with pytest.raises(ConflictError):
                save()

    @rule(key=IDS)
    def discard_draft(self, key: str) -> None:
        self.records.discard_draft(KIND, key, version=self.drafts.pop(key, (None, 1, ""))[1])

    @invariant()
    def readers_see_what_was_published(self) -> None:
        seen = {one.id: (one.body, one.revision) for one in self.records.all(KIND)}
        assert seen == {key: value for key, value in self.there.items() if value[0] is not None}
        assert self.records.latest(KIND) == len(self.changes)

    @invariant()
    def drafts_are_as_they_were_saved(self) -> None:
        assert {one.id: (one.body, one.version, one.by) for one in self.records.drafts()} == self.drafts

    @invariant()
    def history_joins_up(self) -> None:
        for key, (body, revision) in self.there.items():
            changes = self.records.history(KIND, key)
            assert [change.revision for change in changes] == list(range(revision, 0, -1))
            assert changes[0].after == body
            assert all(newer.before == older.after for newer, older in itertools.pairwise(changes))


def test_the_store_is_what_a_dictionary_would_be(engine: Engine) -> None:
    metadata.drop_all(engine)
    metadata.create_all(engine)
    machine = type("StoreOnThisDatabase", (Store,), {"engine": engine})
    quick = settings(max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=quick)  # type: ignore[no-untyped-call]
