"""The field table of the requirements, row by row: every row is accounted for, every field stands in one row."""

from __future__ import annotations

import re

from bot.profile import CarerProfile
from bot.request.compose import PROFILE_NAME, compose_fields
from bot.request.detail_values import DETAIL_KEYS
from bot.request.fields import FIELD_ORDER, LOVED_ONE_HEALTH, ONLY_WHEN_TOLD, SECTION_OF, FieldKey, Section
from bot.settings import ROOT
from bot.wording import Wording

ROW = re.compile(r"^\| (\d+) \| ([MSO]) \| (.*?) \| (.*?) \|$", re.MULTILINE)
ROWS = {
    int(number): (kind, re.findall(r"`(\w+)`", keys), source)
    for number, kind, keys, source in ROW.findall((ROOT / "docs" / "aanvraagvelden.md").read_text(encoding="utf-8"))
}
MUSTS = {5, 7, 8, 16, 17, 19}  # what always read "niet gevraagd" before


def test_all_35_rows_are_there() -> None:
    assert sorted(ROWS) == list(range(1, 36))
    assert all(source for _, _, source in ROWS.values())


def test_every_field_stands_in_exactly_one_row() -> None:
    named = [key for _, keys, _ in ROWS.values() for key in keys]
    assert sorted(named) == sorted(key.value for key in FieldKey)


def test_what_should_or_may_be_there_is_absent_until_it_was_told() -> None:
    wanted = {FieldKey(key) for kind, keys, _ in ROWS.values() for key in keys if kind != "M"}
    assert wanted <= ONLY_WHEN_TOLD
    present = {item.key for item in compose_fields(CarerProfile(), None, (), Wording.load({}))}
    assert not present & ONLY_WHEN_TOLD


def test_every_must_has_a_field_that_is_always_there() -> None:
    for number in MUSTS:
        _, keys, _ = ROWS[number]
        assert {FieldKey(key) for key in keys} - ONLY_WHEN_TOLD, number


def test_the_sections_stand_in_order_and_hold_something() -> None:
    sections = [SECTION_OF[key] for key in FIELD_ORDER]
    assert list(dict.fromkeys(sections)) == list(Section)
    assert set(DETAIL_KEYS) <= set(PROFILE_NAME)
    assert {FieldKey.CONDITIONS, FieldKey.WLZ, FieldKey.CURRENT_HELP, FieldKey.SITUATION} <= LOVED_ONE_HEALTH
