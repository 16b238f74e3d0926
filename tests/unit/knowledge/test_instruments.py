"""Questionnaires as packs: off until words and permission agree, and never a word of an item in here."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.instruments import Instrument, InstrumentError, load_packs
from knowledge.instruments.licensed import LicensedText, Permission, read_licensed, text_digest
from knowledge.instruments.pack_files import PACKS, read_pack, read_packs
from knowledge.yaml_files import read_yaml

BY_KEY = {pack.key: pack for pack in read_packs()}
KEYS = sorted(BY_KEY)
ROOT = PACKS.parents[2]
ROOMS = ("knowledge", "bot", "actions", "channels", "nlu_data", "tests", "docs", "bench", "scripts")
LONGEST_LABEL = 3  # words; an item is a sentence


def made_up_items(key: str) -> tuple[str, ...]:
    return tuple(f"{key}: a made-up line, number {number}" for number in range(1, BY_KEY[key].item_count + 1))


def switched_on(key: str, **changes: Any) -> Instrument:
    items = made_up_items(key)
    permission = Permission("a made-up owner", date(2026, 11, 1), "letter 1", text_digest(items))
    return Instrument(BY_KEY[key], LicensedText(**{"items": items, "permission": permission, **changes}))


def content(key: str, **changes: Any) -> dict[str, Any]:
    items = list(made_up_items(key))
    permission = {
        "given_by": "a made-up owner",
        "given_on": date(2026, 11, 1),
        "reference": "letter 1",
        "sha256": text_digest(items),
    }
    return {"pack": key, "items": items, "permission": permission, **changes}


def write(folder: Path, data: dict[str, Any], name: str | None = None) -> Path:
    path = folder / f"{name or data['pack']}.yml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def fault(folder: Path, data: dict[str, Any]) -> str:
    """Why this text leaves its pack off."""
    write(folder, data)
    instruments = load_packs(folder)
    assert not instruments.available()
    return instruments.why_off()[data["pack"]]


def test_the_packs_are_the_four_of_the_domain_facts():
    counts = {key: pack.item_count for key, pack in BY_KEY.items()}
    assert counts == {"ediz": 9, "ediz_plus": 15, "csi": 13, "carerqol_7d": 7}
    assert {key: [(band.code, band.low, band.high) for band in pack.bands] for key, pack in BY_KEY.items()} == {
        "ediz": [],
        "ediz_plus": [("none", 0, 0), ("light", 1, 3), ("moderate", 4, 8), ("heavy", 9, 15)],
        "csi": [("below", 0, 6), ("over", 7, 13)],
        "carerqol_7d": [],
    }
    reversed_ones = {each.code for pack in BY_KEY.values() for each in pack.constructs if each.reversed}
    assert reversed_ones == {"fulfilment", "support"}


@pytest.mark.parametrize("key", KEYS)
def test_a_pack_holds_no_item_text(key):
    pack = BY_KEY[key]
    labels = [each.label for each in (*pack.answers, *pack.bands, *pack.constructs, *pack.themes)]
    assert max(len(label.split()) for label in labels) <= LONGEST_LABEL
    assert "?" not in (PACKS / f"{key}.yml").read_text(encoding="utf-8").replace(pack.source, "")


def test_no_licensed_text_file_lies_in_the_repository():
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.y*ml")]
    assert PACKS / "csi.yml" in files
    assert not [path for path in files if re.search(r"(?m)^permission:", path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("field", ["texts", "introduction", "permission"])
def test_a_pack_has_no_place_for_a_text(tmp_path, field):
    data = read_yaml((PACKS / "csi.yml").read_text(encoding="utf-8"))
    with pytest.raises(InstrumentError, match=f"pack csi: not known: {field}"):
        read_pack(write(tmp_path, {**data, field: ["a line"]}, "csi"))
    with pytest.raises(InstrumentError, match="pack csi: items must be a whole number"):
        read_pack(write(tmp_path, {**data, "items": ["a line"]}, "csi"))
    construct = {**data["constructs"][0], field: "a line"}
    with pytest.raises(InstrumentError, match=f"constructs 1: not known: {field}"):
        read_pack(write(tmp_path, {**data, "constructs": [construct, *data["constructs"][1:]]}, "csi"))


def bands(*borders: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"code": f"b{low}", "label": "x", "from": low, "to": high} for low, high in borders]


YES_NO = [{"code": "no", "label": "nee", "points": 0}, {"code": "yes", "label": "ja", "points": 1}]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key": "another"}, "key differs from the name of its file, csi"),
        ({"items": 0}, "at least one item and two answers"),
        ({"answers": YES_NO[:1]}, "at least one item and two answers"),
        ({"answers": "ja"}, "answers must be a list"),
        ({"answers": [*YES_NO, YES_NO[0]]}, "an answer is given twice"),
        ({"answers": [*YES_NO, {"code": "skipped", "label": "x", "points": 0}]}, "no answer may be called not_asked"),
        ({"answers": [*YES_NO, {"code": True, "label": "x", "points": 0}]}, "answers 3: code must be a text"),
        ({"answers": [*YES_NO, {"code": "Ja!", "label": "x", "points": 0}]}, "answers 3: code must be snake_case"),
        ({"answers": [*YES_NO, {"code": "x", "label": "x", "points": -1}]}, "answers 3: points must be a whole"),
        ({"constructs": [{"code": "a", "label": "a"}]}, "one construct for each item"),
        ({"constructs": [{"code": "a", "label": "a"}] * 13}, "a construct is given twice"),
        ({"score": "profile"}, "only a sum has bands"),
        ({"score": "mean"}, "score is one of sum, profile"),
        ({"takes_tariff": "yes"}, "takes_tariff must be true or false"),
        ({"takes_tariff": True, "constructs": []}, "a tariff needs constructs"),
        ({"checked_on": "today"}, "checked_on must be a date"),
        ({"bands": bands((0, 12))}, "the bands must cover every score once"),
        ({"bands": [{"code": "7", "label": "x", "from": 0, "to": 13}]}, "bands 1: code must be snake_case"),
        ({"bands": bands((0, 13), (7, 13))}, "must cover every"),
        ({"bands": bands((0, 6), (8, 13))}, "must cover every"),
        ({"bands": bands((0, 6), (7, 5), (6, 13))}, "must cover every"),
    ],
)
def test_a_faulty_pack_is_refused_by_name(tmp_path, changes, said):
    data = read_yaml((PACKS / "csi.yml").read_text(encoding="utf-8"))
    with pytest.raises(InstrumentError, match=f"^pack csi: .*{said}"):
        read_pack(write(tmp_path, {**data, **changes}, "csi"))


def test_without_texts_every_pack_is_off_and_says_so(tmp_path):
    assert sorted(load_packs(None).why_off()) == KEYS
    assert load_packs(None).why_off()["csi"] == "pack csi: no folder with licensed texts is set"
    assert "does not exist" in load_packs(tmp_path / "nowhere").why_off()["csi"]
    assert "there is no csi.yml" in load_packs(tmp_path).why_off()["csi"]
    assert load_packs(tmp_path).available() == ()
    with pytest.raises(InstrumentError, match=r"there is no csi\.yml"):
        load_packs(tmp_path).get("csi")
    with pytest.raises(InstrumentError, match="pack zarit: there is no such pack"):
        load_packs(tmp_path).get("zarit")


@pytest.mark.parametrize("key", KEYS)
def test_a_text_with_its_permission_switches_on_that_pack_alone(tmp_path, key):
    write(tmp_path, content(key))
    instruments = load_packs(tmp_path)
    assert [each.pack.key for each in instruments.available()] == [key]
    assert instruments.get(key).text.items == made_up_items(key)
    assert instruments.get(key).text.permission.given_by == "a made-up owner"
    assert sorted(instruments.why_off()) == [other for other in KEYS if other != key]


def test_a_fault_in_one_text_leaves_the_others_on_and_a_strange_file_is_named(tmp_path):
    write(tmp_path, content("csi"))
    write(tmp_path, content("ediz", items=[]))
    write(tmp_path, content("csi"), "cis")
    instruments = load_packs(tmp_path)
    assert [each.pack.key for each in instruments.available()] == ["csi"]
    assert "pack ediz: needs 9 items" in instruments.why_off()["ediz"]
    assert "the name of no pack" in instruments.why_off()["cis.yml"]


def test_an_incomplete_or_longer_text_leaves_the_pack_off(tmp_path):
    items = list(made_up_items("csi"))
    assert "pack csi: needs 13 items in their order, found 12" in fault(tmp_path, content("csi", items=items[:-1]))
    assert "needs 13 items in their order, found 14" in fault(tmp_path, content("csi", items=[*items, "one more"]))
    assert "found no list" in fault(tmp_path, content("csi", items="\n".join(items)))
    assert "item 3 is not a text" in fault(tmp_path, content("csi", items=[*items[:2], " ", *items[3:]]))
    assert "item 2 is not a text" in fault(tmp_path, content("csi", items=[items[0], {"a": "b"}, *items[2:]]))
    assert "item 13 is the same as item 1" in fault(tmp_path, content("csi", items=[*items[:-1], items[0] + " "]))


@pytest.mark.parametrize("number", range(13))
def test_one_altered_character_or_a_swap_leaves_the_pack_off(tmp_path, number):
    items = list(made_up_items("csi"))
    altered = [*items[:number], items[number].replace("made-up", "made up"), *items[number + 1 :]]
    swapped = [items[number], *items[:number], *items[number + 1 :]] if number else [*items[1:], items[0]]
    for words in (altered, swapped):
        said = fault(tmp_path, content("csi", items=words))
        assert said == f"pack csi: the words are not those of the permission: their sha256 is {text_digest(words)}"


def test_white_space_and_stored_accents_do_not_count_but_letters_do():
    assert text_digest(["één  zin\n"]) == text_digest([" e\u0301e\u0301n zin"])
    assert text_digest(["een zin"]) != text_digest(["één zin"])
    assert text_digest(["Een zin"]) != text_digest(["een zin"])
    assert text_digest(["a", "b"]) != text_digest(["b", "a"])
    assert text_digest(["a b", "c"]) != text_digest(["a", "b c"])
    assert text_digest(["made-up"]) == "da53422a4618735f8ae72abdb21c16d340849b1a510ef20768b131171f8f7122"


def test_an_introduction_is_part_of_the_words(tmp_path):
    data = content("csi", introduction="A made-up  introduction")
    assert "not those of the permission" in fault(tmp_path, data)
    data["permission"]["sha256"] = text_digest(data["items"], data["introduction"])
    text = read_licensed(write(tmp_path, data), BY_KEY["csi"])
    assert text.introduction == "A made-up introduction"


@pytest.mark.parametrize("left_out", ["given_by", "given_on", "reference", "sha256"])
def test_a_permission_that_is_not_whole_leaves_the_pack_off(tmp_path, left_out):
    data = content("csi")
    empty = {**data["permission"], left_out: ""}
    less = {name: value for name, value in data["permission"].items() if name != left_out}
    assert f"pack csi: permission: missing {left_out}" in fault(tmp_path, {**data, "permission": less})
    assert f"pack csi: permission: {left_out} must be" in fault(tmp_path, {**data, "permission": empty})


def test_other_faults_in_the_text_file_are_named_without_quoting_it(tmp_path):
    data = content("csi")
    less = {name: value for name, value in data.items() if name != "permission"}
    assert "pack csi: missing permission" in fault(tmp_path, less)
    assert "permission: expected a block" in fault(tmp_path, {**data, "permission": True})
    short = {**data["permission"], "sha256": "abc"}
    assert "sha256 must be 64 hexadecimal digits" in fault(tmp_path, {**data, "permission": short})
    assert "pack csi: not known: bands" in fault(tmp_path, {**data, "bands": []})
    assert "not one word" in fault(tmp_path, {**data, "a made-up line": "x"})
    write(tmp_path, content("ediz"), "csi")
    assert "csi.yml is for another pack" in load_packs(tmp_path).why_off()["csi"]
    for broken in (b"items: [secret words", b"items: \xff", b"given_on: 2026-13-40", b"- secret words"):
        (tmp_path / "csi.yml").write_bytes(broken)
        said = load_packs(tmp_path).why_off()["csi"]
        assert said.startswith("pack csi: ")
        assert "secret" not in said
    (tmp_path / "csi.yml").unlink()
    (tmp_path / "csi.yml").mkdir()
    assert "csi.yml cannot be read" in load_packs(tmp_path).why_off()["csi"]


def test_the_report_for_the_operator_names_every_pack(tmp_path):
    write(tmp_path, content("csi"))
    command = [sys.executable, "-m", "knowledge.instruments", str(tmp_path)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert lines[0] == "on:  pack csi"
    assert [line.split(":")[1].strip() for line in lines[1:]] == ["pack carerqol_7d", "pack ediz", "pack ediz_plus"]
