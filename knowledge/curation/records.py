"""The store of everything editors keep: one shape for every kind, with revisions, drafts, history and undo.

Validation is the caller's, because each kind has its reader. What this store sees to is that nobody's work is lost:
whoever changes a record names the revision she saw, and every change is kept with what was there before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from knowledge.curation import bulk
from knowledge.curation.drafts import Drafts, drop_draft, drop_own_draft
from knowledge.curation.history import History
from knowledge.curation.record import Change, ChangeAction, Loaded, Record, RecordKind
from knowledge.curation.revising import Revision, take_numbers, write_revision
from knowledge.curation.rows import to_record
from knowledge.storage import Sessions
from knowledge.tables import records_table

Bodies = Mapping[str, dict[str, Any]]
Planner = Callable[[bulk.Present, bulk.Plan], bulk.Plan]


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(timezone.utc)


class _MovedOnError(Exception):
    """Something was changed between looking and writing: look again."""


class Records(Drafts):
    """Reads and changes records; safe for many threads and processes at once."""

    def __init__(self, sessions: Sessions, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__(sessions, now)
        self._history = History(sessions)
        self.writes = 0  # how often this process published: who follows a kind then looks at once

    # -- reading ----------------------------------------------------------------------------------------------------

    def get(self, kind: RecordKind, record_id: str) -> Record | None:
        """The record of this id, unless it was removed."""
        found = self._published(kind, record_id)
        return None if found is None or found.removed else found

    def all(self, kind: RecordKind) -> tuple[Record, ...]:
        """All records of a kind by id, without those that were removed."""
        return tuple(
            sorted((one for one in self.changed_since(kind, -1)[1] if not one.removed), key=lambda one: one.id)
        )

    def latest(self, kind: RecordKind) -> int:
        """The number of the newest change of this kind, 0 when there is none: one look in an index."""
        with self._sessions() as session:
            return bulk.newest(session, kind)

    def changed_since(self, kind: RecordKind, number: int) -> tuple[int, tuple[Record, ...]]:
        """What changed after that number, removed records too, in the order of change; and the newest number."""
        newer = and_(records_table.c.kind == kind.value, records_table.c.number > number)
        with self._sessions() as session:
            rows = session.execute(select(records_table).where(newer).order_by(records_table.c.number)).all()
        return (rows[-1].number if rows else max(number, 0)), tuple(to_record(row) for row in rows)

    def history(self, kind: RecordKind, record_id: str) -> tuple[Change, ...]:
        """All changes of one record, the newest first."""
        return self._history.of(kind, record_id)

    def recent(self, limit: int, kind: RecordKind | None = None) -> tuple[Change, ...]:
        """The newest changes, at most ``limit``, of one kind or of all."""
        return self._history.recent(limit, kind)

    # -- changing one -----------------------------------------------------------------------------------------------

    def publish(
        self,
        kind: RecordKind,
        record_id: str,
        body: dict[str, Any],
        *,
        by: str,
        base_revision: int,
        action: ChangeAction = ChangeAction.EDITED,
        why: str = "",
        draft_version: int | None = None,
    ) -> Record:
        """Give readers a new text; ``base_revision`` is the one she saw, 0 when there was none.

        ``draft_version``: this is the text of that draft, whoever wrote it, and the draft goes. Without it an edit
        clears the draft of ``by`` only: what a colleague is working on stays. Raises ``ConflictError`` when record or
        draft moved on.
        """
        with self._sessions.begin() as session:
            revision = Revision(kind, record_id, body, by, base_revision, action, why)
            record = write_revision(session, revision, self._now)
            if draft_version is not None:
                drop_draft(session, kind, record_id, draft_version)
            elif action is ChangeAction.EDITED:
                drop_own_draft(session, kind, record_id, by)
        self.writes += 1
        return record

    def remove(self, kind: RecordKind, record_id: str, *, by: str, base_revision: int, why: str) -> Record:
        """Take a record away from its readers; its history stays. Raises ``ConflictError``."""
        gone = Revision(kind, record_id, None, by, base_revision, ChangeAction.REMOVED, why)
        with self._sessions.begin() as session:
            record = write_revision(session, gone, self._now)
        self.writes += 1
        return record

    def undo(self, number: int, *, by: str) -> Record:
        """A new revision with what readers had before that change; an undo can be undone too.

        Raises ``LookupError`` when there is no such change, ``ConflictError`` when the record changed since.
        """
        change = self._history.change(number)
        if change is None:
            raise LookupError(f"there is no change {number}")
        seen = 0 if change.after is None else change.revision
        back = Revision(change.kind, change.id, change.before, by, seen, ChangeAction.UNDONE, exactly=change.revision)
        with self._sessions.begin() as session:
            record = write_revision(session, back, self._now)
        self.writes += 1
        return record

    # -- changing many ----------------------------------------------------------------------------------------------

    def load_seed(self, kind: RecordKind, bodies: Bodies) -> Loaded:
        """Add or refresh what comes with the product; repeatable. What an editor changed or removed stays."""
        return self._write_many(
            kind, bodies, lambda present, plan: bulk.plan_seed(kind, bodies, present, plan), ChangeAction.SEEDED
        )

    def publish_many(
        self,
        kind: RecordKind,
        bodies: Bodies,
        *,
        by: str,
        action: ChangeAction,
        why: str = "",
        base: Mapping[str, int] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Loaded:
        """Publish many, all or nothing; what is equal stays as it is, and drafts stay.

        ``base``: the revisions that were seen (0 or left out: new); ``None``: whatever is there now. ``progress`` is
        called with how many more were written. Raises ``ConflictError`` when one of them moved on.
        """

        def plan(present: bulk.Present, empty: bulk.Plan) -> bulk.Plan:
            return bulk.plan_publishing(kind, bodies, present, empty, by=by, base=base)

        return self._write_many(kind, bodies, plan, action, why, progress)

    def _write_many(
        self,
        kind: RecordKind,
        bodies: Bodies,
        planner: Planner,
        action: ChangeAction,
        why: str = "",
        progress: Callable[[int], None] | None = None,
    ) -> Loaded:
        with self._sessions() as session:
            plan = self._look(session, kind, bodies, planner)
        if not plan.rows:
            return plan.loaded
        try:
            with self._sessions.begin() as session:
                self._write(session, kind, plan, action, why, progress)
        except _MovedOnError:  # somebody changed this kind meanwhile: look again while nobody can
            with self._sessions.begin() as session:
                take_numbers(session, 0)
                plan = self._look(session, kind, bodies, planner)
                self._write(session, kind, plan, action, why, progress)
        self.writes += 1
        return plan.loaded

    def _look(self, session: Session, kind: RecordKind, ids: Collection[str], planner: Planner) -> bulk.Plan:
        seen = bulk.newest(session, kind)
        return planner(bulk.present_of(session, kind, ids), bulk.Plan(seen))

    def _write(
        self,
        session: Session,
        kind: RecordKind,
        plan: bulk.Plan,
        action: ChangeAction,
        why: str,
        progress: Callable[[int], None] | None,
    ) -> None:
        last = take_numbers(session, len(plan.rows))
        if bulk.newest(session, kind) != plan.seen:
            raise _MovedOnError
        if plan.rows:
            bulk.write(session, plan, last, action=action, why=why, at=self._now(), progress=progress)
