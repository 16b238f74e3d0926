"""Which record a row is about: its id, or a new one made of its name, organisation and municipality."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from knowledge.curation.record import LONGEST_ID, Record
from knowledge.exchange.messages import RowFault, row_fault
from knowledge.exchange.sheets import Row
from knowledge.places.names import key_of

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_LONGEST_STEM = 54  # characters, so that a number still fits behind it
_NAMED = 10

Twin = tuple[str, str, str, str]  # what makes two rows the same offer: name, organisation, places, main kind


class Ids:
    """Gives rows their id, and refuses what would make one offer of two or two of one."""

    def __init__(self, rows: Sequence[Row], known: Iterable[Record]) -> None:
        """``known``: every record there is or was: the id of a removed one is never used again."""
        self._known: dict[str, Record] = {}
        self._twins: dict[Twin, str] = {}
        for record in known:
            self._known[record.id] = record
            if not record.removed:
                self._twins.setdefault(twin_of(record.body), record.id)
        self._lines: dict[str, list[int]] = defaultdict(list)
        self._stems: dict[str, int] = {}
        for row in rows:
            self._lines[typed_id(row)].append(row.number)
        self._taken = set(self._known) | set(self._lines)

    def fault(self, record_id: str) -> RowFault | None:
        """Why this typed id cannot be used."""
        if len(record_id) > LONGEST_ID or not _ID.fullmatch(record_id):
            return row_fault("id", "bad_id", most=LONGEST_ID)
        if len(lines := self._lines[record_id]) > 1:
            return row_fault("id", "double_id", rows=listed(lines))
        known = self._known.get(record_id)
        return row_fault("id", "removed_id") if known is not None and known.removed else None

    def twin(self, body: Mapping[str, object]) -> str | None:
        """The id of a record with the same name, organisation, municipalities and main kind."""
        return self._twins.get(twin_of(body))

    def make(self, body: Mapping[str, object]) -> str:
        """A new id that nothing has or had, such as ``respijthuis-de-brug-stichting-de-brug-zwolle``."""
        stem = "-".join(filter(None, (_slug(part) for part in _naming(body))))[:_LONGEST_STEM].strip("-") or "aanbod"
        number = self._stems.get(stem, 1)
        made = stem if number == 1 else f"{stem}-{number}"
        while made in self._taken:
            number += 1
            made = f"{stem}-{number}"
        self._stems[stem] = number
        self._taken.add(made)
        return made


def typed_id(row: Row) -> str:
    """The id in the row, or an empty text."""
    if row.texts is not None:
        return row.texts.get("id", "").strip()
    value = (row.data or {}).get("id")
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)[: LONGEST_ID + 1]


def _naming(body: Mapping[str, object]) -> tuple[str, str, str]:
    places = body.get("municipalities")
    place = places[0] if isinstance(places, list) and places else body.get("area")
    return str(body.get("name", "")), str(body.get("organisation", "")), str(place or "")


def twin_of(body: Mapping[str, object]) -> Twin:
    """What is the same in two texts of one offer."""
    name, organisation, area = (key_of(part) for part in _naming(body))
    places, kinds = body.get("municipalities"), body.get("kinds")
    where = "|".join(sorted(map(str, places))) if isinstance(places, list) and places else area
    return name, organisation, where, str(kinds[0]) if isinstance(kinds, list) and kinds else ""


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def listed(lines: Sequence[int]) -> str:
    """Line numbers for a message."""
    return ", ".join(map(str, lines[:_NAMED])) + ("…" if len(lines) > _NAMED else "")
