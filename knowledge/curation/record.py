"""What the store of the editors holds: published records, drafts, and every change that was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from knowledge.vocabulary import Term

SEED = "seed"  # who changed a record when nobody did: it came with the product
LONGEST_ID = 100


class RecordKind(Term):
    """What editors keep."""

    OFFER = "offer", "aanbod"
    FACT = "fact", "feit"
    ANSWER = "answer", "antwoord"
    DESK = "desk", "loket"
    ACCESS_RULES = "access_rules", "regels van een gemeente"
    BANNER = "banner", "mededeling"


class ChangeAction(Term):
    """How a record came to a new revision."""

    SEEDED = "seeded", "meegeleverd"
    EDITED = "edited", "gewijzigd"
    CONFIRMED = "confirmed", "bevestigd: nog juist"
    CLOSED = "closed", "gesloten"
    UNDONE = "undone", "wijziging teruggedraaid"
    IMPORTED = "imported", "ingelezen uit een bestand"
    REMOVED = "removed", "verwijderd"


class DraftState(Term):
    """How far a draft is."""

    DRAFT = "draft", "concept"
    IN_REVIEW = "in_review", "ter controle"


@dataclass(frozen=True)
class Record:
    """One published record; not to be changed in place.

    ``body``: plain JSON data, which the reader of its kind understands. ``revision``: counts its changes from 1.
    ``changed_by``: the name of the editor who changed it last; ``None`` as long as only the seed did, and only then
    does a newer seed refresh it. ``seed_digest``: of the seed text that it was last loaded from.
    """

    kind: RecordKind
    id: str
    body: dict[str, Any]
    revision: int
    changed_at: datetime
    changed_by: str | None = None
    seed_digest: str | None = None
    removed: bool = False


@dataclass(frozen=True)
class Draft:
    """Work that nobody but editors sees: at most one for each record.

    ``body`` may be faulty: it holds what was typed. ``base_revision``: which revision of the record it began from, 0
    for a new one. ``version`` counts how often the draft was saved, from 1; who saves names the version she saw.
    """

    kind: RecordKind
    id: str
    body: dict[str, Any]
    base_revision: int
    version: int
    state: DraftState
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class Change:
    """One change of one record: who, what, when, why.

    ``number`` grows with every change in the whole store, in the order in which they became visible. ``before`` and
    ``after`` are what readers had; ``None`` when there was nothing for them.
    """

    number: int
    kind: RecordKind
    id: str
    revision: int
    action: ChangeAction
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    by: str
    at: datetime
    why: str = ""


@dataclass(frozen=True)
class Loaded:
    """What loading many did: numbers of records. ``kept``: changed by an editor, so left as they are."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0


class ConflictError(Exception):
    """Somebody else was first; nothing was overwritten. ``theirs``: what stands there now, ``None`` when it is gone."""

    def __init__(self, theirs: Record | Draft | None) -> None:
        super().__init__("changed by somebody else in the meantime")
        self.theirs = theirs
