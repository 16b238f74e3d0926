"""Many records in one go, all or nothing: the seed, and imports of up to a hundred thousand.

Comparing is done before the store is taken for writing: on SQLite nobody else can write meanwhile, and a carer whose
message must be kept should not wait for a spreadsheet.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from knowledge.curation.record import SEED, ChangeAction, ConflictError, Loaded, RecordKind
from knowledge.curation.rows import checked_id, to_record
from knowledge.tables import changes_table, records_table

CHUNK = 500  # rows in one statement, well below what SQLite takes as parameters
Present = Mapping[str, Any]  # rows of ``records`` by id


@dataclass
class Plan:
    """What must be written. ``seen``: the number of the newest change that was looked at."""

    seen: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: int = 0
    kept: int = 0

    @property
    def loaded(self) -> Loaded:
        """The plan in numbers."""
        replaced = len(self.replaced)
        return Loaded(len(self.rows) - replaced, replaced, self.unchanged, self.kept)


def seed_digest(body: Mapping[str, Any]) -> str:
    """By which a seed text is known again."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def newest(session: Session, kind: RecordKind) -> int:
    """The number of the newest change of this kind; 0 when there is none."""
    number = select(func.max(records_table.c.number)).where(records_table.c.kind == kind.value)
    return session.execute(number).scalar_one() or 0


def present_of(session: Session, kind: RecordKind, ids: Collection[str]) -> Present:
    """The rows of these ids, removed ones too."""
    found: dict[str, Any] = {}
    for chunk in _chunks(sorted(ids)):
        own = (records_table.c.kind == kind.value, records_table.c.id.in_(chunk))
        found.update((row.id, row) for row in session.execute(select(records_table).where(*own)))
    return found


def plan_seed(kind: RecordKind, bodies: Mapping[str, dict[str, Any]], present: Present, plan: Plan) -> Plan:
    """The seed refreshes only what no editor touched; what the seed no longer has stays."""
    for record_id, body in bodies.items():
        row, digest = present.get(record_id), seed_digest(body)
        if row is not None and row.changed_by is not None:
            plan.kept += 1
        elif row is not None and row.seed_digest == digest:
            plan.unchanged += 1
        else:
            _add(plan, kind, record_id, body, row, seed_digest=digest, changed_by=None)
    return plan


def plan_publishing(
    kind: RecordKind,
    bodies: Mapping[str, dict[str, Any]],
    present: Present,
    plan: Plan,
    *,
    by: str,
    base: Mapping[str, int] | None,
) -> Plan:
    """What differs is written. Raises ``ConflictError`` when a record is not at the revision that ``base`` names."""
    for record_id, body in bodies.items():
        row = present.get(record_id)
        there = row is not None and not row.removed
        if base is not None and base.get(record_id, 0) != (row.revision if row is not None and there else 0):
            raise ConflictError(None if row is None else to_record(row))
        if row is not None and there and row.body == body:
            plan.unchanged += 1
        else:
            digest = None if row is None else row.seed_digest
            _add(plan, kind, record_id, body, row, seed_digest=digest, changed_by=by)
    return plan


def write(
    session: Session,
    plan: Plan,
    last_number: int,
    *,
    action: ChangeAction,
    why: str,
    at: datetime,
    progress: Callable[[int], None] | None,
) -> None:
    """Write the plan; its changes get the numbers up to ``last_number``. ``progress`` hears how many more are done."""
    common = {"action": action.value, "why": why, "at": at}
    for number, (row, change) in enumerate(zip(plan.rows, plan.changes, strict=True), last_number - len(plan.rows) + 1):
        row.update(changed_at=at, number=number)
        change.update(common, number=number, by=row["changed_by"] or SEED)
    kind = plan.rows[0]["kind"]
    for chunk in _chunks(plan.replaced):
        session.execute(delete(records_table).where(records_table.c.kind == kind, records_table.c.id.in_(chunk)))
    for rows, changes in zip(_chunks(plan.rows), _chunks(plan.changes), strict=True):
        session.execute(insert(records_table), rows)
        session.execute(insert(changes_table), changes)
        if progress is not None:
            progress(len(rows))


def _add(plan: Plan, kind: RecordKind, record_id: str, body: dict[str, Any], row: Any, **governing: Any) -> None:
    revision = 1 if row is None else row.revision + 1
    own = {"kind": kind.value, "id": checked_id(record_id), "revision": revision}
    plan.rows.append({**own, "body": body, "removed": False, **governing})
    before = None if row is None or row.removed else row.body
    plan.changes.append({**own, "before": before, "after": body})
    if row is not None:
        plan.replaced.append(record_id)


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
