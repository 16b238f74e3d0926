"""Many hands at once, on SQLite and on a real PostgreSQL: one wins, the others hear of it, and nothing is lost."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from knowledge.curation.record import ChangeAction, ConflictError, Record, RecordKind
from knowledge.curation.records import Records

OFFER = RecordKind.OFFER
HANDS = 6


def at_once(work: Callable[[int], int]) -> list[int]:
    """``work(number)`` by as many hands, begun together."""
    ready = Barrier(HANDS)

    def begin(number: int) -> int:
        ready.wait()
        return work(number)

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(begin, range(HANDS)))


def test_of_many_who_saw_the_same_revision_one_publishes(records: Records) -> None:
    for revision in range(5):
        theirs: list[object] = []

        def publish(number: int, revision: int = revision, theirs: list[object] = theirs) -> int:
            try:
                body = {"by": number, "round": revision}
                records.publish(OFFER, "a", body, by=f"p{number}", base_revision=revision)
            except ConflictError as conflict:
                theirs.append(conflict.theirs.body["round"] if isinstance(conflict.theirs, Record) else None)
                return 0
            return 1

        assert sum(at_once(publish)) == 1
        assert theirs == [revision] * (HANDS - 1)
    changes = records.history(OFFER, "a")
    assert [change.revision for change in changes] == [5, 4, 3, 2, 1]
    assert all(newer.before == older.after for newer, older in itertools.pairwise(changes))


def test_of_many_who_begin_or_change_a_draft_one_does(records: Records) -> None:
    for version in range(3):

        def save(number: int, version: int = version) -> int:
            try:
                records.save_draft(OFFER, "a", {"by": number}, by=f"p{number}", base_revision=0, version=version)
            except ConflictError:
                return 0
            return 1

        assert sum(at_once(save)) == 1
    assert records.draft(OFFER, "a").version == 3


def test_an_undo_happens_once(records: Records) -> None:
    records.publish(OFFER, "a", {"t": 1}, by="ann", base_revision=0)
    records.publish(OFFER, "a", {"t": 2}, by="ann", base_revision=1)
    number = records.latest(OFFER)

    def undo(_: int) -> int:
        try:
            records.undo(number, by="bob")
        except ConflictError:
            return 0
        return 1

    assert sum(at_once(undo)) == 1
    assert records.get(OFFER, "a").body == {"t": 1}


def test_imports_and_edits_at_once_lose_nothing_and_who_follows_misses_nothing(records: Records) -> None:
    heard: dict[str, int] = {}

    def work(number: int) -> int:
        if number % 2:
            bodies = {f"i{number}-{each}": {"n": number} for each in range(60)} | {"shared": {"n": number}}
            return records.publish_many(OFFER, bodies, by=f"p{number}", action=ChangeAction.IMPORTED).added
        for each in range(8):
            records.publish(OFFER, f"e{number}-{each}", {}, by=f"p{number}", base_revision=0)
        return 8

    def follow() -> int:
        seen = -1
        for _ in range(300):
            seen, changed = records.changed_since(OFFER, seen)
            heard.update((one.id, one.revision) for one in changed)
        return seen

    with ThreadPoolExecutor(1) as follower:
        following = follower.submit(follow)
        added = sum(at_once(work))
        seen = following.result()
    heard.update((one.id, one.revision) for one in records.changed_since(OFFER, seen)[1])
    assert heard == {one.id: one.revision for one in records.all(OFFER)}
    assert added == len(heard) == 3 * 60 + 1 + 3 * 8
    assert heard["shared"] == 3
    numbers = [change.number for change in records.recent(1000)]
    assert numbers == list(range(len(numbers), 0, -1)), "each change has a number of its own, and none is missing"
