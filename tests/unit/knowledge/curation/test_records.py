"""One store for everything editors keep: nothing is overwritten silently, and everything can be taken back."""

from __future__ import annotations

import pytest

from knowledge.curation.record import ChangeAction, ConflictError, Loaded, Record, RecordKind
from knowledge.curation.records import Records

OFFER, FACT = RecordKind.OFFER, RecordKind.FACT


def put(records: Records, record_id: str, text: str, base: int = 0, by: str = "ann", **more: object) -> Record:
    return records.publish(OFFER, record_id, {"t": text}, by=by, base_revision=base, **more)  # type: ignore[arg-type]


def test_a_record_is_published_changed_and_removed(records: Records) -> None:
    first = put(records, "a", "een")
    assert (first.revision, first.body, first.changed_by, first.removed) == (1, {"t": "een"}, "ann", False)
    assert records.get(OFFER, "a") == first
    second = put(records, "a", "twee", base=1, by="bob")
    assert records.all(OFFER) == (second,)
    assert second.changed_at > first.changed_at
    gone = records.remove(OFFER, "a", by="bob", base_revision=2, why="dicht")
    assert (gone.revision, gone.removed) == (3, True)
    assert records.get(OFFER, "a") is None
    assert records.all(OFFER) == ()
    assert records.get(FACT, "a") is None


def test_whoever_saw_an_older_revision_overwrites_nothing(records: Records) -> None:
    put(records, "a", "een")
    theirs = put(records, "a", "twee", base=1)
    for stale in (0, 1, 3):
        with pytest.raises(ConflictError) as conflict:
            put(records, "a", "drie", base=stale, by="bob")
        assert conflict.value.theirs == theirs
        with pytest.raises(ConflictError):
            records.remove(OFFER, "a", by="bob", base_revision=stale, why="")
    assert records.get(OFFER, "a") == theirs
    assert len(records.history(OFFER, "a")) == 2


def test_what_was_removed_can_come_back_as_new_and_counts_on(records: Records) -> None:
    put(records, "a", "een")
    records.remove(OFFER, "a", by="ann", base_revision=1, why="")
    for nothing in ("a", "never"):
        with pytest.raises(ConflictError):
            records.remove(OFFER, nothing, by="ann", base_revision=0, why="")
    assert put(records, "a", "weer").revision == 3


def test_history_says_who_what_when_and_why(records: Records) -> None:
    put(records, "a", "een")
    put(records, "a", "twee", base=1, by="bob", action=ChangeAction.CONFIRMED, why="gebeld")
    records.remove(OFFER, "a", by="eve", base_revision=2, why="dicht")
    newest, middle, oldest = records.history(OFFER, "a")
    assert (oldest.before, oldest.after, oldest.by) == (None, {"t": "een"}, "ann")
    assert (middle.before, middle.after, middle.by, middle.why) == ({"t": "een"}, {"t": "twee"}, "bob", "gebeld")
    assert middle.action is ChangeAction.CONFIRMED
    assert (newest.before, newest.after, newest.action) == ({"t": "twee"}, None, ChangeAction.REMOVED)
    assert oldest.at < middle.at < newest.at
    records.publish(FACT, "f", {}, by="ann", base_revision=0)
    assert [change.kind for change in records.recent(2)] == [FACT, OFFER]
    assert [change.number for change in records.recent(9, OFFER)] == [newest.number, middle.number, oldest.number]


def test_a_change_can_be_undone_and_the_undoing_too(records: Records) -> None:
    put(records, "a", "een")
    put(records, "a", "twee", base=1)
    back = records.undo(records.history(OFFER, "a")[0].number, by="bob")
    assert (back.body, back.revision, back.changed_by) == ({"t": "een"}, 3, "bob")
    again = records.undo(records.history(OFFER, "a")[0].number, by="bob")
    assert again.body == {"t": "twee"}
    records.remove(OFFER, "a", by="ann", base_revision=4, why="")
    assert records.undo(records.history(OFFER, "a")[0].number, by="bob").body == {"t": "twee"}
    put(records, "b", "nieuw")
    assert records.undo(records.history(OFFER, "b")[0].number, by="bob").removed
    assert records.get(OFFER, "b") is None


def test_an_older_change_is_not_undone_over_what_came_after(records: Records) -> None:
    put(records, "a", "een")
    put(records, "a", "twee", base=1)
    newest, oldest = records.history(OFFER, "a")
    with pytest.raises(ConflictError):
        records.undo(oldest.number, by="bob")
    put(records, "a", "drie", base=2)
    with pytest.raises(ConflictError):
        records.undo(newest.number, by="bob")
    with pytest.raises(LookupError):
        records.undo(999, by="bob")


def test_a_removal_is_not_undone_over_a_later_return_and_removal(records: Records) -> None:
    put(records, "a", "een")
    records.remove(OFFER, "a", by="ann", base_revision=1, why="")
    removal = records.history(OFFER, "a")[0].number
    put(records, "a", "twee")
    records.remove(OFFER, "a", by="ann", base_revision=3, why="")
    with pytest.raises(ConflictError):
        records.undo(removal, by="bob")


def test_only_what_changed_since_a_number_is_read_again(records: Records) -> None:
    put(records, "a", "een")
    put(records, "b", "een")
    number, everything = records.changed_since(OFFER, -1)
    assert number == records.latest(OFFER) == 2
    assert [record.id for record in everything] == ["a", "b"]
    assert records.changed_since(OFFER, number) == (2, ())
    records.remove(OFFER, "a", by="ann", base_revision=1, why="")
    records.publish(FACT, "f", {}, by="ann", base_revision=0)
    number, changed = records.changed_since(OFFER, number)
    assert (number, [(record.id, record.removed) for record in changed]) == (3, [("a", True)])
    assert (records.latest(FACT), records.latest(RecordKind.DESK)) == (4, 0)
    assert records.changed_since(RecordKind.DESK, -1) == (0, ())


def test_the_seed_leaves_alone_what_an_editor_changed_or_removed(records: Records) -> None:
    seed = {name: {"t": name} for name in ("a", "b", "c")}
    assert records.load_seed(OFFER, seed) == Loaded(added=3)
    assert records.load_seed(OFFER, seed) == Loaded(unchanged=3)
    put(records, "a", "van ann", base=1)
    records.remove(OFFER, "b", by="ann", base_revision=1, why="")
    assert records.load_seed(OFFER, {name: {"t": "nieuw"} for name in seed}) == Loaded(updated=1, kept=2)
    assert {one.id: one.body["t"] for one in records.all(OFFER)} == {"a": "van ann", "c": "nieuw"}
    assert [change.by for change in records.history(OFFER, "c")] == ["seed", "seed"]
    assert records.get(OFFER, "c").changed_by is None
    assert records.load_seed(OFFER, {"c": {"t": "nieuw"}}) == Loaded(unchanged=1), "what the seed lost stays"


def test_an_import_is_all_or_nothing(records: Records) -> None:
    put(records, "a", "een")
    put(records, "b", "een")
    bodies = {name: {"t": "import"} for name in ("a", "b", "c")}
    with pytest.raises(ConflictError) as conflict:
        records.publish_many(OFFER, bodies, by="ann", action=ChangeAction.IMPORTED, base={"a": 1, "b": 7})
    assert conflict.value.theirs == records.get(OFFER, "b")
    with pytest.raises(ConflictError):
        records.publish_many(OFFER, bodies, by="ann", action=ChangeAction.IMPORTED, base={"a": 1, "b": 1, "c": 1})
    with pytest.raises(ValueError, match="1 to 100"):
        records.publish_many(OFFER, {**bodies, "x" * 101: {}}, by="ann", action=ChangeAction.IMPORTED)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        records.publish_many(OFFER, bodies, by="ann", action=ChangeAction.IMPORTED, progress=stop)
    assert [one.body["t"] for one in records.all(OFFER)] == ["een", "een"]
    assert records.latest(OFFER) == 2


def test_an_import_says_what_it_did_and_can_be_undone_one_by_one(records: Records) -> None:
    put(records, "a", "een")
    put(records, "b", "import")
    records.save_draft(OFFER, "a", {"t": "half"}, by="bob", base_revision=1, version=0)
    bodies = {name: {"t": "import"} for name in ("a", "b", "c")}
    done: list[int] = []
    loaded = records.publish_many(
        OFFER, bodies, by="ann", action=ChangeAction.IMPORTED, why="lijst.csv", progress=done.append
    )
    assert loaded == Loaded(added=1, updated=1, unchanged=1)
    assert sum(done) == 2
    assert records.draft(OFFER, "a") is not None, "an import does not end the work of an editor"
    change = records.history(OFFER, "a")[0]
    assert (change.before, change.after, change.why) == ({"t": "een"}, {"t": "import"}, "lijst.csv")
    assert records.history(OFFER, "c")[0].before is None
    assert records.undo(change.number, by="bob").body == {"t": "een"}
    assert records.publish_many(OFFER, {}, by="ann", action=ChangeAction.IMPORTED) == Loaded()


def test_an_import_in_many_chunks_is_whole(records: Records) -> None:
    bodies = {f"o{number:04}": {"t": number} for number in range(1203)}
    assert records.publish_many(OFFER, bodies, by="ann", action=ChangeAction.IMPORTED).added == 1203
    changed = {key: {"t": -1} for key in bodies}
    assert records.publish_many(OFFER, changed, by="ann", action=ChangeAction.IMPORTED).updated == 1203
    assert {one.id: one.body for one in records.all(OFFER)} == changed
    assert {one.revision for one in records.all(OFFER)} == {2}


@pytest.mark.parametrize("record_id", ["", " ", "x" * 101])
def test_an_id_that_would_not_fit_is_refused(records: Records, record_id: str) -> None:
    with pytest.raises(ValueError, match="1 to 100"):
        put(records, record_id, "een")
    with pytest.raises(ValueError, match="1 to 100"):
        records.save_draft(OFFER, record_id, {}, by="ann", base_revision=0, version=0)
