"""The list of offers: what it finds, what it counts, and that it stays quick."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.desk.catalogue import today_views
from channels.desk.catalogue.offer_list import FILTERS, PAGE_SIZE, Asked, OfferList
from knowledge.curation.record import ChangeAction, RecordKind
from knowledge.offers.data import write_offer
from knowledge.vocabulary import OfferStatus
from tests.unit.channels.desk.editors_site import open_editors_site


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    with open_editors_site(tmp_path_factory.mktemp("list"), offers=None) as site:
        yield site


@pytest.fixture(scope="module")
def offers(everything):
    return OfferList(everything.house)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("opstap groningen", "Logeerhuis De Opstap"),
        ("OPSTAP", "Logeerhuis De Opstap"),
        ("humanitas er zijn", "Respijtzorg en vriendschappelijk huisbezoek (Er zijn)"),
        ("o001", "Logeerhuis De Opstap"),
    ],
)
def test_an_offer_is_found_by_name_organisation_place_alias_and_id(offers, typed, name):
    assert name in {line.offer.name for line in offers.find(Asked(words=typed)).all}


def test_what_is_not_there_is_not_found(offers):
    assert offers.find(Asked(words="bestaat echt niet")).all == ()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_the_number_beside_a_choice_is_what_choosing_it_finds(offers, data):
    asked = Asked()
    for _ in range(data.draw(st.integers(1, 3))):
        found = offers.find(asked)
        name = data.draw(st.sampled_from([name for name in FILTERS.values() if found.choices[name]]))
        choice = data.draw(st.sampled_from(found.choices[name]))
        asked = replace(asked, **{name: choice.value})
        assert len(offers.find(asked).all) == choice.count


def test_pages_hold_everything_once(offers):
    first = offers.find(Asked())
    pages = [offers.find(Asked(page=number)).lines for number in range(1, first.pages + 1)]
    assert [line.offer.id for page in pages for line in page] == [line.offer.id for line in first.all]
    assert max(map(len, pages)) == PAGE_SIZE
    assert offers.find(Asked(page=9999)).page == first.pages


def test_only_what_changed_is_looked_at_again(everything, offers):
    before = {line.offer.id: line for line in offers.lines()}
    body = {**everything.offer("o010").body, "name": "Iets anders"}
    everything.records.publish(RecordKind.OFFER, "o010", body, by="Els", base_revision=1)
    after = {line.offer.id: line for line in offers.lines()}
    assert after["o010"].offer.name == "Iets anders"
    assert all(after[key] is line for key, line in before.items() if key != "o010")


def test_nonsense_in_an_address_is_no_filter():
    asked = Asked.of({"page": "²", "sorteer": "toverij", "zoek": "x" * 999})
    assert (asked.page, asked.sort, len(asked.words)) == (1, "naam", 200)


async def test_many_close_together_and_open_again_as_they_were(site, els):
    ids = ["o001", "o002", "o005"]
    before = {one: site.catalogue.offer(one).status for one in ids}
    form = {"which": "ticked", "id": ids, "count": "3", "why": "Brand"}
    assert (await els.post("/desk/catalogus/aanbod/samen", status="temporarily_closed", **form)).status_code == 303
    assert {site.catalogue.offer(one).status for one in ids} == {OfferStatus.TEMPORARILY_CLOSED}
    changes = [site.records.history(RecordKind.OFFER, one)[0] for one in ids]
    assert {(change.action, change.why) for change in changes} == {(ChangeAction.CLOSED, "Brand")}
    assert (await els.post("/desk/catalogus/aanbod/samen", status="open", **form)).status_code == 303
    assert {one: site.catalogue.offer(one).status for one in ids} == before


@pytest.mark.parametrize(
    "wrong",
    [{"why": " "}, {"status": "active"}, {"status": ""}, {"count": "2"}, {"banner": "ja", "banner_text": "x"}],
    ids=["no reason", "no closing", "nothing chosen", "another list", "a banner without end"],
)
async def test_nothing_closes_when_something_is_wrong(site, els, wrong):
    form = {"which": "ticked", "id": ["o001"], "count": "1", "why": "Brand", "status": "ended", **wrong}
    page = await els.post("/desk/catalogus/aanbod/samen", **form)
    assert page.status_code == 422
    assert site.catalogue.offer("o001").status is OfferStatus.UNKNOWN
    assert site.records.all(RecordKind.BANNER) == ()


async def test_everything_that_was_found_can_be_chosen_at_once(site, els):
    page = await els.post("/desk/catalogus/aanbod/kies", which="all", query="zoek=humanitas")
    found = OfferList(site.house).find(Asked(words="humanitas")).all
    assert f'name="count" value="{len(found)}"' in page.text
    form = {"which": "all", "query": "zoek=humanitas", "count": str(len(found)), "why": "Staking", "status": "ended"}
    assert (await els.post("/desk/catalogus/aanbod/samen", **form)).status_code == 303
    ended = {offer.id for offer in site.catalogue.offers() if offer.status is OfferStatus.ENDED}
    assert ended == {line.offer.id for line in found}


async def test_the_queue_is_kind_when_all_is_well(site, els, monkeypatch):
    monkeypatch.setattr(today_views, "items", lambda *_, **__: ())  # facts and desks of the seed are another subject
    assert "Alles is bij." not in (await els.get("/desk/catalogus")).text
    for record in site.records.all(RecordKind.OFFER):
        offer = replace(site.catalogue.offer(record.id), status=OfferStatus.ENDED)
        site.records.publish(RecordKind.OFFER, record.id, write_offer(offer), by="Els", base_revision=1)
    assert "Alles is bij." in (await els.get("/desk/catalogus")).text
