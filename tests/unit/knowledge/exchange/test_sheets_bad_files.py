"""Whatever is brought as a file gives one clear Dutch report, and never an exception of another kind."""

from __future__ import annotations

import io
import json
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from knowledge.exchange import sheets
from knowledge.exchange.messages import SheetError
from knowledge.exchange.sheets import FORMATS, read_file, write_file
from tests.unit.knowledge.exchange.files import bytes_of, csv_of, plain, typed, xlsx_of

GOOD_XLSX = write_file([plain()], "a.xlsx")
GOOD_CSV = write_file([plain()], "a.csv")
GOOD_JSON = write_file([plain()], "a.json")
WIDE = ("name;" + ";".join(f"kolom {n}" for n in range(300))).encode() + b"\r\nA\r\n"


def _bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (160 * 1024 * 1024))
    return content.getvalue()


def _merged() -> bytes:
    book = Workbook()
    book.active.append(["name", "organisation"])
    book.active.append(["A", "B"])
    book.active.merge_cells("A2:B2")
    return bytes_of(book)


def _hidden() -> bytes:
    book = Workbook()
    book.active.append([])
    sheet = book.create_sheet("Geheim")
    sheet.append(["name"])
    sheet.append(["A"])
    sheet.sheet_state = "hidden"
    return bytes_of(book)


BAD = {
    "empty": (b"", "a.csv", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf\r\n", "a.csv", "empty"),
    "empty workbook": (xlsx_of([]), "a.xlsx", "empty"),
    "header only": (b"naam;organisatie\r\n", "a.csv", "no_rows"),
    "header only in a workbook": (xlsx_of([["naam", "organisatie"]]), "a.xlsx", "no_rows"),
    "empty list": (b"[]", "a.json", "no_rows"),
    "a pdf called xlsx": (b"%PDF-1.7\n%\xe2\xe3", "a.xlsx", "pdf"),
    "a pdf called csv": (b"%PDF-1.7\n%\xe2\xe3", "a.csv", "pdf"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "a.xlsx", "old_excel"),
    "csv called xlsx": (GOOD_CSV, "a.xlsx", "not_xlsx"),
    "cut-off xlsx": (GOOD_XLSX[: len(GOOD_XLSX) // 2], "a.xlsx", "broken_xlsx"),
    "another zip": (b"PK\x05\x06" + b"\x00" * 18, "a.xlsx", "not_xlsx"),
    "zip bomb": (_bomb(), "a.xlsx", "unpacks_too_large"),
    "cut-off json": (GOOD_JSON[:-20], "a.json", "broken_json"),
    "json without end": (b"[" * 100_000, "a.json", "broken_json"),
    "json that is no list": (b'{"id": 1}', "a.json", "not_a_list"),
    "json with NaN": (b'[{"id": NaN}]', "a.json", "broken_json"),
    "300 columns": (WIDE, "a.csv", "unknown_columns"),
    "no known column": (b"foo;bar\r\n1;2\r\n", "a.csv", "no_columns"),
    "neither id nor name": (b"telefoon\r\n038-1234567\r\n", "a.csv", "no_id_or_name"),
    "a column twice": (b"naam;Naam;id\r\nA;B;c\r\n", "a.csv", "double_columns"),
    "values under no name": (b"naam;;id\r\nA;x;c\r\n", "a.csv", "values_without_column"),
    "open quote": (b'naam;organisatie\r\n"A;B\r\nC;D\r\n', "a.csv", "broken_csv"),
    "no encoding": (b"naam\r\n\x81\x8d\xff\r\n", "a.csv", "broken_text"),
    "half UTF-16": ("naam\r\nA\r\n".encode("utf-16")[:-1], "a.csv", "broken_text"),
    "merged cells": (_merged(), "a.xlsx", "merged_cells"),
    "only hidden sheets": (_hidden(), "a.xlsx", "only_hidden"),
    "only help": (b"# naam\r\n# voorbeeld\r\n", "a.csv", "no_columns"),
    "a name we do not know": (b"x", "a.docx", "unknown_format"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "name", "code"), BAD.values(), ids=BAD)
def test_a_bad_file_gives_one_clear_message(content: bytes, name: str, code: str) -> None:
    with pytest.raises(SheetError) as refusal:
        read_file(content, name)
    assert refusal.value.code == code
    assert len(refusal.value.text) < 400
    assert "\n" not in refusal.value.text


def test_a_workbook_that_names_a_file_or_an_address_reads_neither(tmp_path) -> None:
    """External entities (XXE), and entities of entities: what a workbook of ours never holds is not looked up."""
    secret = tmp_path / "secret.txt"
    secret.write_text("GEHEIM-4711", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    for declared in (
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
        f'<!ENTITY l0 "GEHEIM-4711">{laughs}<!ENTITY x "&l8;">',
    ):
        began, content = time.process_time(), io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(GOOD_XLSX)) as good, zipfile.ZipFile(content, "w") as bad:
            for name in good.namelist():
                part = good.read(name).decode("utf-8")
                if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
                    head, body = part.split("?>", 1) if part.startswith("<?xml") else ("<?xml version='1.0'", part)
                    body = body.replace("</v>", "&x;</v>").replace("</t>", "&x;</t>")
                    part = f"{head}?><!DOCTYPE any [{declared}]>{body}"
                bad.writestr(name, part)
        told = []
        with suppress(SheetError):
            told = read_file(content.getvalue(), "a.xlsx").rows
        assert "4711" not in repr(told)
        assert time.process_time() - began < 5


def test_a_file_of_50_mb_is_refused_by_its_size() -> None:
    with pytest.raises(SheetError, match="50 MB"):
        read_file(b"x" * (50 * 1024 * 1024), "a.csv")


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    for content, name in ((b"naam\r\nA\r\nB\r\nC\r\n", "a.csv"), (b"[{}, {}, {}]", "a.json")):
        with pytest.raises(SheetError) as refusal:
            read_file(content, name)
        assert refusal.value.code == "too_many_rows"


def test_at_most_five_unknown_columns_are_named() -> None:
    with pytest.raises(SheetError, match="kolom 4 en nog 295") as refusal:
        read_file(WIDE, "a.csv")
    assert "kolom 5" not in refusal.value.text


def test_a_formula_is_refused_in_its_row_and_never_run() -> None:
    header = ["id", "name", "organisation"]
    sheet = read_file(xlsx_of([header, ["o1", '="Huis "&"De Brug"', "B"], ["o2", "C", "D"]]), "a.xlsx")
    assert [fault.code for fault in sheet.rows[0].faults] == ["formula"]
    assert sheet.rows[0].faults[0].column == "name"
    assert sheet.rows[0].texts == {"id": "o1", "name": "", "organisation": "B"}
    assert sheet.rows[1].faults == ()


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("phone", 381234567, "lost_zero"),
        ("phone", "381234567", "lost_zero"),
        ("phone", 8001234567, "lost_zero"),
        ("phone", 31381234567, "lost_zero"),
        ("phone", "3,81E+08", "rounded_number"),
        ("name", "#REF!", "error_value"),
        ("name", "coÃ¶rdinator", "broken_letters"),
        ("name", "co\ufffdrdinator", "broken_letters"),
        ("name", "a_x0007_b", "control_letters"),
    ],
)
def test_what_a_spreadsheet_program_spoiled_is_told_with_its_column(column: str, cell: object, code: str) -> None:
    header = ["id", "name", "phone"]
    line = ["o1", *(cell if name == column else "x" if name == "name" else None for name in header[1:])]
    (row,) = read_file(xlsx_of([header, line]), "a.xlsx").rows
    assert [(fault.column, fault.code) for fault in row.faults] == [(column, code)]


@pytest.mark.parametrize("number", ["112", "116123", "14 038", "038-1234567", "+31 38 123 45 67", "0800-1234"])
def test_a_whole_telephone_number_is_left_alone(number: str) -> None:
    (row,) = read_file(csv_of(typed(phone=number)), "a.csv").rows
    assert row.faults == ()


@pytest.mark.parametrize("name", ["Café", "René", "À la carte", "Zoë’s huis", "Ångström", "BLIJF ÉÉN", "€ 5"])
def test_a_dutch_accent_is_not_mistaken_for_broken_letters(name: str) -> None:
    (row,) = read_file(csv_of(typed(name=name)), "a.csv").rows
    assert row.faults == ()


def test_more_cells_than_columns_is_a_fault_of_that_row() -> None:
    sheet = read_file(b"id;naam\r\no1;Huis; en hof\r\no2;B\r\n", "a.csv")
    assert [[fault.code for fault in row.faults] for row in sheet.rows] == [["too_many_cells"], []]


def test_a_short_row_leaves_its_last_columns_alone_and_a_cut_off_one_is_refused() -> None:
    whole = read_file(b"id;naam;telefoon\r\no1;A\r\n", "a.csv")
    assert whole.rows[0].texts == {"id": "o1", "name": "A"}
    assert whole.rows[0].faults == ()
    cut = read_file(b"id;naam;telefoon\r\no1;A;038-1234567\r\no2;B", "a.csv")
    assert [[fault.code for fault in row.faults] for row in cut.rows] == [[], ["cut_off"]]


def test_hidden_sheets_are_left_unread_and_named() -> None:
    book = Workbook()
    book.active.append(["id", "naam"])
    book.active.append(["o1", "A"])
    hidden = book.create_sheet("Oud")
    hidden.append(["id", "naam"])
    hidden.append(["o2", "B"])
    hidden.sheet_state = "veryHidden"
    sheet = read_file(bytes_of(book), "a.xlsx")
    assert len(sheet.rows) == 1
    assert any("Oud" in note for note in sheet.notes)


def test_two_filled_sheets_without_the_name_of_the_template_are_refused() -> None:
    book = Workbook()
    for name in ("Een", "Twee"):
        sheet = book.create_sheet(name)
        sheet.append(["naam"])
        sheet.append(["A"])
    with pytest.raises(SheetError, match="Een, Twee"):
        read_file(bytes_of(book), "a.xlsx")


def test_one_far_cell_does_not_make_a_million_rows() -> None:
    book = Workbook()
    book.active.append(["id", "naam"])
    book.active.append(["o1", "A"])
    book.active.cell(1_000_000, 16_000).font = None
    book.active.cell(900_000, 1).value = "o2"
    sheet = read_file(bytes_of(book), "a.xlsx")
    assert [row.number for row in sheet.rows] == [2, 900_000]


def test_a_row_beyond_the_last_of_a_spreadsheet_is_not_counted_to() -> None:
    whole, far = io.BytesIO(xlsx_of([["naam", "organisatie"], ["Het Huis", "A"]])), io.BytesIO()
    row = b'<row r="1000000000000"><c r="A1000000000000" t="inlineStr"><is><t>x</t></is></c></row>'
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(far, "w") as put:
        for name in given.namelist():
            put.writestr(name, given.read(name).replace(b"</sheetData>", row + b"</sheetData>"))
    began = time.process_time()
    with suppress(SheetError):
        read_file(far.getvalue(), "verweg.xlsx")
    assert time.process_time() - began < 20


def test_an_item_of_a_json_list_that_is_no_offer_is_a_fault_of_that_row() -> None:
    sheet = read_file(json.dumps([plain(), 3]).encode(), "a.json")
    assert [[fault.code for fault in row.faults] for row in sheet.rows] == [[], ["not_an_object"]]


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=400), ending=st.sampled_from(FORMATS))
@example(content=b"naam\r\n\x00\r\n", ending=".csv")
@example(content=b"PK\x03\x04" + b"\x00" * 40, ending=".xlsx")
def test_any_bytes_give_rows_or_one_message(content: bytes, ending: str) -> None:
    _read(content, f"a{ending}")


@settings(max_examples=200, deadline=None)
@given(
    whole=st.sampled_from([GOOD_XLSX, GOOD_CSV, GOOD_JSON]),
    at=st.floats(0, 1, exclude_max=True),
    put=st.binary(max_size=6),
    cut=st.booleans(),
)
def test_any_damage_to_a_good_file_gives_rows_or_one_message(whole: bytes, at: float, put: bytes, cut: bool) -> None:
    place = int(at * len(whole))
    damaged = whole[:place] + put + (b"" if cut else whole[place + len(put) :])
    for ending in FORMATS:
        _read(damaged, f"a{ending}")


def _read(content: bytes, name: str) -> None:
    with suppress(SheetError):
        assert read_file(content, name).rows
