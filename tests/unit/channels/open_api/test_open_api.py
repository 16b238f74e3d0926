"""What the open catalogue gives: the right offers, a page at a time, and of each only what may be shown today."""

from __future__ import annotations

import json

import pytest

from knowledge.curation.record import RecordKind
from knowledge.exchange.hsds import from_hsds, may_be_published, public_data, to_hsds
from knowledge.exchange.hsds_profile import uuid_of
from knowledge.offers.data import read_offers
from knowledge.vocabulary import OfferKind
from tests.unit.knowledge.builders import SOURCE, offer, stay

pytestmark = pytest.mark.asyncio
OLD = {**SOURCE, "age": "older", "year": 2021}


def names(contents):
    return [service["name"] for service in contents]


async def test_the_document_is_valid_and_is_served(house):
    assert house.promises.faults_of_document() == []
    assert (await house.get("/openapi.json")).json() == json.loads(json.dumps(house.promises.document))


async def test_the_check_of_the_document_can_fail(house):
    house.promises.document["paths"]["/offers"]["get"]["responses"]["200"] = {"beschrijving": "geen"}
    assert house.promises.faults_of_document()


async def test_the_root_says_what_this_is_and_where_the_rest_stands(house):
    told = (await house.get()).json()
    assert told["version"] == "3.0"
    for address in (told["profile"], told["openapi_url"]):
        assert (await house.http.get(address)).status_code == 200
    assert (await house.http.get("/api/v1/")).json() == told
    assert {each["link_type"] for each in (await house.get("/profile")).json()["attributes"]} >= {"kinds", "lead_weeks"}


async def test_every_seed_offer_that_may_be_shown_is_there_once_over_all_pages(seeded):
    found, page, last = [], 1, False
    while not last:
        body = (await seeded.get(f"/offers?per_page=25&page={page}")).json()
        assert (body["page_number"], body["first_page"], body["size"]) == (page, page == 1, len(body["contents"]))
        found, last, page = found + body["contents"], body["last_page"], page + 1
    shown = [each for each in read_offers() if may_be_published(each, seeded.clock().date())]
    assert [each["id"] for each in found] == [uuid_of("service", each.id) for each in shown]
    assert body["total_items"] == len(shown)


async def test_whole_pages_are_what_an_export_gives_and_can_be_read_back(seeded):
    today = seeded.clock().date()
    contents = await seeded.contents("?full=true&per_page=100&search=logeren")
    assert contents
    back, faults = from_hsds({"contents": contents})
    assert not faults
    by_id = {each.id: each for each in read_offers()}
    assert back == [public_data(by_id[each["id"]], today) for each in back]
    assert set(contents[0]) >= set(to_hsds([by_id[back[0]["id"]]], today)["contents"][0])


async def test_pages_link_to_each_other_with_the_same_question(seeded):
    first = await seeded.get("/offers?kind=stay&per_page=2")
    assert first.links["next"]["url"] == "https://adempauze.example/api/v1/offers?kind=stay&page=2&per_page=2"
    assert "prev" not in first.links
    second = await seeded.http.get(first.links["next"]["url"])
    assert second.links["prev"]["url"].endswith("page=1&per_page=2")
    assert not {each["id"] for each in first.json()["contents"]} & {each["id"] for each in second.json()["contents"]}
    last = await seeded.http.get(first.links["last"]["url"])
    assert last.json()["last_page"]
    assert "next" not in last.links


async def test_past_the_last_page_there_is_nothing(seeded):
    body = (await seeded.get("/offers?page=1000")).json()
    assert (body["empty"], body["contents"], body["first_page"], body["last_page"]) == (True, [], False, False)


async def test_an_empty_catalogue_is_an_empty_page(house):
    body = (await house.get("/offers")).json()
    assert (body["total_items"], body["total_pages"], body["empty"]) == (0, 1, True)


async def test_one_offer_by_our_id_and_by_its_uuid(seeded):
    ours = await seeded.get("/offers/o004")
    assert ours.json()["name"].startswith("Respijtzorg")
    same = await seeded.get(f"/offers/{ours.json()['id']}")
    assert same.json() == ours.json()
    assert (await seeded.get(f"/offers/{ours.json()['id'].upper()}")).status_code == 200
    assert (await seeded.get("/offers/o999")).status_code == 404


# -- filters -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def shelf(house):
    house.catalogue.save(offer(id="a", name="Thuis in Zwolle"), "Els")
    house.catalogue.save(stay(id="b", name="Logeren in Zwolle", residents_only=True, aliases=["Wmo-extra"]), "Els")
    house.catalogue.save(offer(id="c", name="Café Kampen", area="Kampen", municipalities=["Kampen"]), "Els")
    house.catalogue.save(offer(id="d", name="Overal", area="Nederland", scope="national", municipalities=[]), "Els")
    return house


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", ["Thuis in Zwolle", "Logeren in Zwolle", "Café Kampen", "Overal"]),
        ("municipality=Zwolle", ["Thuis in Zwolle", "Logeren in Zwolle", "Overal"]),
        ("municipality=zwolle", ["Thuis in Zwolle", "Logeren in Zwolle", "Overal"]),
        ("municipality=GM0193", ["Thuis in Zwolle", "Logeren in Zwolle", "Overal"]),
        ("postcode=8261AB", ["Café Kampen", "Overal"]),
        ("postcode=8261&municipality=Kampen", ["Café Kampen", "Overal"]),
        ("kind=stay", ["Logeren in Zwolle"]),
        ("kind=stay&kind=home_volunteer", ["Thuis in Zwolle", "Logeren in Zwolle", "Café Kampen", "Overal"]),
        ("search=cafe", ["Café Kampen"]),
        ("search=wmo-extra", ["Logeren in Zwolle"]),
        ("search=zwolle+LOGEREN", ["Logeren in Zwolle"]),
        ("search=zwolle+bowlen", []),
        ("kind=stay&municipality=Kampen", []),
        ("municipality=Den+Haag", ["Overal"]),
    ],
)
async def test_filters_go_together(shelf, question, expected):
    assert names(await shelf.contents(f"?{question}")) == expected


async def test_a_house_is_found_by_who_can_travel_there_and_by_nobody_further_away(house):
    house.catalogue.save(stay(name="Huis in Zwolle"), "Els")
    assert names(await house.contents("?municipality=Kampen")) == ["Huis in Zwolle"]
    assert names(await house.contents("?municipality=Arnhem")) == []


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("municipality=Nergens", "municipality"),
        ("municipality=", "municipality"),
        ("postcode=0000", "postcode"),
        ("postcode=Zwolle", "postcode"),
        ("kind=hotel", "kind"),
        ("per_page=0", "per_page"),
        ("per_page=101", "per_page"),
        ("per_page=٣", "per_page"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1e9", "page"),
        ("page=" + "9" * 99, "page"),
        ("page=1&page=2", "page"),
        ("full=ja", "full"),
        ("search=" + "x" * 101, "search"),
        ("gemeente=Zwolle", None),
        ("minimal=true", None),
    ],
)
async def test_a_wrong_question_is_refused_with_its_reason(shelf, question, parameter):
    response = await shelf.get(f"/offers?{question}")
    assert response.status_code == 400
    assert response.json().get("parameter") == parameter
    assert response.headers["cache-control"] == "no-store"


async def test_what_was_sent_is_never_repeated(shelf):
    response = await shelf.get("/offers?municipality=<script>geheim</script>&kind=geheim")
    assert "geheim" not in response.text


# -- what may be shown -------------------------------------------------------------------------------------------------


async def test_what_has_ended_is_nowhere(house):
    house.catalogue.save(offer(id="weg", name="Weg", status="ended"), "Els")
    assert await house.contents() == []
    assert (await house.get("/offers/weg")).status_code == 404
    assert (await house.get(f"/offers/{uuid_of('service', 'weg')}")).status_code == 404


async def test_a_stale_offer_carries_its_warning_and_neither_telephone_nor_price(house):
    told = {"phone": "038-123 45 67", "price": {"euros": "5", "per": "uur", "year": 2026}}
    house.catalogue.save(offer(id="vers", **told), "Els")
    house.catalogue.save(offer(id="oud", source=OLD, **told), "Els")
    fresh, stale = (await house.get("/offers/vers")).json(), (await house.get("/offers/oud")).json()
    assert "alert" not in fresh
    assert fresh["phones"][0]["number"] == "038-123 45 67"
    assert stale["alert"] == "Nog niet gecontroleerd. De informatie is van mei 2021."
    assert "038" not in json.dumps(stale)
    assert (await house.contents())[0]["alert"] == stale["alert"]


async def test_nothing_of_editors_leaves(house):
    secret = "Belde met mevrouw Geheim"
    check = {"field": "url", "source": secret, "checked_on": "2026-10-01", "checked_by": secret}
    hidden = {"note": secret, "money_words": secret, "checked_on": "2026-10-01", "checked_by": secret}
    house.catalogue.save(offer(**hidden, checks=[check]), secret)
    for path in ("/offers", "/offers?full=true", "/offers/t1"):
        response = await house.get(path)
        assert "Geheim" not in response.text + str(response.headers)


async def test_a_change_is_seen_at_once(house):
    house.catalogue.save(offer(), "Els")
    before = await house.get("/offers")
    house.clock.forward(minutes=5)
    house.catalogue.save(offer(name="Nieuwe naam"), "Els")
    after = await house.get("/offers", headers={"If-None-Match": before.headers["etag"]})
    assert (after.status_code, names(after.json()["contents"])) == (200, ["Nieuwe naam"])
    assert after.json()["contents"][0]["last_modified"] == "2026-11-22T09:35:00.000Z"
    house.records.remove(RecordKind.OFFER, "t1", by="Els", base_revision=2, why="weg")
    assert await house.contents() == []


async def test_a_new_day_is_seen_at_once(house):
    house.catalogue.save(offer(price={"euros": "5", "per": "uur", "year": 2026}), "Els")
    first = await house.get("/offers/t1")
    house.clock.forward(days=800)
    later = await house.get("/offers/t1", headers={"If-None-Match": first.headers["etag"]})
    assert "cost_options" in first.json()
    assert later.status_code in (200, 404)
    assert "cost_options" not in later.json()


async def test_other_filters_than_the_first_are_not_answered_from_memory(shelf):
    assert len(await shelf.contents("?municipality=Kampen")) == 2
    shelf.clock.forward(days=1)
    shelf.catalogue.save(offer(id="e", name="Nieuw", area="Kampen", municipalities=["Kampen"]), "Els")
    assert len(await shelf.contents("?municipality=Kampen")) == 3


async def test_every_kind_can_be_asked_for(seeded):
    for kind in OfferKind:
        body = (await seeded.http.get(f"/api/v1/offers?kind={kind.value}&full=true&per_page=5")).json()
        for service in body["contents"]:
            told = [each["value"] for each in service["attributes"] if each["link_type"] == "kinds"]
            assert kind.value in told
