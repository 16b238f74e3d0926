"""Facts are few, dated and owned; emergency numbers stay in view."""

from __future__ import annotations

import re
from datetime import date

import pytest

from knowledge.facts import FactError, Facts

FACTS = Facts.load()
TODAY = date(2026, 11, 22)
NEEDED = {
    "emergency", "suicide_line_short", "suicide_line", "veilig_thuis", "mantelzorglijn", "luisterlijn", "dementielijn",
    "kindertelefoon", "huisarts_out_of_hours", "wmo_contribution", "wmo_investigation_weeks", "wmo_decision_weeks",
    "objection_weeks", "juiste_loket", "client_support",
}  # fmt: skip
DEAD = ("0900-0113", "0900-2020496", "0900-0767", "030 789 78 78", "Sensoor", "Mezzo", "Alzheimertelefoon")


def test_the_facts_that_the_talk_needs_are_there():
    assert {fact.key for fact in FACTS} >= NEEDED


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("emergency", "112"),
        ("suicide_line_short", "113"),
        ("suicide_line", "0800-0113"),
        ("veilig_thuis", "0800-2000"),
        ("mantelzorglijn", "030 760 60 55"),
        ("luisterlijn", "088 0767 000"),
        ("dementielijn", "0800-5088"),
        ("kindertelefoon", "0800-0432"),
        ("wmo_contribution", "€ 21,80 per maand"),
    ],
)
def test_a_number_is_exactly_that_of_its_source(key, value):
    assert FACTS.value(key) == FACTS[key].value == FACTS.values()[key] == value


def test_dead_and_renamed_numbers_never_appear():
    shown = " ".join(f"{fact.value} {fact.label}" for fact in FACTS)
    assert not [number for number in DEAD if number in shown]


def test_no_check_lies_in_the_future_and_every_fact_has_an_owner_and_a_source():
    for fact in FACTS:
        assert fact.checked_on <= TODAY < fact.review_by, fact.key
        assert fact.owner
        assert fact.source
        assert re.fullmatch(r"[a-z][a-z0-9_]*", fact.key)


def test_nothing_is_overdue_today_and_everything_is_some_day():
    assert FACTS.expired(TODAY) == ()
    assert len(FACTS.expired(date(2030, 1, 1))) == len(FACTS)


def test_an_overdue_amount_is_not_shown_but_an_overdue_crisis_number_is():
    later = date(2030, 1, 1)
    assert not FACTS.showable("wmo_contribution", later)
    assert FACTS.showable("emergency", later)
    assert FACTS["emergency"] in FACTS.expired(later)


def test_an_amount_or_a_term_says_where_it_stands_and_a_telephone_number_need_not():
    assert FACTS["wmo_contribution"].cite == "het CAK"
    assert FACTS["objection_weeks"].cite == "de Algemene wet bestuursrecht, artikel 6:7"
    assert FACTS["mantelzorglijn"].cite == ""


def test_an_unknown_key_is_an_error_not_an_empty_text():
    with pytest.raises(KeyError):
        FACTS.value("alarm")


GOOD = "value: '1', label: a, source: b, confidence: official, checked_on: 2026-01-01, review_by: 2027-01-01, owner: c"


def block(key: str, old: str = "", new: str = "") -> str:
    return "facts: {" + key + ": {" + GOOD.replace(old, new) + "}}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (block("Een-Twee"), "snake_case"),
        (block("a", "'1'", "112"), "value must be a text"),
        (block("a", "checked_on: 2026-01-01", "checked_on: gisteren"), "checked_on must be a date"),
        (block("a", "2027", "2025"), "review_by must come after"),
        (block("a", "official", "zeker"), "confidence is one of"),
        (block("a", "owner: c", "owner: c, extra: 1"), "not known ['extra']"),
        (block("a", "owner: c", "owner: c, cite: 6"), "cite must be a text"),
        (block("a", "owner: c", "owner: c, cite: ''"), "cite must be a text"),
        (block("a", "'1'", "'€ 5'"), "needs a cite"),
        (block("a", "'1'", "'6 weken'"), "needs a cite"),
        (block("a", "'1'", "'70% van uw loon'"), "needs a cite"),
        (block("a", "'1'", "'2 keer uw werkweek'"), "needs a cite"),
        ("facts: {a: {value: '1'}}", "missing"),
        ("facts: {a: 112}", "expected a block"),
        ("[]", "expected 'facts:'"),
        ("facts: [", "bad.yml"),
    ],
)
def test_a_wrong_fact_is_named(tmp_path, text, message):
    path = tmp_path / "bad.yml"
    path.write_text(text)
    with pytest.raises(FactError) as refused:
        Facts.load(path)
    assert message in str(refused.value)
