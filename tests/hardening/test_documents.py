"""What the documents say about security is true: each test they name exists, and each accepted risk is still there."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from knowledge.yaml_files import read_yaml
from scripts import asvs

ROOT = Path(__file__).resolve().parents[2]
ROWS = [row for rows in asvs.read().values() for row in rows]
WANTED = {1: 70, 2: 183}
"""How many requirements the standard has at these levels in chapters 1 to 17; seven of level 2 are about WebRTC."""
ACCEPTED = read_yaml((ROOT / "docs" / "advisories.yml").read_text(encoding="utf-8"))


@cache
def _tests_of(path: str) -> frozenset[str]:
    source = (ROOT / path).read_text(encoding="utf-8")
    return frozenset(re.findall(r"^\s*(?:async )?def (test_\w+)", source, re.MULTILINE))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_every_row_has_a_test_that_exists_or_a_reason(row):
    assert row.level in (1, 2)
    assert len(row.asks) > 5
    assert len(row.proof) > 10
    for path, name in re.findall(r"(tests/[\w/]+\.py)(?:::(\w+))?", row.proof):
        assert not name or name in _tests_of(path), f"{path} has no {name}"
    assert row.test is None or row.state == "yes", "what is not met says why"


def test_no_number_is_there_twice_and_none_is_missing():
    numbers = [row.number for row in ROWS]
    assert [number for number, times in Counter(numbers).items() if times > 1] == []
    assert Counter(row.level for row in ROWS) == {1: WANTED[1], 2: WANTED[2] - 7}


def test_the_page_is_made_from_the_table():
    assert (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8") == asvs.page(), "run `make asvs`"


def test_every_accepted_advisory_has_a_reason_and_is_about_a_package_of_the_lock():
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for entry in ACCEPTED["accepted"]:
        assert entry["package"] in locked, entry
        assert re.fullmatch(r"CVE-\d{4}-\d{4,}|GHSA(-\w{4}){3}|PYSEC-\d{4}-\d+", entry["id"]), entry
        assert len(entry["reason"]) > 30, entry
        assert entry["id"] in security, f"SECURITY.md does not name {entry['id']}"
