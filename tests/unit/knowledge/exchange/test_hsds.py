"""HSDS out and in again: valid by the published schemas, equal after the way round, and silent about editors."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.exchange.hsds import Publication, brief_service_of, from_hsds, page_of, public_data, service_of, to_hsds
from knowledge.exchange.hsds_profile import describe_profile
from knowledge.offers.data import read_offer
from knowledge.offers.freshness import Stage, freshness_of
from knowledge.vocabulary import OfferKind, OfferStatus
from tests.unit.knowledge.builders import SOURCE, offer, offers, stay
from tests.unit.knowledge.exchange.hsds_schemas import LISTED, WHOLE, faults_of, schema

TODAY = date(2026, 11, 22)
HIDDEN = "Mevrouw Geheim van de planning"


def sent(document):
    """As somebody else gets it."""
    return json.loads(json.dumps(document))


def there_and_back(found, today=None):
    back, faults = from_hsds(sent(to_hsds(found, today)))
    assert not faults
    return back


@pytest.mark.parametrize("name", [LISTED, WHOLE])
def test_the_whole_seed_is_valid(offers, name):
    for today in (None, TODAY):
        for service in to_hsds(offers, today)["contents"]:
            assert not faults_of(sent(service), name)


def test_the_whole_seed_comes_back_as_it_left(offers):
    assert there_and_back(offers) == [public_data(each) for each in offers]
    assert [read_offer(each).id for each in there_and_back(offers)] == [each.id for each in offers]


def test_what_everyone_may_see_comes_back_as_it_left(offers):
    shown = [each for each in offers if freshness_of(each, TODAY).stage is not Stage.GONE]
    assert there_and_back(offers, TODAY) == [public_data(each, TODAY) for each in shown]


@given(offers())
@settings(max_examples=120, deadline=None)
def test_any_offer_is_valid_and_comes_back_as_it_left(any_offer):
    for service in to_hsds([any_offer])["contents"]:
        assert not faults_of(sent(service)) + faults_of(sent(service), LISTED)
    back = there_and_back([any_offer])
    assert back == [public_data(any_offer)]
    assert public_data(read_offer(back[0])) == public_data(any_offer)


@given(offers(note=HIDDEN, money_words=HIDDEN, checked_by=HIDDEN, checked_on="2026-05-01"), st.booleans())
@settings(max_examples=60, deadline=None)
def test_notes_and_the_names_of_editors_never_leave(any_offer, for_everyone):
    assert HIDDEN not in json.dumps(to_hsds([any_offer], TODAY if for_everyone else None), ensure_ascii=False)


def test_who_was_spoken_with_does_not_leave_in_public():
    check = {"field": "price", "source": HIDDEN, "checked_on": "2026-05-01", "checked_by": HIDDEN}
    assert HIDDEN not in json.dumps(to_hsds([offer(checks=[check])], TODAY), ensure_ascii=False)


def test_what_was_taken_from_the_published_list_schema_is_the_same_in_the_transcription():
    tables = schema(WHOLE)["$defs"]
    for name, published in (("service", schema(LISTED)), *_nested(schema(LISTED))):
        assert tables[name]["required"] == published["required"]
        for field, promise in published["properties"].items():
            if promise.get("type") != "object":
                assert tables[name]["properties"][field] == {
                    key: promise[key] for key in ("type", "format", "enum") if key in promise
                }


def _nested(published):
    return [(name, each) for name, each in published["properties"].items() if each.get("type") == "object"]


def test_the_check_can_fail():
    service = sent(to_hsds([offer()])["contents"][0])
    assert faults_of({**service, "status": "open"})
    assert faults_of({**service, "id": "t1"})
    assert faults_of({**service, "phones": [{"number": "14 038"}]})
    assert faults_of({**service, "url": "geen adres"})
    assert faults_of({**service, "last_modified": "gisteren"})


# -- the mapping -------------------------------------------------------------------------------------------------------


def service(found, **how):
    return service_of(found, Publication(**{"today": TODAY, **how}))


def test_telephone_and_price_leave_only_while_they_may_be_shown():
    told = {"phone": "038-123 45 67", "price": {"euros": "12.50", "per": "uur", "year": 2026}}
    fresh, old = offer(**told), offer(**told, source={**SOURCE, "age": "old", "year": 2012})
    assert service(fresh)["phones"][0]["number"] == "038-123 45 67"
    cost = service(fresh)["cost_options"][0]
    assert (cost["amount"], cost["currency"], cost["valid_from"], cost["valid_to"]) == (
        12.5,
        "EUR",
        "2026-01-01",
        "2026-12-31",
    )
    assert "038" not in json.dumps(service(old))
    assert not {"cost_options", "phones"} & set(service(old))
    assert "12.50" not in service(old).get("fees_description", "")


@pytest.mark.parametrize(
    ("status", "written", "alert"),
    [
        ("active", "active", None),
        ("unknown", "active", None),
        ("waiting_list", "active", "Wachtlijst."),
        ("temporarily_closed", "temporarily closed", "Tijdelijk dicht."),
        ("ended", "defunct", "Gestopt."),
    ],
)
def test_the_status_is_one_of_hsds_and_ours_stays_beside_it(status, written, alert):
    found = service(offer(status=status), today=None)
    assert (found["status"], found.get("alert")) == (written, alert)
    told = [each["value"] for each in found["attributes"] if each["link_type"] == "status"]
    assert told == ([] if status == "unknown" else [status])
    assert there_and_back([offer(status=status)])[0].get("status", "unknown") == status


def test_what_has_ended_is_not_published():
    ended = offer(status="ended")
    assert to_hsds([ended], TODAY)["empty"]
    assert to_hsds([ended])["total_items"] == 1


def test_a_stale_offer_says_so():
    stale = offer(source={**SOURCE, "age": "older", "year": 2021})
    found = service(stale, warning=lambda fresh: f"Let op: {fresh.code}")
    assert found["alert"] == "Let op: unchecked"
    assert [each["value"] for each in found["attributes"] if each["link_type"] == "freshness"] == ["unchecked"]
    assert "alert" not in service(offer(), warning=lambda fresh: f"Let op: {fresh.code}")


def test_what_was_inferred_is_not_told_as_if_it_was_read():
    guessed = offer(payers=["free"], phone="14 038", inferred=["payers", "phone", "area"])
    found = service(guessed, today=None)
    assert not {"funding", "fees_description", "phones", "service_areas"} & set(found)
    told = {each["link_type"]: each["value"] for each in found["attributes"]}
    assert (told["payers"], told["phone"], told["area"]) == ("free", "14 038", "Zwolle")
    assert there_and_back([guessed]) == [public_data(guessed)]


def test_where_it_stands_is_a_location_and_an_address_once_the_province_is_known(regions):
    house = stay(postcode="8011")
    place = service(house, regions=regions)["service_at_locations"][0]["location"]
    assert (place["name"], place["location_type"]) == ("Zwolle", "physical")
    address = place["addresses"][0]
    assert (address["city"], address["postal_code"], address["state_province"]) == ("Zwolle", "8011", "Overijssel")
    assert address["address_1"] == ""
    assert "addresses" not in service(house)["service_at_locations"][0]["location"]
    assert not faults_of(service(house, regions=regions))
    assert "service_at_locations" not in service(offer())


def test_when_it_was_changed_is_told_to_the_millisecond():
    moment = datetime(2026, 3, 4, 5, 6, 7, 891_234, tzinfo=timezone.utc)
    assert service(offer(), changed={"t1": moment})["last_modified"] == "2026-03-04T05:06:07.891Z"
    naive = service(offer(), changed={"t1": moment.replace(tzinfo=None)})
    assert naive["last_modified"] == "2026-03-04T05:06:07.891Z"


def test_identifiers_are_the_same_tomorrow_and_everywhere():
    assert service(offer())["id"] == "3b4853c0-7ff8-5a7c-b4a0-d31e2cc5fb58"
    kind = next(each for each in service(offer())["attributes"] if each["link_type"] == "kinds")
    assert kind["taxonomy_term"]["id"] == "151ac3ac-0a95-5283-b52e-f8ecff5b76fd"


def test_every_attribute_has_an_identifier_of_its_own(offers):
    ids = [
        row["id"]
        for each in to_hsds(offers)["contents"]
        for table in each.values()
        if isinstance(table, list)
        for row in table
    ]
    assert len(set(ids)) == len(ids)


def test_in_a_list_stands_what_there_is_once():
    brief = brief_service_of(offer(phone="14 038"), Publication(TODAY))
    assert not any(isinstance(value, list) for value in brief.values())
    assert not faults_of(brief, LISTED)


def test_pages_say_which_they_are():
    page = page_of([{}], total=41, page=3, per_page=20)
    assert (page["total_pages"], page["first_page"], page["last_page"], page["size"]) == (3, False, True, 1)
    assert page_of([], total=0, page=1, per_page=20)["empty"]


def test_every_term_is_in_the_profile():
    described = describe_profile()
    kinds = next(each for each in described["taxonomies"] if each["name"].endswith(":OfferKind"))
    assert {term["code"] for term in kinds["terms"]} == {kind.value for kind in OfferKind}
    assert {term["name"] for each in described["taxonomies"] for term in each["terms"]} >= {
        each.label for each in OfferStatus
    }
    assert not {"note", "money_words"} & {each["link_type"] for each in described["attributes"]}
