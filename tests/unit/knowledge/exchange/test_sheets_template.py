"""The template explains every column, and nothing in it is ever imported."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from knowledge.exchange.messages import SheetError
from knowledge.exchange.sheets import read_file
from knowledge.exchange.sheets_columns import columns
from knowledge.exchange.sheets_template import choices, template
from knowledge.exchange.sheets_xlsx import GUIDE_SHEET, LISTS_SHEET, SHEET
from knowledge.offers.guide import Shape


@pytest.mark.parametrize("name", ["sjabloon.csv", "sjabloon.xlsx"])
def test_an_untouched_template_has_nothing_to_import(name: str) -> None:
    with pytest.raises(SheetError) as refusal:
        read_file(template(name), name)
    assert refusal.value.code == "no_rows"


def test_a_row_below_the_example_is_read() -> None:
    book = load_workbook(io.BytesIO(template("sjabloon.xlsx")))
    book[SHEET].cell(3, 2).value = "Huis Zon"
    content = io.BytesIO()
    book.save(content)
    (row,) = read_file(content.getvalue(), "sjabloon.xlsx").rows
    assert row.texts is not None
    assert row.texts["name"] == "Huis Zon"
    assert row.number == 3


def test_every_column_has_help_and_an_example() -> None:
    book = load_workbook(io.BytesIO(template("sjabloon.xlsx")))
    sheet = book[SHEET]
    assert [cell.value for cell in sheet[1]] == [column.label for column in columns()]
    assert all(column.help in sheet.cell(1, n).comment.text for n, column in enumerate(columns(), 1))
    assert sheet.cell(2, 1).value.startswith("#")
    assert [row[1] for row in book[GUIDE_SHEET].iter_rows(min_row=2, values_only=True)] == [c.name for c in columns()]
    assert book[LISTS_SHEET].sheet_state == "hidden"


def test_one_value_from_a_closed_list_can_be_chosen() -> None:
    book = load_workbook(io.BytesIO(template("sjabloon.xlsx")))
    offered = {str(rule.sqref).split(":")[0].rstrip("3") for rule in book[SHEET].data_validations.dataValidation}
    listed = [cell for cell in book[SHEET][1] if choices(columns()[cell.column - 1])]
    assert offered == {cell.column_letter for cell in listed}
    closed = {Shape.TERM, Shape.FLAG, Shape.MAYBE, Shape.PROVINCE, Shape.REGION, Shape.PLACE}
    assert all(choices(column) for column in columns() if column.shape in closed)


def test_another_format_is_refused() -> None:
    with pytest.raises(SheetError):
        template("sjabloon.json")
