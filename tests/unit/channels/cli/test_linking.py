"""Links, QR codes and the piece of HTML for a website."""

from __future__ import annotations

import pytest

from channels.cli.linking import address_for, snippet_for
from channels.cli.main import main


@pytest.fixture(autouse=True)
def at_an_address(monkeypatch, tmp_path):
    monkeypatch.setenv("ADEMPAUZE_DATA", str(tmp_path))
    monkeypatch.setenv("ADEMPAUZE_BASE_URL", "https://adempauze.example")


def test_a_link_names_municipality_and_giver(capsys):
    assert main(["link", "--gemeente", "ede", "--via", "huisarts"]) == 0
    assert capsys.readouterr().out == "https://adempauze.example/g/Ede?via=huisarts\n"


def test_odd_names_are_written_so_that_a_link_holds():
    assert address_for("https://x.example", "'s-Hertogenbosch", "a b/c") == (
        "https://x.example/g/%27s-Hertogenbosch?via=a+b%2Fc"
    )


@pytest.mark.parametrize(("name", "begin"), [("code.svg", b"<?xml"), ("code.png", b"\x89PNG")])
def test_a_qr_code_is_a_picture_to_print(tmp_path, name, begin):
    assert main(["link", "--gemeente", "Ede", "--qr", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(begin)


@pytest.mark.parametrize(
    "wrong",
    [["--gemeente", "Nergens"], ["--gemeente", "Ede", "--via", "<b>"], ["--gemeente", "Ede", "--qr", "code.pdf"]],
)
def test_what_is_wrong_is_said_in_one_line(capsys, wrong):
    assert main(["link", *wrong]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_snippet_has_a_way_without_our_script():
    html = snippet_for("https://adempauze.example", "'s-Hertogenbosch")
    assert html.index("data-adempauze-zonder-script") < html.index('href="tel:0307606055"') < html.index("<script ")
    assert 'data-gemeente="&#x27;s-Hertogenbosch"' in html
