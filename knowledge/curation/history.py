"""The history of the records: who changed what, when and why."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from knowledge.curation.record import Change, RecordKind
from knowledge.curation.rows import to_change
from knowledge.storage import Sessions
from knowledge.tables import changes_table


class History:
    """Reads changes, the newest first."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def change(self, number: int) -> Change | None:
        """The change of this number."""
        return next(iter(self._read(select(changes_table).where(changes_table.c.number == number))), None)

    def of(self, kind: RecordKind, record_id: str) -> tuple[Change, ...]:
        """All changes of one record."""
        own = (changes_table.c.kind == kind.value, changes_table.c.id == record_id)
        return self._read(select(changes_table).where(*own).order_by(changes_table.c.number.desc()))

    def recent(self, limit: int, kind: RecordKind | None = None) -> tuple[Change, ...]:
        """The newest changes, at most ``limit``, of one kind or of all."""
        query = select(changes_table).order_by(changes_table.c.number.desc()).limit(limit)
        return self._read(query if kind is None else query.where(changes_table.c.kind == kind.value))

    def _read(self, query: Any) -> tuple[Change, ...]:
        with self._sessions() as session:
            return tuple(to_change(row) for row in session.execute(query))
