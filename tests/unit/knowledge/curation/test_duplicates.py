"""Offers that look like one kept twice."""

from __future__ import annotations

from time import process_time

import pytest

from knowledge.curation.duplicates import find_duplicates
from knowledge.offers.record import Offer
from tests.unit.knowledge.builders import offer


def pairs(*offers: Offer) -> list[tuple[str, str, str]]:
    return [(each.one, each.other, each.why) for each in find_duplicates(offers)]


def other(**changes: object) -> Offer:
    return offer(**{"id": "b", "name": "Zonnehof", "organisation": "Stichting Zon", "kinds": ["stay"], **changes})


def test_one_organisation_with_one_kind_in_one_place() -> None:
    assert pairs(offer(id="a"), other(organisation="TEST", kinds=["home_volunteer"])) == [("a", "b", "same_kind_there")]
    assert pairs(offer(id="a"), other(organisation="Test")) == []
    assert pairs(offer(id="a"), other(organisation="Test", kinds=["home_volunteer"], municipalities=["Kampen"])) == []


@pytest.mark.parametrize(
    "name", ["Logeerhuis De Opstap", "De Opstap, logeerhuis", "Logeerhuis de opstap.", "Logeerhuis De Obstap"]
)
def test_nearly_one_name_in_one_place(name: str) -> None:
    assert pairs(offer(id="a", name="Logeerhuis De Opstap"), other(name=name)) == [("a", "b", "same_name_there")]


def test_another_name_or_another_place_is_another_offer() -> None:
    assert pairs(offer(id="a", name="Logeerhuis De Opstap"), other(name="Logeerhuis De Brug")) == []
    assert pairs(offer(id="a", name="De Opstap"), other(name="De Opstap", municipalities=["Kampen"])) == []


def test_national_offers_share_a_place() -> None:
    nation = {"scope": "national", "municipalities": [], "province": None}
    assert pairs(offer(id="a", name="Lijn", **nation), other(name="Lijn", **nation)) == [("a", "b", "same_name_there")]


def test_an_ended_offer_is_no_duplicate() -> None:
    assert pairs(offer(id="a", status="ended"), other(name="Test")) == []


def test_only_those_asked_for() -> None:
    three = [offer(id="a"), offer(id="b"), offer(id="c", name="Heel iets anders")]
    assert [(each.one, each.other) for each in find_duplicates(three, among={"c"})] == [("a", "c")]


def test_a_crowded_place_takes_no_time_that_grows_with_its_square() -> None:
    crowd = [offer(id=f"o{n}", name=f"Huis {n}", organisation=f"Stichting {n}") for n in range(4_000)]
    start = process_time()
    assert find_duplicates(crowd)
    assert process_time() - start < 20
