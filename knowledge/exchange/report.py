"""What an import would do or did, as plain data and as lines to read; the desk shows the plan in pages of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.exchange.importing_plan import Imported, ImportPlan, Outcome, PlannedRow
from knowledge.exchange.messages import RowFault, shortened
from knowledge.exchange.sheets_columns import label_of_column

_UNKNOWN = "–"  # stands for what is not known


def fault_line(fault: RowFault) -> str:
    """A fault with the name of its column, unless its sentence begins with it."""
    label = label_of_column(fault.column)
    return fault.text if not label or fault.text.startswith(label) else f"{label}: {fault.text}"


def row_lines(row: PlannedRow) -> Iterator[str]:
    """What is to be read of one row: its faults, what it changes, what to look at."""
    yield from (fault_line(fault) for fault in row.faults)
    for change in row.changes:
        before, after = shortened(change.before) or _UNKNOWN, shortened(change.after) or _UNKNOWN
        yield f"{label_of_column(change.column)}: {before} → {after}"
    yield from row.warnings


def plan_data(plan: ImportPlan, imported: Imported | None = None) -> dict[str, Any]:
    """The plan, and what came of it, as JSON-ready data."""
    data: dict[str, Any] = {
        "file": plan.file,
        "counts": {outcome.value: count for outcome, count in plan.counts.items()},
        "notes": list(plan.notes),
        "rows": [_row_data(row) for row in plan.rows if row.outcome is not Outcome.UNCHANGED],
    }
    if imported is not None:
        data["imported"] = {"written": imported.written, "conflicts": list(imported.conflicts), "text": imported.text}
    return data


def _row_data(row: PlannedRow) -> dict[str, Any]:
    return {
        "row": row.number,
        "outcome": row.outcome.value,
        "id": row.id,
        "name": row.name,
        "faults": [{"column": fault.column, "code": fault.code, "text": fault.text} for fault in row.faults],
        "changes": [{"column": each.column, "from": each.before, "to": each.after} for each in row.changes],
        "warnings": list(row.warnings),
    }
