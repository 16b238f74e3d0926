"""One row of a file against the catalogue: what it is about, what is wrong with it, and what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from knowledge.curation.record import Record
from knowledge.exchange.hsds_out import PUBLISHER
from knowledge.exchange.hsds_profile import EDITORS_ONLY
from knowledge.exchange.importing_ids import Ids, typed_id
from knowledge.exchange.importing_plan import FieldChange, Outcome, PlannedRow
from knowledge.exchange.messages import RowFault, row_fault, say, shortened
from knowledge.exchange.sheets import LIST_SEPARATOR, Row
from knowledge.exchange.sheets_columns import label_of_column
from knowledge.offers.columns import COLUMNS
from knowledge.offers.completeness import contradictions, lacks
from knowledge.offers.data import find_faults, read_trusted, write_offer
from knowledge.offers.faults import Fault
from knowledge.offers.record import Offer
from knowledge.offers.typed import plain_of
from knowledge.offers.written import texts_of
from knowledge.places.regions import Regions
from knowledge.vocabulary import OfferStatus

_PLACEHOLDER_ID = "nieuw"  # stands in for the id of a new offer while the rest is checked
_NAMED = 6
_SUGGESTED = 3
_ABOUT_CHECKING = {"checked_on", "checked_by", "note", "valid_until", "checks"}


class RowReader:
    """Plans rows against the records of one moment."""

    def __init__(self, present: Mapping[str, Record], drafts: Mapping[str, str], regions: Regions, ids: Ids) -> None:
        """``drafts``: who works on which record."""
        self._present = present
        self._drafts = drafts
        self._regions = regions
        self._places = frozenset(each.name for each in regions.municipalities())
        self._ids = ids

    def plan(self, row: Row) -> PlannedRow:
        """What would happen to this row."""
        record_id, name = typed_id(row), _name(row)
        known = self._present.get(record_id)
        faults = list(row.faults)
        if record_id and (fault := self._ids.fault(record_id)):
            faults.append(fault)
        data = self._whole_offer(row, known)
        if data is not None:
            faults += self._faults(data, {fault.column for fault in faults}, record_id)
            if not record_id and not faults and (twin := self._ids.twin(data)):
                faults.append(row_fault("", "already_there", id=twin))
        if faults or data is None:
            return PlannedRow(row.number, Outcome.REFUSED, record_id, name, faults=tuple(faults))
        offer = read_trusted({**data, "id": record_id or self._ids.make(data)})
        return self._planned(row, offer, known)

    def _whole_offer(self, row: Row, known: Record | None) -> dict[str, Any] | None:
        """The whole offer: what the row says, and for a sheet what the catalogue says of columns that it lacks."""
        if row.texts is not None:
            data = plain_of(row.texts)
            return data if known is None else _laid_over(known.body, data, row.texts)
        if row.data is None:
            return None
        return _with_private(row.data, known.body) if row.public and known is not None else dict(row.data)

    def _faults(self, data: dict[str, Any], told: set[str], record_id: str) -> Iterator[RowFault]:
        """What is wrong with the offer itself. A cell that already has a fault is not told of twice."""
        about = data if record_id else {**data, "id": _PLACEHOLDER_ID}
        found: set[str] = set()
        for fault in find_faults(about, self._places):
            if fault.code == "needed_for_scope" and fault.field in found:
                continue  # it is there, but not right
            found.add(fault.field)
            if not fault.field or fault.field not in told:
                yield RowFault(fault.field, fault.code, self._with_suggestion(fault))

    def _with_suggestion(self, fault: Fault) -> str:
        if fault.code != "municipality":
            return fault.text
        hits = self._regions.find_place(fault.values.get("value", ""))[:_SUGGESTED]
        if not hits:
            return fault.text
        names = " of ".join(dict.fromkeys(hit.municipality for hit in hits))
        return f"{fault.text} {say('row.did_you_mean', names=names)}"

    def _planned(self, row: Row, offer: Offer, known: Record | None) -> PlannedRow:
        body = write_offer(offer)
        if known is None:
            return PlannedRow(
                row.number, Outcome.NEW, offer.id, offer.name, body, warnings=tuple(self._warnings(offer, None, ()))
            )
        if body == known.body or offer == readable(known.body):
            return PlannedRow(row.number, Outcome.UNCHANGED, offer.id, offer.name)
        changes = tuple(_changes(known.body, body))
        warnings = tuple(self._warnings(offer, known, changes))
        return PlannedRow(row.number, Outcome.CHANGED, offer.id, offer.name, body, changes, warnings=warnings)

    def _warnings(self, offer: Offer, known: Record | None, changes: Sequence[FieldChange]) -> Iterator[str]:
        if known is not None and offer.id in self._drafts:
            yield say("warning.has_draft", by=self._drafts[offer.id])
        changed = {change.column for change in changes}
        if "status" in changed and offer.status is OfferStatus.ENDED:
            yield say("warning.closes")
        if offer.checked_on and changed - _ABOUT_CHECKING and "checked_on" not in changed:
            yield say("warning.check_not_renewed", day=offer.checked_on.strftime("%d-%m-%Y"))
        for fault in contradictions(offer, self._regions):
            yield fault.text
        if missing := lacks(offer):
            yield say("warning.lacks", fields=said([label_of_column(name) for name in missing], _NAMED))


def _laid_over(known: Mapping[str, Any], read: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    """What the catalogue has, with what was read put over it; only in the columns that the file has."""
    whole = dict(known)
    for column in columns:
        name, _, part = column.partition(".")
        if not part:
            whole[name] = read.get(name)
            continue
        block = whole.get(name)
        parts = dict(block) if isinstance(block, Mapping) else {}
        parts[part] = read.get(name, {}).get(part)
        whole[name] = {key: value for key, value in parts.items() if value is not None} or None
    return {name: value for name, value in whole.items() if value is not None}


def _with_private(data: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What came back from a public format, with what never leaves: notes of editors, and the names of who checked."""
    whole = {**{name: known[name] for name in EDITORS_ONLY if name in known}, **data}
    if "checked_on" in known and data.get("checked_on") == known["checked_on"]:
        whole["checked_by"] = known.get("checked_by")
    checks = known.get("checks")
    if checks and data.get("checks") == [{**each, "checked_by": PUBLISHER} for each in checks]:
        whole["checks"] = checks
    return whole


def readable(body: Mapping[str, Any]) -> Offer | None:
    """The offer of a stored record; ``None`` for one that is no offer, which the editors' queue tells of."""
    try:
        return read_trusted(body)
    except (TypeError, ValueError, KeyError, AttributeError):
        return None


def said(items: Sequence[str], most: int) -> str:
    """The first ones, and how many more there are."""
    more = len(items) - most
    return ", ".join(items[:most]) + (f" en nog {more}" if more > 0 else "")


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    old, new = texts_of(before, LIST_SEPARATOR), texts_of(after, LIST_SEPARATOR)
    return (FieldChange(name, old[name], new[name]) for name in COLUMNS if old[name] != new[name])


def _name(row: Row) -> str:
    value = row.texts.get("name", "") if row.texts is not None else (row.data or {}).get("name", "")
    return shortened(str(value))
