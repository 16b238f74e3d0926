"""Reading an offer says clearly everything that is wrong with it, and writing it loses nothing."""

from __future__ import annotations

import json

import pytest

from knowledge.offers.data import find_faults, read_offer, read_offers, read_trusted, write_offer
from knowledge.offers.faults import OfferError

from .builders import PLAIN, SOURCE, offer

CHECK = {"field": "phone", "source": "gebeld", "checked_on": "2026-10-01", "checked_by": "Ann"}


def test_every_seed_offer_reads_back_the_same(offers):
    assert all(read_offer(json.loads(json.dumps(write_offer(each)))) == each for each in offers)


def test_the_fast_path_reads_what_the_careful_one_reads(offers):
    assert all(read_trusted(write_offer(each)) == each for each in offers)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"id": ""}, "id", "required"),
        ({"id": "o 1"}, "id", "identifier"),
        ({"name": " "}, "name", "required"),
        ({"name": 5}, "name", "text"),
        ({"name": "a\nb"}, "name", "one_line"),
        ({"name": "a\x00b"}, "name", "control"),
        ({"name": "a\u202eb"}, "name", "control"),
        ({"note": "x" * 2001}, "note", "too_long"),
        ({"kinds": ["sauna"]}, "kinds", "term"),
        ({"kinds": []}, "kinds", "required"),
        ({"kinds": "stay"}, "kinds", "list"),
        ({"kinds": ["stay", "stay"]}, "kinds", "twice"),
        ({"audience": [f"groep {number}" for number in range(41)]}, "audience", "too_many"),
        ({"audience": ["ouderen; jongeren"]}, "audience", "semicolon"),
        ({"scope": "galaxy"}, "scope", "term"),
        ({"municipalities": []}, "municipalities", "needed_for_scope"),
        ({"scope": "province", "province": None}, "province", "needed_for_scope"),
        ({"scope": "radius", "located_in": "Zwolle"}, "radius_km", "needed_for_scope"),
        ({"scope": "radius", "radius_km": 20}, "located_in", "radius_centre"),
        ({"radius_km": 20}, "radius_km", "only_with_radius"),
        ({"scope": "region", "ggd_region": "GGD Atlantis"}, "ggd_region", "region"),
        ({"province": "Transsylvanië"}, "province", "province"),
        ({"postcode": "0123"}, "postcode", "postcode"),
        ({"url": "javascript:alert(1)"}, "url", "url"),
        ({"url": "https://"}, "url", "url"),
        ({"url": "https://ja@b.nl/"}, "url", "url"),
        ({"phone": "12"}, "phone", "phone"),
        ({"phone": "038-12345"}, "phone", "phone"),
        ({"phone": "+49 30 123456"}, "phone", "phone"),
        ({"email": "a@b"}, "email", "email"),
        ({"residents_only": "yes"}, "residents_only", "flag"),
        ({"trial_visit": "misschien"}, "trial_visit", "maybe"),
        ({"min_nights": 0}, "min_nights", "count"),
        ({"min_nights": True}, "min_nights", "count"),
        ({"min_nights": 9, "max_nights": 3}, "min_nights", "above"),
        ({"min_hours": 9, "max_hours": 3}, "min_hours", "above"),
        ({"min_age": 90, "max_age": 18}, "min_age", "above"),
        ({"lead_weeks": [10, 8]}, "lead_weeks", "range"),
        ({"waiting_weeks": [1]}, "waiting_weeks", "range"),
        ({"price": {"euros": "5"}}, "price.per", "required"),
        ({"price": {"euros": "gratis", "per": "uur", "year": 2026}}, "price.euros", "amount"),
        ({"price": {"euros": "5", "per": "uur", "year": 1999}}, "price.year", "count"),
        ({"price": "5 euro"}, "price", "block"),
        ({"conditions": ["cancer"], "excluded_conditions": ["cancer"]}, "excluded_conditions", "both"),
        ({"accepts": ["lifting"], "declines": ["lifting"]}, "declines", "both"),
        ({"inferred": ["name"]}, "inferred", "field"),
        ({"asked": ["colour"]}, "asked", "field"),
        ({"checked_on": "gisteren", "checked_by": "Ann"}, "checked_on", "day"),
        ({"checked_on": "2026-10-01"}, "checked_on", "together"),
        ({"checked_on": "2026-10-01", "checked_by": "A", "valid_until": "2026-09-01"}, "valid_until", "before"),
        ({"checked_on": "2026-10-01", "checked_by": "A", "ends_on": "2026-09-01"}, "ends_on", "before"),
        ({"ends_on": "2026-04-30"}, "ends_on", "before"),
        ({"source": None}, "source", "required"),
        ({"source": {**SOURCE, "month": 20}}, "source.month", "count"),
        ({"source": {**SOURCE, "year": None}}, "source.month", "month_without_year"),
        ({"source": {"url": "https://a.nl", "age": "recent", "exact": True}}, "source.date_words", "required"),
        ({"source": {**SOURCE, "colour": "red"}}, "source", "unknown_field"),
        ({"checks": "phone"}, "checks", "checks"),
        ({"checks": [{**CHECK, "field": "id"}]}, "checks.field", "field"),
        ({"checks": [{**CHECK, "source": "a | b"}]}, "checks.source", "bar"),
        ({"checks": [{**CHECK, "expires": "2026-09-01"}]}, "checks.expires", "before"),
        ({"favourite": True}, "", "unknown_field"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_wrong(change, field, code):
    faults = find_faults({**PLAIN, **change})
    assert (field, code) in {(fault.field, fault.code) for fault in faults}
    assert all(fault.text and "{" not in fault.text for fault in faults)
    with pytest.raises(OfferError):
        offer(**change)


@pytest.mark.parametrize(
    "phone",
    [
        *("050-312 60 00", "0318 12 34 56", "06-12345678", "0800 0113", "0900-8844", "088 1234567", "14 038", "113"),
        *("116 111", "+31 (0)38 123 45 67", "(038) 123 45 67", "0031 38 1234567"),
    ],
)
def test_numbers_as_the_dutch_write_them_are_right(phone):
    assert offer(phone=phone).phone == phone


def test_an_offer_that_has_ended_may_have_ended_before_its_source():
    assert offer(status="ended", ends_on="2018-04-30")


def test_everything_that_is_wrong_is_told_at_once_and_in_the_order_of_the_form():
    faults = find_faults(
        {**PLAIN, "phone": "x", "name": "", "kinds": ["sauna", "bad"], "scope": "province", "province": None}
    )
    assert [fault.field for fault in faults] == ["name", "kinds", "kinds", "province", "phone"]
    assert "Kies uit: vrijwilliger thuis" in faults[1].text


def test_the_error_names_the_offer_and_the_first_faults_in_one_line():
    with pytest.raises(OfferError) as refused:
        offer(name="", phone="x", min_nights=0, url="y", postcode="z")
    message = str(refused.value)
    assert message.startswith("offer t1: Naam is leeg. Vul dit in.")
    assert "\n" not in message
    assert message.endswith("(+2)")
    assert len(refused.value.faults) == 5


def test_a_place_that_is_no_municipality_is_refused_when_the_names_are_known():
    assert not find_faults(PLAIN, {"Zwolle"})
    (fault,) = find_faults({**PLAIN, "located_in": "Swolle"}, {"Zwolle"})
    assert (fault.field, fault.code, fault.values) == ("located_in", "municipality", {"value": "Swolle"})


def test_a_list_that_is_no_offer_is_refused():
    with pytest.raises(OfferError, match="geen aanbod"):
        read_offer(["o001"])  # type: ignore[arg-type]


def test_a_file_with_a_double_id_or_an_unknown_municipality_or_broken_json_is_refused(tmp_path):
    path = tmp_path / "offers.json"
    path.write_text(json.dumps([PLAIN, PLAIN]))
    with pytest.raises(OfferError, match="t1 komt twee keer voor"):
        read_offers(path)
    path.write_text(json.dumps([PLAIN]))
    with pytest.raises(OfferError, match='"Zwolle" is geen gemeente'):
        read_offers(path, municipalities=["Utrecht"])
    path.write_text("[")
    with pytest.raises(OfferError, match=r"offers\.json"):
        read_offers(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(OfferError, match=r"offers\.json"):
        read_offers(path)
    path.write_text("{}")
    with pytest.raises(OfferError, match="geen lijst"):
        read_offers(path)
