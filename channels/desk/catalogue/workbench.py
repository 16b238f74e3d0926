"""Working on one record: open it, keep what was typed, publish it; nobody's work is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from channels.desk.catalogue.shelves import Shelf, Texts
from knowledge.curation.record import ConflictError, Draft, Record
from knowledge.curation.records import Records


@dataclass(frozen=True)
class Work:
    """What an editor has before her. ``base_revision``, ``version``: the record and the draft she saw, 0 for none."""

    id: str
    texts: Texts
    base_revision: int
    version: int
    record: Record | None = None
    draft: Draft | None = None
    note: str = ""

    @property
    def is_new(self) -> bool:
        """Has nobody but editors seen it yet?"""
        return self.record is None

    @property
    def outdated(self) -> bool:
        """Did the record change after this draft was begun?"""
        return self.draft is not None and self.draft.base_revision != _revision(self.record)


def _revision(record: Record | None) -> int:
    return record.revision if record is not None and not record.removed else 0


class Workbench:
    """Opens, keeps and publishes records of one shelf at a time."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def open(self, shelf: Shelf, record_id: str) -> Work | None:
        """The draft if there is one, else the record; ``None`` when there is neither."""
        record, draft = self._records.get(shelf.kind, record_id), self._records.draft(shelf.kind, record_id)
        if draft is not None:
            texts = shelf.texts_of_draft(draft.body)
            return Work(record_id, texts, draft.base_revision, draft.version, record, draft, draft.note)
        if record is None:
            return None
        return Work(record_id, shelf.texts(record.body), record.revision, 0, record)

    def typed(self, shelf: Shelf, record_id: str, texts: Texts, base_revision: int, version: int, note: str) -> Work:
        """What she typed, beside what stands there now."""
        record, draft = self._records.get(shelf.kind, record_id), self._records.draft(shelf.kind, record_id)
        return Work(record_id, texts, base_revision, version, record, draft, note)

    def keep(self, shelf: Shelf, work: Work, by: str) -> Work:
        """Keep what was typed as a draft, faulty or not. Raises ``ConflictError`` when somebody else was first."""
        self._refuse_outdated(work)
        draft = self._records.save_draft(
            shelf.kind,
            work.id,
            dict(work.texts),
            by=by,
            base_revision=work.base_revision,
            version=work.version,
            note=work.note,
        )
        return replace(work, version=draft.version, draft=draft)

    def ask_colleague(self, shelf: Shelf, work: Work, by: str) -> Draft:
        """Keep it and ask a colleague to look. Raises ``ConflictError``."""
        kept = self.keep(shelf, work, by)
        return self._records.send_for_review(shelf.kind, work.id, by=by, version=kept.version)

    def publish(self, shelf: Shelf, work: Work, body: Mapping[str, object], by: str) -> Record:
        """Give it to readers; its draft goes. Raises ``ConflictError``."""
        self._refuse_outdated(work)
        if work.version == 0 and work.draft is not None:
            raise ConflictError(work.draft)
        return self._records.publish(
            shelf.kind,
            work.id,
            dict(body),
            by=by,
            base_revision=work.base_revision,
            why=work.note,
            draft_version=work.version or None,
        )

    def _refuse_outdated(self, work: Work) -> None:
        if _revision(work.record) != work.base_revision:
            raise ConflictError(work.record)
