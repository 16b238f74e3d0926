"""Files of offers: CSV, XLSX and JSON read into rows by one set of rules, and written so that they read back equal.

A row holds only the columns that its file has: what a file does not mention, an import leaves alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.exchange.messages import RowFault, SheetError, row_fault, say, shortened
from knowledge.exchange.sheets_cells import Line, cell_faults
from knowledge.exchange.sheets_columns import Column, column_letter, column_of, columns, width_of
from knowledge.exchange.sheets_csv import read_csv, write_csv
from knowledge.exchange.sheets_json import read_json, write_json
from knowledge.exchange.sheets_xlsx import read_xlsx, write_xlsx
from knowledge.offers.columns import COLUMNS
from knowledge.offers.written import texts_of

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000
LIST_SEPARATOR = "; "  # between the parts of a list in one cell
FORMATS = (".csv", ".xlsx", ".hsds.json", ".json")
_NAMED_IN_A_MESSAGE = 5
_OLE = b"\xd0\xcf\x11\xe0"  # old Office files, and new ones behind a password


@dataclass(frozen=True)
class Row:
    """One offer of a file: ``texts`` by column from a sheet, or ``data`` from JSON. ``number``: its line, from 1.

    ``public``: the format leaves out what only editors see, so that its absence says nothing.
    """

    number: int
    texts: Mapping[str, str] | None = None
    data: Mapping[str, Any] | None = None
    faults: tuple[RowFault, ...] = ()
    public: bool = False


@dataclass(frozen=True)
class Sheet:
    """The rows of a file, and what an editor should know of how it was read."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_file(content: bytes, name: str) -> Sheet:
    """Every row of a file with its faults; ``name`` tells its format. Raises ``SheetError`` with one clear message."""
    if len(content) > MOST_BYTES:
        raise SheetError("too_large", size=-(-len(content) // (1024 * 1024)))
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise SheetError("empty")
    ending = format_of(name)
    if ending.endswith(".json"):
        sheet = _read_json(content, hsds=ending == ".hsds.json")
    else:
        sheet = _read_table(*_lines(content, ending))
    if len(sheet.rows) > MOST_ROWS:
        raise SheetError("too_many_rows")
    return sheet


def write_file(bodies: Iterable[Mapping[str, Any]], name: str) -> bytes:
    """Offers as plain data in the format that the name ends on. Raises ``SheetError`` for another format."""
    ending = format_of(name)
    if ending.endswith(".json"):
        return write_json(bodies, hsds=ending == ".hsds.json")
    return write_rows((texts_of(body, LIST_SEPARATOR) for body in bodies), ending)


def write_rows(rows: Iterable[Mapping[str, str]], ending: str) -> bytes:
    """Typed texts by column, with the names of the columns above them, as ``.csv`` or ``.xlsx``."""
    table = _table(rows)
    if ending == ".csv":
        return write_csv(table)
    return write_xlsx(table, [width_of(column) for column in columns()])


def format_of(name: str) -> str:
    """Which of ``FORMATS`` a file name ends on. Raises ``SheetError``."""
    for ending in FORMATS:
        if name.casefold().endswith(ending):
            return ending
    raise SheetError("unknown_format", name=shortened(name))


def _table(rows: Iterable[Mapping[str, str]]) -> Iterator[Sequence[str]]:
    yield [column.label for column in columns()]
    for row in rows:
        yield [row.get(name, "") for name in COLUMNS]


def _read_json(content: bytes, *, hsds: bool) -> Sheet:
    numbered = read_json(content, hsds=hsds)
    if not numbered:
        raise SheetError("no_rows")
    return Sheet(tuple(Row(number, data=data, faults=faults, public=hsds) for number, data, faults in numbered))


def _lines(content: bytes, ending: str) -> tuple[Iterator[Line], tuple[str, ...]]:
    if content.startswith(b"%PDF"):
        raise SheetError("pdf")
    if content.startswith(_OLE):
        raise SheetError("old_excel")
    if content.startswith(b"PK\x03\x04"):
        return read_xlsx(content)
    if ending == ".xlsx":
        raise SheetError("not_xlsx")
    return read_csv(content), ()


def _read_table(lines: Iterator[Line], hidden: tuple[str, ...]) -> Sheet:
    header: list[Column | None] | None = None
    rows: list[Row] = []
    skipped: list[int] = []
    for line in lines:
        if line.is_blank:
            continue
        if line.is_comment:
            skipped.append(line.number)
        elif header is None:
            header = _header(line)
        else:
            rows.append(_row(line, header))
            if len(rows) > MOST_ROWS:
                raise SheetError("too_many_rows")
    if header is None:
        raise SheetError("no_columns" if skipped else "empty")
    if not rows:
        raise SheetError("no_rows")
    return Sheet(tuple(rows), tuple(_notes(skipped, hidden)))


def _notes(skipped: Sequence[int], hidden: Sequence[str]) -> Iterator[str]:
    if skipped:
        yield say("note.skipped_rows", rows=_few(skipped))
    if hidden:
        yield say("note.hidden_sheets", sheets=_few(hidden))


def _header(line: Line) -> list[Column | None]:
    """The columns by position; a nameless one is ``None``. Refused before a row is read: a lost column is lost data."""
    found = [column_of(cell) for cell in line.cells]
    if not any(found):
        raise SheetError("no_columns")
    unknown = [cell for cell, column in zip(line.cells, found, strict=True) if column is None and cell.strip()]
    if unknown:
        raise SheetError("unknown_columns", columns=_few(unknown))
    named = [column.label for column in found if column]
    if double := sorted({label for label in named if named.count(label) > 1}):
        raise SheetError("double_columns", columns=_few(double))
    if not {"id", "name"} & {column.name for column in found if column}:
        raise SheetError("no_id_or_name")
    return found


def _row(line: Line, header: list[Column | None]) -> Row:
    texts: dict[str, str] = {}
    faults: list[RowFault] = []
    for place, (cell, column) in enumerate(zip(line.cells, header, strict=False)):
        if column is None:
            if cell.strip() or place in line.faults:
                raise SheetError("values_without_column", column=column_letter(place))
            continue
        texts[column.name] = cell
        if place in line.faults:
            code, values = line.faults[place]
            faults.append(row_fault(column.name, code, **values))
        elif cell:
            faults += cell_faults(column, cell)
    beyond = range(len(header), len(line.cells))
    if any(line.cells[place].strip() or place in line.faults for place in beyond):
        faults.append(row_fault("", "too_many_cells"))
    if line.cut_off and len(line.cells) < len(header):
        faults.append(row_fault("", "cut_off"))
    return Row(line.number, texts=texts, faults=tuple(faults))


def _few(items: Sequence[object]) -> str:
    """The first five, and how many more there are: a message stays readable."""
    named = ", ".join(shortened(str(item)) for item in items[:_NAMED_IN_A_MESSAGE])
    more = len(items) - _NAMED_IN_A_MESSAGE
    return f"{named} en nog {more}" if more > 0 else named
