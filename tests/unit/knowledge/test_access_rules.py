"""Municipal access rules: what the guide asks, every fault at once, and what may be said of them today."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.access.checks import AccessRulesError, find_faults
from knowledge.access.data import read_local_rules
from knowledge.access.guide import FAULTS, RULES, SECTIONS, RuleAnswer, ShownWhen
from knowledge.access.hours import Hours, HoursError
from knowledge.access.record import LocalRule, LocalRules, Standing
from tests.unit.knowledge.local_rules import CHECK, TODAY, codes, local, local_data, rule_data

# -- the guide ------------------------------------------------------------------------------------------------------


def test_all_eighteen_rows_of_the_requirements_are_rules() -> None:
    rows = {int(row) for guide in RULES.values() for row in guide.row.split(",") if row.strip().isdigit()}
    assert rows == set(range(1, 19))


def test_what_the_requirements_ask_beside_the_rows_is_there() -> None:
    assert {"wmo_melding", "kostenregel", "clientondersteuner", "kantooruren", "antwoorder"} <= set(RULES)


def test_every_rule_and_field_is_explained_to_editors() -> None:
    for guide in RULES.values():
        assert guide.section in SECTIONS
        for one in (guide, *guide.fields):
            assert one.label, one
            assert one.help.endswith((".", "?", '".')), one
            assert one.example, one
            assert one.description, one


def test_a_rule_that_is_told_has_where_to_ask_or_a_number() -> None:
    told = {guide.key for guide in RULES.values() if guide.shown is ShownWhen.AFTER_OFFERS}
    for key in told:
        block = rule_data(key)
        del block["contact"]
        assert codes(local_data(**{key: block})) == {(f"{key}.contact", "needed_contact")}


# -- reading and faults ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", RULES)
def test_a_complete_rule_is_read(key: str) -> None:
    assert local(**{key: rule_data(key)}).answer(key, TODAY) is RuleAnswer.YES


@pytest.mark.parametrize("key", [key for key, guide in RULES.items() if any(d.needed for d in guide.details.values())])
def test_a_checked_yes_without_its_details_is_refused(key: str) -> None:
    bare = {"answer": "yes", "contact": "het loket", **CHECK}
    needed = {(f"{key}.{name}", "needed_detail") for name, one in RULES[key].details.items() if one.needed}
    assert codes(local_data(**{key: bare})) == needed


def test_an_unchecked_yes_may_be_as_thin_as_its_source() -> None:
    assert not codes(local_data(spoedroute={"answer": "yes", "source": "een rapport", "source_year": 2020}))


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"answer": "misschien"}, "answer", "bad_answer"),
        ({"phone": "bel ons"}, "phone", "bad_phone"),
        ({"phone": 570123456}, "phone", "not_text"),
        ({"hours": "overdag"}, "hours", "bad_hours"),
        ({"criteria": " "}, "criteria", "not_text"),
        ({"valid_until": "31-02-2026"}, "valid_until", "bad_day"),
        ({"valid_until": "2026-10-01"}, "valid_until", "ends_before_check"),
        ({"source_year": "vorig jaar"}, "source_year", "bad_year"),
        ({"source_year": True}, "source_year", "bad_year"),
        ({"limit": "veel"}, "limit", "unknown_detail"),
        ({"checked_by": None}, "checked_by", "not_text"),
    ],
)
def test_what_is_wrong_is_named_where_it_is(changes: dict[str, Any], field: str, code: str) -> None:
    assert codes(local_data(spoedroute=rule_data("spoedroute", **changes))) == {(f"spoedroute.{field}", code)}


@pytest.mark.parametrize(
    ("left_out", "field", "code"),
    [
        ("checked_by", "checked_by", "checked_half"),
        ("checked_on", "checked_on", "checked_half"),
        ("valid_until", "valid_until", "needed_valid_until"),
        ("source", "source", "needed_source"),
    ],
)
def test_who_vouches_says_who_when_from_where_and_until_when(left_out: str, field: str, code: str) -> None:
    block = rule_data("spoedroute")
    del block[left_out]
    assert codes(local_data(spoedroute=block)) == {(f"spoedroute.{field}", code)}


def test_all_faults_come_at_once_and_in_dutch() -> None:
    data = {
        "municipality": "Nergens",
        "burgemeester": "x",
        "care_office": 3,
        "rules": {"vrij_geld": {}, "spoedroute": 1, "respijtwijzer": {"answer": "yes", "url": "www.x.nl"}},
    }
    faults = find_faults(data, ["Deventer"])
    assert {fault.code for fault in faults} == {
        "unknown_municipality", "unknown_field", "not_text", "unknown_rule", "not_a_record", "bad_url",
    }  # fmt: skip
    assert all(fault.text and "{" not in fault.text for fault in faults)
    with pytest.raises(AccessRulesError) as raised:
        read_local_rules("GM0000", data, ["Deventer"])
    assert raised.value.faults == faults


@pytest.mark.parametrize("data", [None, [], "ja", {"rules": []}, {}])
def test_what_is_no_record_is_refused(data: Any) -> None:
    assert find_faults(data)


def test_every_fault_has_a_sentence() -> None:
    source = "".join(path.read_text("utf-8") for path in Path("knowledge/access").glob("*.py"))
    assert all(f'"{code}"' in source for code in FAULTS)


# -- what may be said today -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_rule_holds_until_its_last_day_and_is_unknown_after(answer: str) -> None:
    rules = local(spoedroute=rule_data("spoedroute", answer=answer))
    last = date(2026, 12, 31)
    assert rules.answer("spoedroute", last).value == answer
    assert rules.answer("spoedroute", last + timedelta(days=1)) is RuleAnswer.UNKNOWN
    assert rules.rule("spoedroute").standing(last + timedelta(days=1)) is Standing.EXPIRED


def test_what_nobody_checked_is_unknown_whatever_it_says() -> None:
    rules = local(vrij_budget={"answer": "yes", "holder": "het wijkteam"})
    assert rules.answer("vrij_budget", TODAY) is RuleAnswer.UNKNOWN
    assert rules.holding("vrij_budget", TODAY) is None
    assert rules.rule("vrij_budget").standing(TODAY) is Standing.UNVERIFIED


def test_what_nobody_recorded_is_unknown_and_a_no_is_no_yes() -> None:
    rules = local(wmo_melding=rule_data("wmo_melding", answer="no"))
    assert rules.answer("spoedroute", TODAY) is RuleAnswer.UNKNOWN
    assert rules.answer("wmo_melding", TODAY) is RuleAnswer.NO
    assert rules.holding("wmo_melding", TODAY) is None


@given(
    st.sampled_from(RuleAnswer),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["", "Els"]),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_unknown_is_never_yes(answer: RuleAnswer, checked_on: date | None, by: str, until: date | None) -> None:
    rule = LocalRule("spoedroute", answer, checked_on=checked_on, checked_by=by, valid_until=until)
    rules = LocalRules("GM0150", "Deventer", {"spoedroute": rule})
    vouched = bool(checked_on and checked_on <= TODAY and by and until and until >= TODAY)
    assert (rules.holding("spoedroute", TODAY) is not None) == (answer is RuleAnswer.YES and vouched)


def test_office_hours_are_those_of_the_rule_only_while_it_holds() -> None:
    rules = local(kantooruren=rule_data("kantooruren", hours="ma, wo 9-12.30"))
    assert rules.office_hours(TODAY) == Hours.read("ma, wo 9.00-12.30")
    assert rules.office_hours(date(2027, 1, 1)) is None


# -- hours ----------------------------------------------------------------------------------------------------------


@given(st.sets(st.integers(0, 6), min_size=1), st.times(), st.times())
def test_hours_are_read_as_they_are_written(days: set[int], one: Any, other: Any) -> None:
    opens, closes = sorted(moment.replace(second=0, microsecond=0) for moment in (one, other))
    if opens < closes:
        hours = Hours(frozenset(days), opens, closes)
        assert Hours.read(str(hours)) == hours


def test_day_and_night_is_always() -> None:
    assert Hours.read(" Dag en nacht ").always
    assert str(Hours.read("24 uur per dag")) == "dag en nacht"


@pytest.mark.parametrize(
    "text", ["", "ma-vr", "9-17", "vr-ma 9-17", "ma-vr 17-9", "ma-vr 9-25", "xx 9-17", "ma-di-wo 9-12"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(HoursError):
        Hours.read(text)
