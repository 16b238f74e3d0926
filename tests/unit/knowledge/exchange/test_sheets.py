"""Spreadsheets: what is written reads back equal, and what editors' programs make of a file is understood."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from knowledge.exchange.sheets import LIST_SEPARATOR, read_file, write_file, write_rows
from knowledge.exchange.sheets_columns import columns
from knowledge.offers.columns import COLUMNS
from knowledge.offers.data import write_offer
from knowledge.offers.record import Offer
from knowledge.offers.typed import data_of
from knowledge.offers.written import texts_of
from knowledge.places.names import key_of
from tests.unit.knowledge.builders import offer_data
from tests.unit.knowledge.exchange.files import csv_of, read_texts, texts, typed, xlsx_of

ENDINGS = (".csv", ".xlsx")
# Everything a cell may hold but NUL (which CSV cannot) and half characters (which no encoding has).
ANY_TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=12)
RISKY = st.sampled_from(
    ["=1+1", "+31 38 123", "-", "@SUM(A1)", "\tx", "\rx", "'=1", "''+x", "'", "#n", "_x0041_", "#N/A"]
)
ROWS = st.lists(
    st.dictionaries(st.sampled_from(COLUMNS), st.one_of(ANY_TEXT, RISKY), max_size=5).filter(
        lambda row: any(text.strip() for text in row.values())
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=100, deadline=None)
@given(rows=ROWS)
def test_any_rows_written_read_back_equal(ending: str, rows: list[dict[str, str]]) -> None:
    written = write_rows(rows, ending)
    assert read_texts(written, f"aanbod{ending}") == [
        {name: text for name, text in row.items() if text} for row in rows
    ]


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=60, deadline=None)
@given(data=offer_data(id="o1"))
def test_any_offer_goes_through_a_sheet_unchanged(ending: str, data: dict[str, object]) -> None:
    sheet = read_file(write_file([data], f"aanbod{ending}"), f"aanbod{ending}")
    (row,) = sheet.rows
    assert {fault.code for fault in row.faults} <= {"broken_letters"}, "Â¡ may be meant, but never is in Dutch"
    assert row.texts is not None
    again, faults = data_of(row.texts)
    assert faults == ()
    assert texts_of(again) == texts_of(data)


@pytest.mark.parametrize("ending", [*ENDINGS, ".json"])
def test_the_whole_seed_goes_through_a_file_unchanged(ending: str, offers: tuple[Offer, ...]) -> None:
    bodies = [write_offer(offer) for offer in offers]
    rows = read_file(write_file(bodies, f"aanbod{ending}"), f"aanbod{ending}").rows
    found = [row.data if row.data is not None else data_of(row.texts or {})[0] for row in rows]
    assert [texts_of(data) for data in found] == [texts_of(body) for body in bodies]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+31 38 123 45 67", "-1", "@x", "\tx", "\rx"])
def test_a_dangerous_cell_is_no_formula_in_any_program(text: str) -> None:
    lines = list(csv.reader(io.StringIO(write_rows([{"name": text}], ".csv").decode("utf-8-sig")), delimiter=";"))
    assert lines[1][COLUMNS.index("name")] == f"'{text}"
    sheet = load_workbook(io.BytesIO(write_rows([{"name": text}], ".xlsx")))["Aanbod"]
    cell = sheet.cell(2, COLUMNS.index("name") + 1)
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_csv_opens_right_in_dutch_excel() -> None:
    written = write_rows([{"name": "Café"}], ".csv")
    assert written.startswith(b"\xef\xbb\xbf")
    assert b";" in written.splitlines()[0]


def test_every_cell_of_a_workbook_is_text_so_that_no_zero_and_no_range_is_lost() -> None:
    sheet = load_workbook(io.BytesIO(write_rows([{"phone": "038-1234567", "lead_weeks": "2-8"}], ".xlsx")))["Aanbod"]
    assert {cell.number_format for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {"@"}


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_separators_and_encodings_of_spreadsheet_programs_are_understood(separator: str, encoding: str) -> None:
    row = {"name": 'Café "De Brug"; Zwolle, Assen', "note": "één\r\ntwee"}
    content = csv_of(row, separator=separator).decode().encode(encoding)
    assert read_texts(content) == [row]


def test_a_first_line_that_names_the_separator_is_no_header() -> None:
    sheet = read_file(b"sep=,\r\nnaam,organisatie\r\nA,B\r\n", "aanbod.csv")
    assert texts(sheet) == [{"name": "A", "organisation": "B"}]
    assert [row.number for row in sheet.rows] == [3]


def test_columns_go_by_name_or_label_in_any_order_and_any_capitals() -> None:
    content = b"TELEFOON;  Naam *;price.EUROS;Bron gelezen op\r\n038-1234567;A;12,50;22-11-2026\r\n"
    assert read_texts(content) == [
        {"phone": "038-1234567", "name": "A", "price.euros": "12,50", "source.read_on": "22-11-2026"}
    ]


def test_no_two_columns_share_a_name_or_label() -> None:
    keys = [key_of(word) for column in columns() for word in {column.name, column.label}]
    by_column = {key: [c.name for c in columns() if key in (key_of(c.name), key_of(c.label))] for key in keys}
    assert all(len(names) == 1 for names in by_column.values())


def test_rows_are_numbered_as_the_spreadsheet_program_shows_them() -> None:
    content = b'naam;notitie\r\n\r\nA;"een\r\ntwee"\r\n# uitleg;\r\nB;\r\n'
    content = content.replace(b"notitie", b"note")
    sheet = read_file(content, "aanbod.csv")
    assert [row.number for row in sheet.rows] == [3, 5]
    assert any("regel 4" in note for note in sheet.notes), "what is not read is told"


def test_only_the_columns_of_the_file_are_in_a_row() -> None:
    (row,) = read_file(b"id;phone\r\no1;\r\n", "aanbod.csv").rows
    assert row.texts == {"id": "o1", "phone": ""}


def test_numbers_dates_and_yes_or_no_of_a_workbook_read_as_people_type_them() -> None:
    header = ["name", "postcode", "min_age", "price.euros", "ends_on", "checked_on", "residents_only"]
    line = [
        "A",
        8011,
        18.0,
        12.5,
        datetime(2026, 11, 22),  # noqa: DTZ001 - a spreadsheet knows no zones
        date(2026, 2, 1),
        True,
    ]
    assert read_texts(xlsx_of([header, line]), "aanbod.xlsx") == [
        {
            "name": "A", "postcode": "8011", "min_age": "18", "price.euros": "12,5", "ends_on": "22-11-2026",
            "checked_on": "01-02-2026", "residents_only": "ja",
        }
    ]  # fmt: skip


def test_a_list_in_one_cell_stays_a_list() -> None:
    data = {"id": "o1", "languages": ["Nederlands", "Turks"]}
    (row,) = read_file(write_file([data], "a.csv"), "a.csv").rows
    assert row.texts is not None
    assert row.texts["languages"] == LIST_SEPARATOR.join(data["languages"])
    assert data_of(row.texts)[0]["languages"] == data["languages"]


def test_a_typed_offer_without_faults_has_none() -> None:
    (row,) = read_file(csv_of(typed()), "aanbod.csv").rows
    assert row.faults == ()
