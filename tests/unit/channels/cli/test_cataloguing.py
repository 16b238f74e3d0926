"""``adempauze catalogue``: each wrong use is one clear line, and no file ever leaves the catalogue half changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from channels.cli.main import main
from tests.unit.knowledge.exchange.files import csv_of, typed


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of its own for every test."""
    monkeypatch.setenv("ADEMPAUZE_DATA", str(tmp_path / "var"))
    monkeypatch.delenv("ADEMPAUZE_DATABASE", raising=False)
    monkeypatch.delenv("ADEMPAUZE_DEBUG", raising=False)
    (tmp_path / "var").mkdir()
    return tmp_path


def run(*arguments: object) -> int:
    return main(["catalogue", *map(str, arguments)])


def exported(folder: Path, name: str = "uit.json") -> list[dict[str, object]]:
    assert run("export", folder / name) == 0
    return json.loads((folder / name).read_text(encoding="utf-8"))


def brought(folder: Path, *rows: dict[str, str], name: str = "in.csv") -> Path:
    (folder / name).write_bytes(csv_of(*rows))
    return folder / name


def test_an_import_reaches_the_catalogue_and_says_who_did_it(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", brought(data, typed(id="new1", name="Huis Zon")), "--by", "Ria") == 0
    out = capsys.readouterr().out
    assert "1 rows: 1 new" in out
    assert "Geïmporteerd: 1 nieuw" in out
    assert "Huis Zon" in {offer["name"] for offer in exported(data)}


def test_a_dry_run_changes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = exported(data)
    assert run("import", brought(data, typed(id="new1")), "--dry-run") == 0
    assert "nothing was changed" in capsys.readouterr().out
    assert exported(data) == before


def test_a_refused_row_stops_the_import_unless_it_is_skipped(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = exported(data)
    path = brought(data, typed(id="new1"), typed(id="new2", scope="ergens"))
    assert run("import", path) == 1
    assert run("import", path, "--dry-run") == 1
    out = capsys.readouterr().out
    assert "row 3  refused  new2" in out
    assert "ergens" in out
    assert exported(data) == before
    assert run("import", path, "--skip-refused") == 0
    assert len(exported(data)) == len(before) + 1


@pytest.mark.parametrize("name", ["uit.csv", "uit.xlsx", "uit.json", "uit.hsds.json"])
def test_what_is_exported_imports_as_unchanged(data: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", data / name) == 0
    assert run("import", data / name, "--json") == 0
    out = capsys.readouterr().out
    told = json.loads(out[out.index("{") :])
    assert told["counts"] == {"new": 0, "changed": 0, "unchanged": told["counts"]["unchanged"], "refused": 0}
    assert told["counts"]["unchanged"] >= 114
    assert told["imported"]["written"] is False


@pytest.mark.parametrize("name", ["sjabloon.csv", "sjabloon.xlsx"])
def test_the_template_is_written_and_has_nothing_to_import(
    data: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("template", data / name) == 0
    assert run("import", data / name) == 2
    assert "niets om te importeren" in capsys.readouterr().err


def test_the_check_tells_and_finds_but_fails_only_when_strict(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--today", "2026-11-22") == 0
    out = capsys.readouterr().out
    for word in ("stale", "incomplete", "contradictory", "GGD IJsselland", "without relief", "help area", "findings"):
        assert word in out
    assert run("check", "--strict") == 1
    capsys.readouterr()
    assert run("check", "--json") == 0
    assert json.loads(capsys.readouterr().out)["findings"] > 0


def test_a_progress_bar_comes_on_request_and_on_stderr(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(data, typed(id="new1"))
    assert run("import", path, "--dry-run") == 0
    assert capsys.readouterr().err == ""
    assert run("import", path, "--progress") == 0
    assert "checking" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.xlsx", b"%PDF-1.7"),
        ("a.json", b"[{"),
        ("a.csv", b"naam\r\n\x81\r\n"),
        ("a.txt", b"naam\r\nA"),
    ],
)
def test_a_bad_file_is_one_line_and_no_traceback(
    data: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / name).write_bytes(content)
    assert run("import", data / name) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert said.err.startswith("adempauze catalogue: ")


def test_a_file_of_50_mb_is_not_even_read(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (data / "groot.csv").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert run("import", data / "groot.csv") == 2
    assert "50 MB" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [("import", "nergens.csv"), ("import", "."), ("export", "uit.pdf"), ("template", "x.json")]
)
def test_wrong_use_is_one_line(arguments: tuple[str, str], data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verb, name = arguments
    assert run(verb, data / name) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_folder_that_is_not_there_is_one_line_and_leaves_no_half_file(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", data / "nergens" / "uit.csv") == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not [path for path in data.iterdir() if path.name.startswith(".")]


def test_a_day_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run("check", "--today", "31-02-2026")
    assert left.value.code == 2
    assert "2026-11-22" in capsys.readouterr().err
