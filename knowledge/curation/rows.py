"""Rows of the tables as the records that people work with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, and_

from knowledge.curation.record import LONGEST_ID, Change, ChangeAction, Draft, DraftState, Record, RecordKind


def to_record(row: Any) -> Record:
    """A row of ``records``."""
    return Record(
        kind=RecordKind(row.kind),
        id=row.id,
        body=row.body,
        revision=row.revision,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        seed_digest=row.seed_digest,
        removed=row.removed,
    )


def to_draft(row: Any) -> Draft:
    """A row of ``drafts``."""
    kind, state = RecordKind(row.kind), DraftState(row.state)
    return Draft(kind, row.id, row.body, row.base_revision, row.version, state, row.by, row.at, row.note)


def to_change(row: Any) -> Change:
    """A row of ``changes``."""
    return Change(
        number=row.number,
        kind=RecordKind(row.kind),
        id=row.id,
        revision=row.revision,
        action=ChangeAction(row.action),
        before=row.before,
        after=row.after,
        by=row.by,
        at=row.at,
        why=row.why,
    )


def row_of(table: Table, kind: RecordKind, record_id: str) -> Any:
    """The condition that names one row of ``records`` or ``drafts``."""
    return and_(table.c.kind == kind.value, table.c.id == record_id)


def checked_id(record_id: str) -> str:
    """The id, which must fit its column on every database. Raises ``ValueError``."""
    if not record_id.strip() or len(record_id) > LONGEST_ID:
        raise ValueError(f"an id has 1 to {LONGEST_ID} characters")
    return record_id
