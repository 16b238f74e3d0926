"""Drafts: work in progress of editors, one for each record, that two of them never overwrite for each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from knowledge.curation.record import ConflictError, Draft, DraftState, Record, RecordKind
from knowledge.curation.rows import checked_id, row_of, to_draft, to_record
from knowledge.storage import Sessions
from knowledge.tables import drafts_table, records_table


class Drafts:
    """Reads and keeps drafts. Whoever saves says which version she saw (0: none); another version is a conflict."""

    def __init__(self, sessions: Sessions, now: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._now = now

    def draft(self, kind: RecordKind, record_id: str) -> Draft | None:
        """The draft of this record."""
        with self._sessions() as session:
            row = _present(session, kind, record_id)
        return to_draft(row) if row else None

    def drafts(self, kind: RecordKind | None = None) -> tuple[Draft, ...]:
        """All drafts, or those of one kind; what was saved last comes first."""
        query = select(drafts_table)
        if kind is not None:
            query = query.where(drafts_table.c.kind == kind.value)
        with self._sessions() as session:
            found = [to_draft(row) for row in session.execute(query)]
        return tuple(sorted(found, key=lambda draft: (draft.at, draft.id), reverse=True))

    def save_draft(
        self,
        kind: RecordKind,
        record_id: str,
        body: dict[str, Any],
        *,
        by: str,
        base_revision: int,
        version: int,
        note: str = "",
    ) -> Draft:
        """Keep a draft. It is a plain draft again, also when it was in review: this text nobody has reviewed.

        Raises ``ConflictError`` with the draft that stands there, or with the record when that draft was published.
        """
        values = {
            "body": body,
            "base_revision": base_revision,
            "version": version + 1,
            "state": DraftState.DRAFT.value,
            "by": by,
            "at": self._now(),
            "note": note,
        }
        if version == 0:
            self._insert({"kind": kind.value, "id": checked_id(record_id), **values})
        else:
            self._change(kind, record_id, version, values)
        return Draft(kind, record_id, body, base_revision, version + 1, DraftState.DRAFT, by, values["at"], note)

    def send_for_review(self, kind: RecordKind, record_id: str, *, by: str, version: int) -> Draft:
        """Ask a colleague to look; ``by`` asks. Raises ``ConflictError`` as ``save_draft`` does."""
        values = {"state": DraftState.IN_REVIEW.value, "version": version + 1, "by": by, "at": self._now()}
        return self._change(kind, record_id, version, values)

    def discard_draft(self, kind: RecordKind, record_id: str, *, version: int) -> None:
        """Throw a draft away. Raises ``ConflictError`` when it changed since that version; gone already is fine."""
        with self._sessions.begin() as session:
            drop_draft(session, kind, record_id, version)

    def _insert(self, values: dict[str, Any]) -> None:
        try:
            with self._sessions.begin() as session:
                session.execute(insert(drafts_table).values(values))
        except IntegrityError:
            raise self._conflict(RecordKind(values["kind"]), values["id"]) from None

    def _change(self, kind: RecordKind, record_id: str, version: int, values: dict[str, Any]) -> Draft:
        seen = and_(row_of(drafts_table, kind, record_id), drafts_table.c.version == version)
        with self._sessions.begin() as session:
            changed = session.execute(update(drafts_table).where(seen).values(values)).rowcount
            row = _present(session, kind, record_id) if changed else None
        if row is None:
            raise self._conflict(kind, record_id)
        return to_draft(row)

    def _conflict(self, kind: RecordKind, record_id: str) -> ConflictError:
        return ConflictError(self.draft(kind, record_id) or self._published(kind, record_id))

    def _published(self, kind: RecordKind, record_id: str) -> Record | None:
        with self._sessions() as session:
            row = session.execute(select(records_table).where(row_of(records_table, kind, record_id))).first()
        return to_record(row) if row else None


def drop_draft(session: Session, kind: RecordKind, record_id: str, version: int) -> None:
    """Delete the draft if it is that version. Raises ``ConflictError`` with the draft when it is another."""
    seen = and_(row_of(drafts_table, kind, record_id), drafts_table.c.version == version)
    if session.execute(delete(drafts_table).where(seen)).rowcount == 0:
        row = _present(session, kind, record_id)
        if row is not None:
            raise ConflictError(to_draft(row))


def drop_own_draft(session: Session, kind: RecordKind, record_id: str, by: str) -> None:
    """Delete the draft if ``by`` saved it last; the work of a colleague stays."""
    session.execute(delete(drafts_table).where(row_of(drafts_table, kind, record_id), drafts_table.c.by == by))


def _present(session: Session, kind: RecordKind, record_id: str) -> Any:
    return session.execute(select(drafts_table).where(row_of(drafts_table, kind, record_id))).first()
