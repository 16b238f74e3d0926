"""HSDS of others and HSDS that is damaged: read as far as it goes, never guessed at, never a crash."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.exchange.hsds import from_hsds, to_hsds
from knowledge.offers.data import find_faults
from tests.unit.knowledge.builders import offer, stay

FOREIGN = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Logeerhuis De Zon",
    "alternate_name": "De Zon",
    "description": "Een huis om even bij te komen.",
    "status": "active",
    "url": "https://dezon.example/logeren",
    "email": "info@dezon.example",
    "minimum_age": 0,
    "maximum_age": 75,
    "assured_date": "2025-03-09",
    "eligibility_description": "Ouderen; mensen met dementie",
    "fees_description": "Eigen bijdrage",
    "organization": {"id": "x", "name": "Stichting De Zon", "description": ""},
    "phones": [{"id": "y", "number": "038-123 45 67"}],
    "service_areas": [{"name": "Zwolle"}, {"name": "Kampen"}],
    "cost_options": [{"currency": "eur", "amount": 12.5, "valid_from": "2025-01-01", "amount_description": "per dag"}],
    "service_at_locations": [
        {"location": {"addresses": [{"city": "Zwolle", "postal_code": "8011 AB", "country": "NL"}]}}
    ],
}


def test_a_service_of_others_tells_what_it_says_and_nothing_more(regions):
    (found,), faults = from_hsds({"contents": [FOREIGN]}, "https://gids.example/hsds", regions)
    assert not faults
    assert found["verify_before_showing"] is True
    assert found["source"] == {
        "url": "https://gids.example/hsds",
        "exact": False,
        "age": "recent",
        "date_words": "2025-03-09",
        "year": 2025,
        "month": 3,
    }
    told = ("name", "organisation", "phone", "email", "url", "located_in", "postcode", "max_age", "scope")
    assert [found[name] for name in told] == [
        "Logeerhuis De Zon",
        "Stichting De Zon",
        "038-123 45 67",
        "info@dezon.example",
        "https://dezon.example/logeren",
        "Zwolle",
        "8011",
        75,
        "municipality",
    ]
    assert found["municipalities"] == ["Zwolle", "Kampen"]
    assert found["price"] == {"euros": "12.50", "per": "per dag", "year": 2025}
    assert not {"kinds", "bound_to", "residents_only", "payers", "min_age", "checked_on", "indication_needed"} & set(
        found
    )


def test_what_others_leave_out_is_all_that_an_editor_has_to_fill_in(regions):
    (found,), _ = from_hsds([FOREIGN], "", regions)
    assert {(fault.field, fault.code) for fault in find_faults(found)} == {
        ("kinds", "required"),
        ("bound_to", "required"),
        ("residents_only", "required"),
    }


@pytest.mark.parametrize(
    ("status", "expected", "doubt"),
    [
        ("active", "active", False),
        ("inactive", "unknown", True),
        ("defunct", "ended", False),
        ("vol", "unknown", False),
    ],
)
def test_the_status_of_others_is_read_with_care(status, expected, doubt):
    (found,), _ = from_hsds([{**FOREIGN, "status": status}])
    assert (found["status"], found.get("existence_uncertain", False)) == (expected, doubt)


def test_areas_that_are_no_municipalities_leave_the_reach_unknown(regions):
    strange = {**FOREIGN, "service_areas": [{"name": "Zwolle"}, {"name": "Salland"}]}
    (found,), _ = from_hsds([strange], "", regions)
    assert (found["area"], found["scope"], found.get("municipalities")) == ("Zwolle, Salland", "unknown", None)


@pytest.mark.parametrize(
    "change",
    [
        {"currency": "GBP"},
        {"amount": "12"},
        {"amount": True},
        {"amount": float("nan")},
        {"valid_from": ""},
        {"amount_description": ""},
    ],
)
def test_a_price_without_year_currency_or_amount_is_no_price(change):
    cost = {**FOREIGN["cost_options"][0], **change}
    (found,), _ = from_hsds([{**FOREIGN, "cost_options": [cost]}])
    assert "price" not in found


def test_a_price_out_of_several_is_for_an_editor_to_choose():
    (found,), _ = from_hsds([{**FOREIGN, "cost_options": FOREIGN["cost_options"] * 2}])
    assert "price" not in found


# -- bad input ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [0, 1, 50, 500, 2000])
def test_text_that_is_cut_off_gives_one_fault(cut):
    found, faults = from_hsds(json.dumps(to_hsds([offer()]))[:cut])
    assert (found, [fault.code for fault in faults]) == ([], ["no_file"])
    assert "HSDS" in faults[0].text


@pytest.mark.parametrize(
    "wrong", [None, 3, "{}", "3", b"\xff\xfe", {}, {"contents": {}}, {"contents": None}, "[" * 100_000]
)
def test_what_is_no_list_of_services_gives_one_fault(wrong):
    found, faults = from_hsds(wrong)
    assert found == []
    assert len(faults) == 1
    assert faults[0].text


def test_one_wrong_item_does_not_spoil_the_others():
    document = to_hsds([offer(), stay()])
    document["contents"].insert(1, ["geen dienst"])
    found, faults = from_hsds(document)
    assert [each["id"] for each in found] == ["t1", "t2"]
    assert [fault.code for fault in faults] == ["not_an_offer"]


def test_a_broken_value_of_our_profile_is_for_the_reader_of_offers_to_refuse():
    document = to_hsds([offer(lead_weeks=[2, 8])])
    for each in document["contents"][0]["attributes"]:
        each["value"] = "[2, " if each["link_type"] == "lead_weeks" else each["value"]
    (found,), faults = from_hsds(document)
    assert not faults
    assert [(fault.field, fault.code) for fault in find_faults(found)] == [("lead_weeks", "range")]


@pytest.mark.parametrize("name", ["note", "money_words", "iets_nieuws"])
def test_a_field_that_does_not_belong_in_the_profile_is_said(name):
    document = json.loads(json.dumps(to_hsds([offer()])))
    document["contents"][0]["attributes"][0]["link_type"] = name
    document["contents"][0]["attributes"] += to_hsds([offer()])["contents"][0]["attributes"]
    (found,), faults = from_hsds(document)
    assert name not in found
    assert [(fault.code, fault.values["value"]) for fault in faults] == [("unknown_field", name)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(list(FOREIGN)) | st.text(max_size=6), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*FOREIGN, "attributes", "last_modified", "languages", "fees"]), JSON))
@settings(max_examples=300, deadline=None)
def test_nothing_that_others_write_makes_it_fail(changes):
    found, _ = from_hsds([{**FOREIGN, **changes}], "https://gids.example")
    assert len(found) == 1
    find_faults(found[0])


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_nothing_in_a_damaged_document_of_ours_makes_it_fail(data):
    document = json.loads(
        json.dumps(to_hsds([offer(price={"euros": "5", "per": "uur", "year": 2026}, lead_weeks=[1, 2])]))
    )
    place = document["contents"]
    while (
        isinstance(place, (dict, list))
        and place
        and data.draw(st.booleans() if place is not document["contents"] else st.just(True))
    ):
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        parent, place = place, place[key]
    parent[key] = data.draw(JSON)
    found, _ = from_hsds(document)
    for each in found:
        find_faults(each)
