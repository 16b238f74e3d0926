"""Facts are few, dated and owned; emergency numbers stay in view."""

from __future__ import annotations

import re
from datetime import date

import pytest

from knowledge.curation.following import Following
from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records
from knowledge.curation.terms import Confidence
from knowledge.facts import Fact, FactError, Facts, LiveFacts, fact_faults, read_fact, seed_facts
from knowledge.storage import metadata, open_engine, open_sessions

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
    ("text", "faults"),
    [
        (block("Een-Twee"), {("", "key")}),
        (block("a", "'1'", "112"), {("value", "text")}),
        (block("a", "checked_on: 2026-01-01", "checked_on: gisteren"), {("checked_on", "day")}),
        (block("a", "2027", "2025"), {("review_by", "order")}),
        (block("a", "official", "zeker"), {("confidence", "term")}),
        (block("a", "owner: c", "owner: c, extra: 1"), {("extra", "unknown_field")}),
        (block("a", "owner: c", "owner: c, cite: 6"), {("cite", "text")}),
        (block("a", "owner: c", "owner: c, cite: ' '"), {("cite", "required")}),
        (block("a", "owner: c", "owner: c, emergency: 'ja'"), {("emergency", "flag")}),
        (block("a", "'1'", f"'{'1' * 121}'"), {("value", "too_long")}),
        (block("a", "'1'", "'€ 5'"), {("cite", "cite_needed")}),
        (block("a", "'1', label: a", "'€ 5', cite: '', label: a"), {("cite", "cite_needed")}),
        (block("a", "'1'", "'6 weken'"), {("cite", "cite_needed")}),
        (block("a", "'1'", "'70% van uw loon'"), {("cite", "cite_needed")}),
        (block("a", "'1'", "'2 keer uw werkweek'"), {("cite", "cite_needed")}),
        (
            "facts: {a: {value: '1'}}",
            {(name, "required") for name in ("label", "source", "confidence", "checked_on", "review_by", "owner")},
        ),
        (
            block("a", "official, checked_on: 2026-01-01", "x, checked_on: y"),
            {("confidence", "term"), ("checked_on", "day")},
        ),
        ("facts: {a: 112}", {("", "not_a_record")}),
        ("[]", {("facts", "not_a_record")}),
        ("facts: [", set()),
    ],
)
def test_everything_that_is_wrong_with_a_fact_is_named(tmp_path, text, faults):
    path = tmp_path / "bad.yml"
    path.write_text(text)
    with pytest.raises(FactError) as refused:
        Facts.load(path)
    assert {(fault.field, fault.code) for fault in refused.value.faults} == faults
    assert all(fault.text.endswith(".") for fault in refused.value.faults)
    assert "bad.yml" in str(refused.value) or "fact a" in str(refused.value) or "Een-Twee" in str(refused.value)


def test_a_fact_twice_is_refused():
    with pytest.raises(FactError, match="double emergency"):
        Facts([FACTS["emergency"], FACTS["emergency"]])


def fact(**changed) -> Fact:
    body = {**seed_facts()["mantelzorglijn"], **changed}
    return read_fact("a", body)


@pytest.mark.parametrize(("confidence", "shown"), [(one, one in ("official", "secondary")) for one in Confidence])
def test_only_a_fact_with_a_good_source_is_shown_and_an_emergency_number_always(confidence, shown):
    assert Facts([fact(confidence=confidence.value, emergency=False)]).showable("a", TODAY) is shown
    assert Facts([fact(confidence=confidence.value, emergency=True)]).showable("a", TODAY)


def test_what_waits_is_not_shown_and_emergency_numbers_are():
    waiting = {fact.key for fact in FACTS if fact.waits and not fact.emergency}
    assert waiting == FACTS.not_showable(TODAY)
    assert waiting
    assert not waiting & NEEDED


@pytest.fixture
def records(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'facts.db'}")
    metadata.create_all(engine)
    records = Records(open_sessions(engine))
    records.load_seed(RecordKind.FACT, seed_facts())
    yield records
    engine.dispose()


def edit(records, key, **changed):
    present = records.get(RecordKind.FACT, key)
    body = {**present.body, **changed}
    return records.publish(RecordKind.FACT, key, body, by="ann", base_revision=present.revision)


def test_the_live_facts_are_those_of_the_seed_until_an_editor_changes_one(records):
    facts = LiveFacts(records)
    values = facts.values()
    assert {fact.key: fact for fact in facts} == {fact.key: fact for fact in FACTS}
    edit(records, "wmo_contribution", value="€ 23,00 per maand")
    assert facts.value("wmo_contribution") == values["wmo_contribution"] == "€ 23,00 per maand"
    assert dict(values) == {fact.key: fact.value for fact in facts}


def test_a_change_by_another_process_is_seen_within_a_second(records):
    seconds = [0.0]
    made = Following(records, RecordKind.FACT, len, seconds=lambda: seconds[0])
    elsewhere = Records(records._sessions)
    elsewhere.publish(RecordKind.FACT, "new", {}, by="bob", base_revision=0)
    assert made.current() == len(FACTS)
    seconds[0] = 1.0
    assert made.current() == len(FACTS) + 1


def test_a_fact_that_was_removed_or_spoilt_waits_and_an_emergency_number_stays(records):
    facts = LiveFacts(records)
    for key in ("wmo_contribution", "emergency"):
        records.remove(RecordKind.FACT, key, by="ann", base_revision=1, why="")
    edit(records, "veilig_thuis", value=3)
    assert not facts.showable("wmo_contribution", TODAY)
    assert facts.value("emergency") == "112"
    assert facts.value("veilig_thuis") == "0800-2000"
    assert facts.showable("emergency", TODAY)
    assert facts.showable("veilig_thuis", TODAY)


def test_an_editor_cannot_make_an_emergency_number_disappear():
    body = seed_facts()["emergency"]
    assert fact_faults("emergency", body) == ()
    assert [fault.code for fault in fact_faults("emergency", {**body, "emergency": False})] == ["emergency_kept"]
