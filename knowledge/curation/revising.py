"""The next revision of one record, and the numbers that put all changes in one order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.orm import Session

from knowledge.curation.record import ChangeAction, ConflictError, Record, RecordKind
from knowledge.curation.rows import checked_id, row_of, to_record
from knowledge.tables import change_counter_table, changes_table, records_table


@dataclass(frozen=True)
class Revision:
    """What somebody makes of a record; ``body`` ``None`` removes it.

    ``seen``: the revision she saw, 0 when there was none. ``exactly``: the revision it must be now, also of a removed
    record.
    """

    kind: RecordKind
    id: str
    body: dict[str, Any] | None
    by: str
    seen: int
    action: ChangeAction
    why: str = ""
    exactly: int | None = None


def write_revision(session: Session, revision: Revision, now: Callable[[], datetime]) -> Record:
    """Write it, with its change. Raises ``ConflictError`` when the record is not as she saw it."""
    number, at = take_numbers(session, 1), now()  # the moment comes after the waiting: later numbers are never earlier
    its_row = select(records_table).where(row_of(records_table, revision.kind, revision.id))
    row = session.execute(its_row).first()
    present = None if row is None or row.removed else row.body
    if _moved_on(row, revision) or (revision.body is None and present is None):
        raise ConflictError(None if row is None else to_record(row))
    values = {
        "body": row.body if revision.body is None else revision.body,
        "revision": 1 if row is None else row.revision + 1,
        "changed_at": at,
        "changed_by": revision.by,
        "removed": revision.body is None,
        "number": number,
    }
    _put(session, revision, row, values)
    own = {"kind": revision.kind.value, "id": revision.id, "revision": values["revision"]}
    told = {"number": number, "action": revision.action.value, "by": revision.by, "at": at, "why": revision.why}
    session.execute(insert(changes_table).values(**own, **told, before=present, after=revision.body))
    return to_record(session.execute(its_row).one())


def take_numbers(session: Session, count: int) -> int:
    """Hold the store for writing until this transaction ends; gives the last of ``count`` new numbers.

    It comes first in a transaction: SQLite then waits its turn, and PostgreSQL reads after it what was committed.
    """
    counter = change_counter_table.c
    session.execute(update(change_counter_table).values(number=counter.number + count))
    return session.execute(select(counter.number)).scalar_one()


def _moved_on(row: Any, revision: Revision) -> bool:
    there = row.revision if row is not None and not row.removed else 0
    if there != revision.seen:
        return True
    return revision.exactly is not None and (row is None or row.revision != revision.exactly)


def _put(session: Session, revision: Revision, row: Any, values: dict[str, Any]) -> None:
    if row is None:
        own = {"kind": revision.kind.value, "id": checked_id(revision.id)}
        session.execute(insert(records_table).values(**own, **values))
        return
    seen = and_(row_of(records_table, revision.kind, revision.id), records_table.c.revision == row.revision)
    if session.execute(update(records_table).where(seen).values(values)).rowcount != 1:
        raise ConflictError(to_record(row))
