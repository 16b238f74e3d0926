"""What an offer lacks is asked for; what in it cannot all be true is pointed at."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from knowledge.offers.completeness import contradictions, lacks
from knowledge.offers.guide import GUIDE
from tests.unit.knowledge.builders import offer, stay
from tests.unit.knowledge.builders import offers as any_offers

FULL = {
    "audience": ["ouderen"],
    "excluded": ["niemand uitgesloten"],
    "ages": ["older"],
    "day_parts": ["morning"],
    "min_hours": 2,
    "max_hours": 4,
    "lead_weeks": [1, 2],
    "access": "general",
    "indication_needed": False,
    "applicants": ["carer"],
    "payers": ["free"],
    "phone": "038-1234567",
    "status": "active",
    "checked_on": "2026-11-01",
    "checked_by": "Ann",
    "valid_until": "2027-06-01",
}


def test_a_full_offer_lacks_nothing():
    assert lacks(offer(**FULL)) == ()


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({"audience": []}, "audience"),
        ({"ages": []}, "ages"),
        ({"phone": None}, "phone"),
        ({"status": "unknown"}, "status"),
        ({"scope": "unknown"}, "scope"),
        ({"payers": ["wmo"]}, "price"),
        ({"indication_needed": True, "access": "tailored"}, "indication_by"),
        ({"inferred": ["audience"]}, "audience"),
        ({"valid_until": None}, "valid_until"),
        ({"place": "away", "kinds": ["stay"]}, "transport"),
    ],
)
def test_what_is_unknown_or_only_inferred_is_lacking_until_it_was_asked_for(change, lacking):
    assert lacks(offer(**{**FULL, **change})) == (lacking,)
    if GUIDE[lacking].inferable:
        assert lacks(offer(**{**FULL, **change}, asked=[lacking])) == ()


@pytest.mark.parametrize(
    "instead",
    [
        {"phone": None, "email": "a@b.nl"},
        {"ages": [], "min_age": 18},
        {"min_hours": None, "min_nights": 1},
        {"excluded": [], "declines": ["nursing"]},
    ],
)
def test_another_field_may_say_the_same(instead):
    assert lacks(offer(**{**FULL, **instead})) == ()


def test_a_free_offer_needs_no_price_but_one_that_was_only_guessed_to_be_free_does():
    assert "price" in lacks(offer(**{**FULL, "inferred": ["payers"]}))


def test_who_takes_over_no_care_is_not_asked_for_hours_or_transport(by_id):
    assert not {"transport", "min_hours", "day_parts", "lead_weeks", "ages"} & set(lacks(by_id["o002"]))


def test_every_seed_offer_still_needs_an_editor(offers):
    assert all("checked_on" in lacks(each) for each in offers)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(any_offers())
def test_only_needed_fields_can_lack_and_whatever_the_offer_contradictions_can_be_said(regions, any_offer):
    assert all(GUIDE[name].needed for name in lacks(any_offer))
    assert not set(lacks(any_offer)) & any_offer.asked
    assert all(fault.text for fault in contradictions(any_offer, regions))


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"municipalities": ["Zwolle"], "province": "Utrecht"}, "municipalities", "elsewhere"),
        ({"municipalities": ["Nergenshuizen"]}, "municipalities", "municipality"),
        ({"ggd_region": "GGD Twente"}, "municipalities", "elsewhere"),
        ({"located_in": "Kampen", "residents_only": True}, "located_in", "outside_area"),
        ({"postcode": "1099"}, "postcode", "unknown_postcode"),
        ({"postcode": "1012"}, "postcode", "postcode_elsewhere"),
        ({"kinds": ["home_paid"]}, "place", "home_and_away"),
        ({"kinds": ["day_care"], "max_nights": 3}, "kinds", "nights_at_day_care"),
        ({"payers": ["free"], "price": {"euros": "5", "per": "uur", "year": 2026}}, "price", "free_and_price"),
        ({"access": "general", "indication_needed": True}, "access", "indication_and_general"),
        ({"access": "tailored", "indication_needed": False}, "access", "tailored_without_indication"),
        ({"status": "active", "existence_uncertain": True}, "status", "open_but_uncertain"),
        ({"transport": "self", "asked": ["transport"]}, "transport", "asked_and_known"),
    ],
)
def test_what_cannot_all_be_true_is_pointed_at(change, field, code, regions):
    found = contradictions(stay(**change), regions)
    assert (field, code) in {(fault.field, fault.code) for fault in found}
    assert not contradictions(stay(), regions)
