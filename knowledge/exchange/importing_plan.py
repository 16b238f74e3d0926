"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.exchange.messages import RowFault
from knowledge.vocabulary import Term


class Outcome(Term):
    """What an import does with a row."""

    NEW = "new", "nieuw"
    CHANGED = "changed", "gewijzigd"
    UNCHANGED = "unchanged", "al gelijk"
    REFUSED = "refused", "klopt niet"


@dataclass(frozen=True)
class FieldChange:
    """What a row changes in one column, as an editor types it; empty is not known."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class PlannedRow:
    """One row of the file. ``body``: what is published, for a new or changed row. ``faults``: why it is refused.

    ``warnings``: Dutch sentences for an editor to look at; they stop nothing.
    """

    number: int
    outcome: Outcome
    id: str
    name: str
    body: Mapping[str, Any] | None = None
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[RowFault, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """Every row with what would happen to it. ``base``: the revision that each written record had, 0 for a new one.

    ``file``: the name of the file, for the history. ``notes``: what an editor should know of how it was read.
    """

    rows: tuple[PlannedRow, ...]
    base: Mapping[str, int]
    file: str = ""
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows have each outcome; every outcome is there."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def bodies(self) -> dict[str, dict[str, Any]]:
        """What would be published, by id."""
        return {row.id: dict(row.body) for row in self.rows if row.body is not None}

    def of(self, outcome: Outcome) -> tuple[PlannedRow, ...]:
        """The rows with this outcome, in the order of the file."""
        return tuple(row for row in self.rows if row.outcome is outcome)

    def blocked(self, *, skip_refused: bool = False) -> bool:
        """Is nothing imported because of what is refused?"""
        refused = self.counts[Outcome.REFUSED]
        return bool(refused) and (not skip_refused or refused == len(self.rows))


@dataclass(frozen=True)
class Imported:
    """What an import did. ``written``: whether anything changed. ``conflicts``: ids that somebody changed meanwhile.

    ``text``: the outcome for an editor, in Dutch.
    """

    written: bool
    new: int
    changed: int
    unchanged: int
    refused: int
    conflicts: tuple[str, ...]
    text: str
