"""CSV as spreadsheet programs write it: any of three separators, three encodings, quotes; and as they open it best."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.exchange.messages import SheetError
from knowledge.exchange.sheets_cells import COMMENT, Line, is_comment, protect, unprotect
from knowledge.exchange.sheets_columns import column_of

_SEPARATORS = (";", ",", "\t")
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_csv(content: bytes) -> Iterator[Line]:
    """The lines of a CSV file, blank ones too. Raises ``SheetError``."""
    text = decoded(content)
    separator, text, before = _separator(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, ended = before, text.endswith(("\n", "\r"))
    line: Line | None = None
    try:
        for number, cells in enumerate(lines, before + 1):
            if line is not None:
                yield line
            line = Line(number, [unprotect(cell) for cell in cells], is_comment=is_comment(cells))
    except csv.Error:
        raise SheetError("broken_csv", row=number + 1) from None
    if line is not None:
        yield replace(line, cut_off=not ended)


def write_csv(rows: Iterable[Sequence[str]], comments: Iterable[Sequence[str]] = ()) -> bytes:
    """UTF-8 with a byte order mark and semicolons: what Dutch Excel opens right at once. ``comments`` come last."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([protect(cell) for cell in row])
    for first, *others in comments:
        writer.writerow([f"{COMMENT} {first}", *(protect(cell) for cell in others)])
    return text.getvalue().encode("utf-8-sig")


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 or Windows-1252. Raises ``SheetError`` when it is in none of them."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded_as(content, encoding)
    start = content[:200]
    if start[1::2].count(0) > len(start) // 4:
        return _decoded_as(content, "utf-16-le")
    if start[::2].count(0) > len(start) // 4:
        return _decoded_as(content, "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded_as(content, "cp1252")


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise SheetError("broken_text") from None


def _separator(text: str) -> tuple[str, str, int]:
    """The separator that finds most columns we know, the text from there, and how many lines stood before it.

    Excel itself writes and reads a first line such as ``sep=;``.
    """
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and first.rstrip("\r")[4:] in _SEPARATORS:
        return first[4], rest, 1
    start = text[:100_000].splitlines()
    header = next((line for line in start if line.strip() and not line.lstrip('"').startswith("#")), "")
    known = {separator: sum(column_of(part.strip('"')) is not None for part in header.split(separator))
             for separator in _SEPARATORS}  # fmt: skip
    return max(_SEPARATORS, key=lambda separator: known[separator]), text, 0
