"""The guide explains every field of the record, once, in plain Dutch, and all that editors read comes from it."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from knowledge.offers.guide import FAULTS, GUIDE, GUIDE_FILE, SECTIONS, Shape, all_fields, load_guide
from knowledge.offers.guide_page import page
from knowledge.offers.record import Offer
from knowledge.yaml_files import read_yaml

ROOT = Path(__file__).parents[4]
# R55 in our fields; phone stands for contact, and what may stand in its place is in the guide.
MANDATORY = {
    "area", "scope", "audience", "excluded", "ages", "day_parts", "min_hours", "max_hours", "lead_weeks", "transport",
    "access", "indication_needed", "indication_by", "applicants", "price", "payers", "phone", "status", "checked_on",
    "valid_until", "source",
}  # fmt: skip


def test_every_field_is_explained_in_a_section_that_exists():
    assert set(GUIDE) == {each.name for each in fields(Offer)}
    assert {guide.section for guide in GUIDE.values()} == set(SECTIONS)


def test_the_needed_fields_are_those_of_the_requirement():
    assert {name for name, guide in GUIDE.items() if guide.needed} == MANDATORY


def test_the_texts_for_editors_are_short_and_speak_to_them_politely():
    for guide in all_fields(GUIDE):
        assert len(re.findall(r"[.?]( |$)", guide.help)) <= 2, guide.name
        assert not re.search(r"\b(moet|je|jij|jouw)\b|!", f"{guide.label} {guide.help}"), guide.name
        assert len(guide.help) <= 160, guide.name
    assert not [code for code, text in FAULTS.items() if re.search(r"\b(moet|je|jij)\b|!", text) or len(text) > 200]


@pytest.mark.parametrize("change", ["drop", "add", "double label", "no help", "strange key"])
def test_a_guide_that_does_not_fit_the_record_is_refused(change, tmp_path):
    data = read_yaml(GUIDE_FILE.read_text(encoding="utf-8"))
    what = data["sections"]["what"]["fields"]
    if change == "drop":
        del what["aliases"]
    elif change == "add":
        what["colour"] = what["name"]
    elif change == "double label":
        what["name"]["label"] = "Organisatie"
    elif change == "no help":
        what["name"]["help"] = " "
    else:
        what["name"]["tip"] = "x"
    path = tmp_path / "guide.yml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with pytest.raises(ValueError):
        load_guide(path)


def test_every_fault_that_the_code_names_has_a_sentence_and_the_other_way_round():
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "knowledge" / "offers").glob("*.py")
        if path.name not in ("guide.py", "typed.py")
    )
    assert not [fault for fault in FAULTS if f'"{fault}"' not in code]
    named = set(re.findall(r'(?:Fault\([^()]*?|yield )"([a-z_]+)"(?:, \{|\)|\n)', code))
    assert named - set(FAULTS) - set(GUIDE) == set()


def test_terms_and_blocks_name_what_they_hold():
    for guide in all_fields(GUIDE):
        assert (guide.vocabulary is not None) == (guide.shape in (Shape.TERM, Shape.TERMS)), guide.name
        assert bool(guide.parts) == (guide.shape in (Shape.PRICE, Shape.SOURCE, Shape.CHECKS)), guide.name


def test_the_page_for_editors_is_up_to_date():
    assert (ROOT / "docs" / "aanbodvelden.md").read_text(encoding="utf-8") == page()
