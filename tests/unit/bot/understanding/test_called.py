"""How we speak of the people she cares for."""

from __future__ import annotations

import pytest

from bot.understanding.called import says_little, stands_for_several
from bot.understanding.phrasebook import LEXICON
from knowledge.yaml_files import read_yaml


@pytest.mark.parametrize(
    ("called", "several"), [("uw ouders", True), ("uw buren", True), ("uw vader", False), ("", False)]
)
def test_several_people_are_told_from_one(called: str, several: bool) -> None:
    assert stands_for_several(called) is several


@pytest.mark.parametrize(("called", "little"), [("", True), ("uw kind", True), ("uw zoon", False), ("uw man", False)])
def test_what_says_little_may_be_said_better_later(called: str, little: bool) -> None:
    assert says_little(called) is little


def test_every_word_here_is_one_we_call_people_by() -> None:
    people = read_yaml((LEXICON / "relations.yml").read_text("utf-8"))["people"]
    known = {called for persons in people.values() for called in persons}
    listed = read_yaml((LEXICON / "called.yml").read_text("utf-8"))
    assert {word for words in listed.values() for word in words} <= known
