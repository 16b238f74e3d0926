"""An import in two steps: a plan that tells of every row what would happen, and one transaction that does just that.

Nothing is guessed and nothing is half done: a refused row stops the import unless an editor chose otherwise, a record
that somebody changed meanwhile stops it always, and what the file does not mention stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from knowledge.curation.duplicates import find_duplicates
from knowledge.curation.record import ChangeAction, ConflictError, Record, RecordKind
from knowledge.curation.records import Records
from knowledge.exchange.importing_ids import Ids, Twin, listed, twin_of, typed_id
from knowledge.exchange.importing_plan import Imported, ImportPlan, Outcome, PlannedRow
from knowledge.exchange.importing_rows import RowReader, readable, said
from knowledge.exchange.messages import row_fault, say
from knowledge.exchange.sheets import Row, read_file
from knowledge.offers.data import read_trusted
from knowledge.places.regions import Regions

Progress = Callable[[int], None]  # how many more rows are done
_IDS_IN_A_MESSAGE = 10


def plan_file(
    content: bytes, name: str, records: Records, regions: Regions, progress: Progress | None = None
) -> ImportPlan:
    """The plan of a file. Raises ``SheetError`` when the file cannot be read as a whole."""
    sheet = read_file(content, name)
    return plan_import(sheet.rows, records, regions, file=name, notes=sheet.notes, progress=progress)


def plan_import(
    rows: Sequence[Row],
    records: Records,
    regions: Regions,
    *,
    file: str = "",
    notes: Sequence[str] = (),
    progress: Progress | None = None,
) -> ImportPlan:
    """What importing these rows would do; writes nothing."""
    _, known = records.changed_since(RecordKind.OFFER, -1)
    present = {record.id: record for record in known if not record.removed}
    drafts = {draft.id: draft.by for draft in records.drafts(RecordKind.OFFER)}
    ids = Ids(rows, known)
    reader = RowReader(present, drafts, regions, ids)
    planned = []
    for row in rows:
        planned.append(reader.plan(row))
        if progress is not None:
            progress(1)
    planned = _with_duplicates(_without_double_rows(rows, planned), present.values())
    base = {row.id: present[row.id].revision if row.id in present else 0 for row in planned if row.body is not None}
    return ImportPlan(tuple(planned), base, file, tuple(notes))


def apply_import(
    plan: ImportPlan,
    records: Records,
    by: str,
    *,
    skip_refused: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Do what the plan says, all or nothing; ``by`` is who imports. Nothing is written when a row was refused (unless
    ``skip_refused``) or when somebody changed one of the records since the plan was made."""
    if plan.blocked(skip_refused=skip_refused):
        return _refused(plan)
    bodies = plan.bodies
    try:
        if bodies:
            records.publish_many(
                RecordKind.OFFER,
                bodies,
                by=by,
                action=ChangeAction.IMPORTED,
                why=plan.file,
                base=plan.base,
                progress=progress,
            )
    except ConflictError as conflict:
        return _conflict(plan, records, conflict)
    counts = plan.counts
    numbers = {outcome.value: counts[outcome] for outcome in Outcome}
    text = say("result.done", **numbers) if bodies else say("note.nothing_to_do")
    return Imported(bool(bodies), **numbers, conflicts=(), text=text)


def _without_double_rows(rows: Sequence[Row], planned: list[PlannedRow]) -> list[PlannedRow]:
    """Rows without an id that are the same offer: all of them refused, for nobody knows which one is right."""
    lines: dict[Twin, list[int]] = defaultdict(list)
    twins: dict[int, Twin] = {}
    for row, plan in zip(rows, planned, strict=True):
        if plan.outcome is Outcome.NEW and plan.body is not None and not typed_id(row):
            twins[row.number] = twin_of(plan.body)
            lines[twins[row.number]].append(row.number)
    double = {twin: row_fault("", "double_row", rows=listed(found)) for twin, found in lines.items() if len(found) > 1}
    return [
        PlannedRow(plan.number, Outcome.REFUSED, "", plan.name, faults=(double[twins[plan.number]],))
        if twins.get(plan.number) in double
        else plan
        for plan in planned
    ]


def _with_duplicates(planned: list[PlannedRow], present: Iterable[Record]) -> list[PlannedRow]:
    """New rows with a warning where they look like an offer that is there, or like one another."""
    new = {row.id: row for row in planned if row.outcome is Outcome.NEW and row.body is not None}
    if not new:
        return planned
    known = (readable(record.body) for record in present)
    offers = [offer for offer in known if offer is not None]
    offers += [read_trusted(row.body) for row in new.values() if row.body is not None]
    names = {offer.id: offer.name for offer in offers}
    warnings: dict[str, list[str]] = {}
    for each in find_duplicates(offers, among=new):
        mine, other = (each.other, each.one) if each.other in new else (each.one, each.other)
        why = say(f"duplicate.{each.why}", place=each.place)
        warnings.setdefault(mine, []).append(say("warning.duplicate", name=names[other], id=other, why=why))
    return [
        replace(row, warnings=(*row.warnings, *warnings[row.id])) if row.id in warnings and row.id in new else row
        for row in planned
    ]


def _refused(plan: ImportPlan) -> Imported:
    refused = plan.counts[Outcome.REFUSED]
    code = "all_refused" if refused == len(plan.rows) else "refused"
    text = say(f"result.{code}", refused=refused, all=len(plan.rows))
    return Imported(False, 0, 0, 0, refused, (), text)


def _conflict(plan: ImportPlan, records: Records, conflict: ConflictError) -> Imported:
    """Names all records that are not at the revision of the plan, so that an editor need not find them one by one."""
    _, known = records.changed_since(RecordKind.OFFER, -1)
    now = {record.id: 0 if record.removed else record.revision for record in known}
    moved = tuple(sorted(each for each, revision in plan.base.items() if now.get(each, 0) != revision))
    if not moved and conflict.theirs is not None:
        moved = (conflict.theirs.id,)
    return Imported(
        False, 0, 0, 0, plan.counts[Outcome.REFUSED], moved, say("result.conflict", ids=said(moved, _IDS_IN_A_MESSAGE))
    )
