"""Short ways to make a file for a test."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from knowledge.exchange.sheets import LIST_SEPARATOR, Sheet, read_file
from knowledge.offers.written import texts_of
from tests.unit.knowledge.builders import PLAIN

SMALL = ("id", "name", "organisation", "phone")


def plain(**changes: Any) -> dict[str, Any]:
    """An offer that may be imported, as plain data."""
    return {name: value for name, value in {**PLAIN, **changes}.items() if value is not None}


def typed(**changes: Any) -> dict[str, str]:
    """The same offer as the cells of a row, only the columns that it fills."""
    texts = texts_of(plain(), LIST_SEPARATOR)
    return {**{name: text for name, text in texts.items() if text}, **changes}


def csv_of(*rows: Mapping[str, str], separator: str = ";") -> bytes:
    """Rows as a plain CSV file, with the names of all their columns above them."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return "\r\n".join(separator.join(_quoted(cell) for cell in line) for line in lines).encode() + b"\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def xlsx_of(lines: Iterable[Sequence[Any]], **sheets: Iterable[Sequence[Any]]) -> bytes:
    """Lines as a workbook with the sheet Aanbod, and others by name."""
    book = Workbook()
    book.active.title = "Aanbod"
    for line in lines:
        book.active.append(line)
    for name, others in sheets.items():
        sheet = book.create_sheet(name)
        for line in others:
            sheet.append(line)
    return bytes_of(book)


def bytes_of(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def texts(sheet: Sheet) -> list[dict[str, str]]:
    """What the rows of a sheet say, without what they leave empty."""
    return [{name: text for name, text in (row.texts or {}).items() if text} for row in sheet.rows]


def read_texts(content: bytes, name: str = "aanbod.csv") -> list[dict[str, str]]:
    """What the rows of a file say."""
    return texts(read_file(content, name))
