"""A region, a radius, a set of municipalities: certain where it is, asked where nobody knows, nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.matching.need import Need
from knowledge.matching.ranking import weigh
from knowledge.places.regions import Regions, Spot
from tests.unit.knowledge.builders import living_in, offer

from .shown import TODAY, codes, weighed

REGIONS = Regions.load()
REGION = {"scope": "region", "ggd_region": "GGD IJsselland", "municipalities": [], "area": "IJsselland"}
RADIUS = {"scope": "radius", "radius_km": 15, "municipalities": [], "located_in": "Zwolle", "residents_only": True}
places = st.sampled_from(REGIONS.municipalities())


@settings(max_examples=60, deadline=None)
@given(places)
def test_a_ggd_region_is_certain_within_it_and_nothing_outside(municipality):
    found = weigh(offer(**REGION), living_in(municipality.name), REGIONS, date(2026, 11, 22))
    if municipality.ggd_region == "GGD IJsselland":
        assert "serves_area" in codes(found.match, "fits")
        assert "ask_area" not in codes(found.match, "unknowns")
    else:
        assert found is None


@pytest.mark.parametrize("doubt", [{"coverage_uncertain": True}, {"inferred": ["area"]}])
def test_a_region_that_is_in_doubt_is_asked(regions, doubt):
    match = weighed(living_in("Deventer"), offer(**REGION, **doubt), regions).match
    assert "ask_area" in codes(match, "unknowns")
    assert "serves_area" not in codes(match, "fits")


@settings(max_examples=60, deadline=None)
@given(places, st.integers(1, 60))
def test_a_radius_reaches_as_far_as_it_says_and_no_further(municipality, km):
    one = offer(**{**RADIUS, "radius_km": km})
    distance = REGIONS.distance_km(Spot(municipality.name), Spot("Zwolle"))
    found = weigh(one, living_in(municipality.name), REGIONS, TODAY)
    assert (found is not None) is (distance is not None and distance <= km)
    assert found is None or "serves_municipality" in codes(found.match, "fits")


def test_a_radius_around_a_postcode_alone(regions):
    one = offer(**{**RADIUS, "located_in": None, "postcode": "8011"})
    assert weigh(one, living_in("Zwolle", "8012"), regions, TODAY)
    assert weigh(one, living_in("Emmen"), regions, TODAY) is None


def test_a_radius_with_an_unknown_distance_is_asked_in_the_region_and_never_said(regions):
    match = weighed(living_in("Ommen", "7732"), offer(**RADIUS), regions).match
    assert "ask_area" in codes(match, "unknowns")
    assert not {"serves_municipality", "nearby"} & codes(match, "fits")
    assert weigh(offer(**RADIUS), living_in("De Wolden", "7910"), regions, TODAY) is None


def test_the_place_of_the_one_it_is_bound_to_counts_for_a_region_and_a_radius(regions):
    need = Need(carer_at=Spot("Maastricht"), loved_one_at=Spot("Zwolle"))
    for area in (REGION, RADIUS):
        assert weigh(offer(**area), need, regions, TODAY)
        assert weigh(offer(**area, bound_to="carer"), need, regions, TODAY) is None


def test_too_far_says_how_far_one_would_have_to_travel(regions):
    house = offer(kinds=["stay"], place="away", residents_only=False, located_in="Zwolle")
    found = weighed(living_in("Emmen"), house, regions)
    assert not found.met
    (would,) = found.match.would_fit
    assert would.code == "would_travel"
    assert int(would.values["km"]) > 40
