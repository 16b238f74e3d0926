"""XLSX in and out. Formulas are seen, never run: what another program last made of them is not data to trust.

A file is measured before it is unpacked; whatever the reader of the format stumbles over is one clear message.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.cell.read_only import EMPTY_CELL  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from knowledge.exchange.messages import SheetError
from knowledge.exchange.sheets_cells import Line, is_comment, keep_apostrophe, unprotect

SHEET, GUIDE_SHEET, LISTS_SHEET = "Aanbod", "Uitleg", "Lijsten"
MOST_UNPACKED = 150 * 1024 * 1024  # bytes
MOST_COLUMNS = 1_000  # of the header; a cell further away belongs to nothing
_LAST_ROW = 1_048_576  # that a spreadsheet has; a file that claims a row beyond it would be counted to for days
_BEYOND_HEADER = 20  # columns that are still looked at for cells without a column name
_TEXT = "@"  # the number format that keeps a program from making a date of "2-8"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:$]{1,40})"')


def read_xlsx(content: bytes) -> tuple[Iterator[Line], tuple[str, ...]]:
    """The lines of the sheet with offers, and the names of hidden sheets left unread. Raises ``SheetError``."""
    _measure(content)
    try:
        with warnings.catch_warnings():  # what the reader cannot keep (drawings, odd validations) is no data
            warnings.simplefilter("ignore")
            return _read(content)
    except SheetError:
        raise
    except Exception:  # the reader raises whatever its parts raise on a broken file
        raise SheetError("broken_xlsx") from None


def _measure(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {each.filename: each.file_size for each in archive.infolist()}
    except Exception:  # zipfile too
        raise SheetError("broken_xlsx") from None
    if "xl/workbook.xml" not in members:
        raise SheetError("other_zip")
    if (size := sum(members.values())) > MOST_UNPACKED:
        raise SheetError("unpacks_too_large", size=round(size / 1024 / 1024))


def _read(content: bytes) -> tuple[Iterator[Line], tuple[str, ...]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.title not in (GUIDE_SHEET, LISTS_SHEET)]
        for sheet in sheets:
            sheet.reset_dimensions()  # what a file says of its own size need not be true
        hidden = tuple(sheet.title for sheet in sheets if sheet.sheet_state != "visible")
        chosen = _choose([sheet for sheet in sheets if sheet.sheet_state == "visible"])
        if chosen is None:
            raise SheetError("only_hidden" if hidden else "empty")
        _refuse_merged(book, chosen)
        return iter(list(_lines(chosen))), hidden
    finally:
        book.close()


def _choose(visible: Sequence[Any]) -> Any:
    """The sheet with the name of our template, else the only one with something in it."""
    for sheet in visible:
        if sheet.title.strip().casefold() == SHEET.casefold():
            return sheet
    filled = [sheet for sheet in visible if any(True for line in _lines(sheet, most=50) if not line.is_blank)]
    if len(filled) > 1:
        raise SheetError("several_sheets", sheets=", ".join(sheet.title for sheet in filled[:5]))
    return filled[0] if filled else None


def _refuse_merged(book: Any, sheet: Any) -> None:
    """Cells under a merged cell are empty, though an editor sees them filled."""
    with book._archive.open(sheet._worksheet_path) as xml:  # reading row by row does not tell of merged cells
        merged = [match[1].decode() for match in _MERGED.finditer(xml.read())]
    if merged:
        raise SheetError("merged_cells", cells=", ".join(merged[:5]))


def _lines(sheet: Any, most: int | None = None) -> Iterator[Line]:
    width = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=most or _LAST_ROW, max_col=MOST_COLUMNS), 1):
        width = max((place for place, cell in enumerate(cells, 1) if cell.value is not None), default=0)
        if width:
            yield _line(number, cells[:width])
            break
    else:
        return
    last = _LAST_ROW if most is None else max(most, number + 1)
    rows = sheet.iter_rows(min_row=number + 1, max_row=last, max_col=width + _BEYOND_HEADER)
    for later, cells in enumerate(rows, number + 1):
        if any(cell is not EMPTY_CELL for cell in cells):  # one far cell makes a million empty rows
            yield _line(later, cells)


def _line(number: int, cells: Sequence[Any]) -> Line:
    line = Line(number, [], is_comment=is_comment([str(cell.value or "") for cell in cells[:1]]))
    for place, cell in enumerate(cells):
        if cell.data_type == "f":
            line.faults[place] = ("formula", {})
        elif cell.data_type == "e":
            line.faults[place] = ("error_value", {"value": str(cell.value)})
        line.cells.append("" if place in line.faults else _text(cell.value))
    return line


def _text(value: Any) -> str:
    """A cell as an editor would type it: dates 22-11-2026, numbers with a decimal comma, ja or nee."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unprotect(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.strftime("%d-%m-%Y") if value.time() == time() else value.strftime("%d-%m-%Y %H:%M")
    return value.strftime("%d-%m-%Y") if isinstance(value, date) else str(value)


def write_xlsx(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> bytes:
    """One sheet of texts, the first row bold and in sight; nothing in it is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    set_columns(sheet, widths)
    for number, row in enumerate(rows):
        sheet.append([_written(sheet, text, bold=number == 0) for text in row])
    return saved(book)


def set_columns(sheet: Any, widths: Sequence[int]) -> None:
    """The widths of the columns, which all hold text: a program then leaves zeros, dates and ranges alone."""
    for place, width in enumerate(widths, 1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width, dimension.number_format = width, _TEXT


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def escaped(text: str) -> str:
    """A text as XLSX keeps it: signs that XML has no place for as ``_xHHHH_``."""
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", keep_apostrophe(text))


def _written(sheet: Any, text: str, *, bold: bool) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, "")
    cell.value = escaped(text)
    cell.data_type = "s"  # also when it begins with = or spells an error value
    cell.number_format = _TEXT
    cell.quotePrefix = text[0] in "=+-@\t\r\n"
    if bold:
        cell.font = Font(bold=True)
    return cell
