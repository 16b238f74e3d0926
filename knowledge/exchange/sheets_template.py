"""The file an editor begins with: columns with their help, an example that is never imported, lists to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

from knowledge.exchange.messages import SheetError, say
from knowledge.exchange.sheets import format_of
from knowledge.exchange.sheets_cells import COMMENT
from knowledge.exchange.sheets_columns import Column, columns, width_of
from knowledge.exchange.sheets_csv import write_csv
from knowledge.exchange.sheets_xlsx import GUIDE_SHEET, LISTS_SHEET, SHEET, escaped, saved, set_columns
from knowledge.offers.guide import Shape
from knowledge.places.official import ggd_regions, municipality_names, provinces

_LAST_ROW = 5_000  # up to here a cell offers its list
_NOTE_SIZE = (320, 160)  # pixels
_GREY = PatternFill("solid", start_color="EEEEEE")


def template(name: str) -> bytes:
    """The template in the format that the name ends on, ``.xlsx`` or ``.csv``. Raises ``SheetError``."""
    ending = format_of(name)
    if ending == ".csv":
        return write_csv([[column.label for column in columns()]], [_help(), _example()])
    if ending == ".xlsx":
        return _workbook()
    raise SheetError("unknown_format", name=name)


def choices(column: Column) -> tuple[str, ...]:
    """What may be chosen where one value is asked for; empty where anything may be typed."""
    if column.shape is Shape.TERM and column.vocabulary is not None:
        return tuple(term.label for term in column.vocabulary)
    return tuple(_LISTS[column.shape]()) if column.shape in _LISTS else ()


_LISTS: dict[Shape, Any] = {
    Shape.FLAG: lambda: ("ja", "nee"),
    Shape.MAYBE: lambda: ("ja", "nee", "onbekend"),
    Shape.REGION: ggd_regions,
    Shape.PROVINCE: provinces,
    Shape.PLACE: municipality_names,
}


@cache
def _help() -> tuple[str, ...]:
    return tuple(_explained(column) for column in columns())


def _example() -> list[str]:
    first, *others = columns()
    return [say("template.example"), *(column.example for column in others)] if first else []


def _explained(column: Column) -> str:
    return f"{column.help} {say('template.must')}" if column.required and column.name != "id" else column.help


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.freeze_panes = "B2"
    set_columns(sheet, [width_of(column) for column in columns()])
    lists = book.create_sheet(LISTS_SHEET)
    for place, column in enumerate(columns(), 1):
        _head(sheet, place, column)
        if words := choices(column):
            _offer_list(sheet, lists, place, column, words)
    for place, text in enumerate(_example(), 1):
        cell = sheet.cell(2, place, f"{COMMENT} {text}" if place == 1 else escaped(text))
        cell.data_type, cell.fill, cell.font = "s", _GREY, Font(italic=True)
    lists.sheet_state = "hidden"
    _explain(book.create_sheet(GUIDE_SHEET, 1))
    return saved(book)


def _head(sheet: Any, place: int, column: Column) -> None:
    cell = sheet.cell(1, place, column.label)
    cell.font = Font(bold=True)
    note = f"{_explained(column)}\n\n{say('template.for_example', example=column.example)}"
    cell.comment = Comment(note, "Adempauze", width=_NOTE_SIZE[0], height=_NOTE_SIZE[1])


def _offer_list(sheet: Any, lists: Any, place: int, column: Column, words: Sequence[str]) -> None:
    """A drop-down list; its words stand on a hidden sheet, for in the cell itself only 255 characters fit."""
    letter = get_column_letter(place)
    for row, word in enumerate([column.label, *words], 1):
        lists.cell(row, place, word)
    rule = DataValidation(
        type="list", formula1=f"{LISTS_SHEET}!${letter}$2:${letter}${len(words) + 1}", allow_blank=True
    )
    rule.error, rule.errorTitle = say("template.choose"), column.label[:32]
    rule.add(f"{letter}3:{letter}{_LAST_ROW}")
    sheet.add_data_validation(rule)


def _explain(sheet: Any) -> None:
    for place, width in enumerate((34, 26, 70, 40, 60), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row in _explanation():
        sheet.append([escaped(text) for text in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1)
    sheet.freeze_panes = "A2"


def _explanation() -> Iterator[tuple[str, ...]]:
    yield tuple(say(f"template.{each}") for each in ("column", "name", "help", "for_instance", "words"))
    for column in columns():
        yield column.label, column.name, _explained(column), column.example, _words(column)


def _words(column: Column) -> str:
    if column.vocabulary is not None:
        return "; ".join(term.label for term in column.vocabulary)
    return "; ".join(choices(column)) if column.shape in (Shape.FLAG, Shape.MAYBE, Shape.PROVINCE) else ""
