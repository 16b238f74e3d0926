"""What people type in a form or a cell becomes an offer, and an offer becomes what they would type."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.offers.columns import COLUMNS
from knowledge.offers.data import find_faults, read_offer, write_offer
from knowledge.offers.typed import data_of
from knowledge.offers.written import texts_of
from tests.unit.knowledge.builders import PLAIN, offers

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@few
@given(offers(), st.sampled_from(["\n", "; "]))
def test_what_is_typed_out_reads_back_the_same(offer, separator):
    data = write_offer(offer)
    texts = texts_of(data, separator)
    assert tuple(texts) == COLUMNS
    assert data_of(texts) == (data, ())


@few
@given(offers())
def test_written_data_reads_back_the_same(offer):
    assert read_offer(write_offer(offer)) == offer


def test_every_seed_offer_can_be_typed(offers):
    for each in offers:
        data, faults = data_of(texts_of(write_offer(each)))
        assert not faults
        assert read_offer(data) == each


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("kinds", "Logeren;ZORGBOERDERIJ", ["stay", "care_farm"]),
        ("kinds", "stay\r\ncare_farm", ["stay", "care_farm"]),
        ("access", "Algemene voorziening", "general"),
        ("residents_only", "Ja", True),
        ("trial_visit", "nee", False),
        ("trial_visit", "onbekend", None),
        ("min_nights", "2,0", 2),
        ("valid_until", "1-2-2027", "2027-02-01"),
        ("valid_until", "2027-02-01 00:00:00", "2027-02-01"),
        ("lead_weeks", "8 tot 10 weken", [8, 10]),
        ("lead_weeks", "3", [3, 3]),
        ("postcode", "8011 AB", "8011"),
        ("municipalities", "zwolle, 's-hertogenbosch", ["Zwolle", "'s-Hertogenbosch"]),
        ("inferred", "Wie betaalt\nphone", ["payers", "phone"]),
    ],
)
def test_people_may_type_it_their_way(column, text, value):
    data, faults = data_of({column: text})
    assert data.get(column) == value
    assert not faults


@pytest.mark.parametrize(
    ("text", "amount"), [("€ 12,50", "12.50"), ("1.250,00", "1250.00"), ("40,-", "40"), ("197", "197")]
)
def test_amounts_are_read_as_people_write_them(text, amount):
    assert data_of({"price.euros": text, "price.per": "dag", "price.year": "2026"}) == (
        {"price": {"euros": amount, "per": "dag", "year": 2026}},
        (),
    )


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("kinds", "logeren\nsauna", "term"),
        ("min_nights", "een paar", "count"),
        ("valid_until", "31-02-2027", "day"),
        ("valid_until", "volgend jaar", "day"),
        ("lead_weeks", "10-8", "range"),
        ("residents_only", "misschien", "flag"),
        ("trial_visit", "soms", "maybe"),
        ("price.year", "1926", "count"),
        ("inferred", "Kleur", "field"),
        ("checks", "Telefoon", "checks"),
        ("phone", "bel maar", "phone"),
    ],
)
def test_what_cannot_be_read_stays_as_it_was_typed_with_a_fault(column, text, code):
    data, faults = data_of({**texts_of(PLAIN), column: text})
    assert code in {fault.code for fault in faults if fault.field == column}
    assert code in {fault.code for fault in find_faults(data) if fault.field == column}
    assert texts_of(data)[column] == text


def test_a_column_that_does_not_exist_is_a_fault():
    (fault,) = data_of({"colour": "blue"})[1]
    assert (fault.code, fault.values) == ("unknown_field", {"value": "colour"})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@few
@given(
    st.dictionaries(st.sampled_from([*PLAIN, "price", "checks", "lead_weeks", "valid_until", "asked", "??"]), ANYTHING)
)
def test_whatever_the_data_nothing_breaks(changes):
    data = {**PLAIN, **changes}
    assert all(isinstance(text, str) for text in texts_of(data).values())
    assert all(fault.text for fault in find_faults(data))
    data_of(texts_of(data))


@few
@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=30)))
def test_whatever_is_typed_nothing_breaks(texts):
    data, faults = data_of(texts)
    assert all(fault.text for fault in faults)
    texts_of(data)


def test_a_name_with_a_comma_in_it_is_one_name() -> None:
    data, faults = data_of({"municipalities": "Nuenen, Gerwen en Nederwetten; Eindhoven, Best"})
    assert data["municipalities"] == ["Nuenen, Gerwen en Nederwetten", "Eindhoven", "Best"]
    assert not faults
