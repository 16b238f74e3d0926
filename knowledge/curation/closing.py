"""Closing a set of offers at once, as in a crisis (R60): all or nothing, and each can be undone on its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from knowledge.curation.record import ChangeAction, Loaded, RecordKind
from knowledge.curation.records import Records
from knowledge.offers.data import read_offer, write_offer
from knowledge.vocabulary import OfferStatus

CLOSED = frozenset({OfferStatus.TEMPORARILY_CLOSED, OfferStatus.WAITING_LIST, OfferStatus.ENDED})
"""What "closed" can mean; an offer that opens again is edited, or its closing is undone."""


class ClosingError(ValueError):
    """It cannot be done as asked; nothing was changed. ``code``: "status" or "unknown", ``ids``: which offers."""

    def __init__(self, code: str, ids: tuple[str, ...] = ()) -> None:
        super().__init__(f"closing refused: {code} {', '.join(ids)}".strip())
        self.code = code
        self.ids = ids


def close_offers(ids: Collection[str], status: OfferStatus, by: str, why: str, records: Records) -> Loaded:
    """Give all these offers a closed ``status``; ``why`` stands with each change, and each change can be undone.

    Raises ``ClosingError``, and ``ConflictError`` when somebody changed one of them at the same moment.
    """
    if status not in CLOSED:
        raise ClosingError("status")
    found = {one: records.get(RecordKind.OFFER, one) for one in dict.fromkeys(ids)}
    if unknown := tuple(one for one, record in found.items() if record is None):
        raise ClosingError("unknown", unknown)
    present = {one: record for one, record in found.items() if record is not None}
    bodies = {one: write_offer(replace(read_offer(record.body), status=status)) for one, record in present.items()}
    revisions = {one: record.revision for one, record in present.items()}
    return records.publish_many(RecordKind.OFFER, bodies, by=by, action=ChangeAction.CLOSED, why=why, base=revisions)
