"""What the catalogue lacks, as a carer would notice it."""

from __future__ import annotations

import json
from datetime import date

from knowledge.exchange.report_catalogue import check_catalogue, check_data
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.vocabulary import HelpArea, OfferKind
from tests.unit.knowledge.builders import offer, stay

TODAY = date(2026, 11, 22)


def test_a_municipality_has_relief_nearby_only_where_an_offer_reaches_it(regions: Regions) -> None:
    check = check_catalogue([offer(id="a")], regions, TODAY)
    assert "Zwolle" not in check.without_relief
    assert "Kampen" in check.without_relief
    travelled = check_catalogue([stay(id="a")], regions, TODAY)
    assert "Kampen" not in travelled.without_relief, "people travel to a house"
    assert "Kampen" in travelled.only_travelling
    assert "Zwolle" not in travelled.only_travelling


def test_a_wegwijzer_and_a_national_offer_are_no_relief_nearby(regions: Regions) -> None:
    guide = offer(id="a", kinds=["guide"], place=None)
    national = offer(id="b", kinds=["stay"], place="away", scope="national", municipalities=[], province=None)
    check = check_catalogue([guide, national], regions, TODAY)
    assert len(check.without_relief) == len(regions.municipalities())
    assert check.national == {OfferKind.STAY: 1}


def test_an_ended_offer_counts_for_nothing(regions: Regions) -> None:
    check = check_catalogue([offer(id="a", status="ended")], regions, TODAY)
    assert (check.offers, check.ended, check.incomplete) == (1, 1, ())
    assert "Zwolle" in check.without_relief


def test_regions_count_by_main_kind_and_name_what_is_missing(regions: Regions) -> None:
    check = check_catalogue([offer(id="a"), offer(id="b", name="Ander", organisation="Ander")], regions, TODAY)
    there = next(view for view in check.regions if view.region == "GGD IJsselland")
    assert there.by_kind == {OfferKind.HOME_VOLUNTEER: 2}
    assert OfferKind.STAY in there.missing
    assert OfferKind.HOME_VOLUNTEER not in there.missing
    assert there.least[1] == 0


def test_a_help_area_is_lacking_where_no_local_offer_has_its_tag(regions: Regions) -> None:
    check = check_catalogue([offer(id="a", help_areas=["respite"])], regions, TODAY)
    assert "Zwolle" not in check.lacking_help[HelpArea.RESPITE]
    assert "Zwolle" in check.lacking_help[HelpArea.FINANCIAL]
    assert check.untagged == 0


def test_a_contradiction_and_a_lack_are_told_by_offer(regions: Regions) -> None:
    check = check_catalogue([offer(id="a", province="Zeeland")], regions, TODAY)
    assert [each.id for each in check.contradictory] == ["a"]
    assert check.incomplete[0].id == "a"
    assert check.findings > 2


def test_the_seed_can_be_checked_and_written_as_json(offers: tuple[Offer, ...], regions: Regions) -> None:
    data = json.loads(json.dumps(check_data(check_catalogue(offers, regions, TODAY))))
    assert data["offers"] == len(offers)
    assert len(data["regions"]) == 25
    assert sum(data["stages"].values()) + data["ended"] == len(offers)
