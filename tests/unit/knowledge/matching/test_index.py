"""The index finds exactly what weighing every offer finds: on the seed, on a made-up catalogue and after changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.synthetic import TODAY, synthetic_needs, synthetic_offers
from knowledge.matching.advice import advise
from knowledge.matching.find import match_offers
from knowledge.matching.index import OfferIndex
from knowledge.matching.memory import BARRED, POINTS, UNMET, Parts
from knowledge.matching.need import Need, Tried
from knowledge.matching.ranking import EXISTENCE_UNCERTAIN, WAITING, standing_of
from knowledge.matching.reach import reach_of
from knowledge.matching.shelves import near, places_to_look, shelves_of
from knowledge.offers.data import read_offers
from knowledge.places.regions import Regions, Spot
from knowledge.vocabulary import CareDemand, Condition, DayPart, OfferKind, OfferStatus, Place, UnmetReason, Urgency

from .full_scan import scan
from .shown import rank_offers

REGIONS = Regions.load()
SEED = read_offers()
MADE_UP = synthetic_offers(600, REGIONS)
POOL = (*SEED, *MADE_UP)
INDEX = OfferIndex(POOL, REGIONS)
POSTCODES = [digits for digits in map(str, range(1000, 10000, 7)) if REGIONS.by_postcode(digits)]

spots = st.one_of(
    st.none(),
    st.sampled_from([each.name for each in REGIONS.municipalities()]).map(Spot),
    st.sampled_from(POSTCODES).map(lambda digits: Spot(REGIONS.by_postcode(digits).municipality, digits)),
    st.sampled_from([Spot("Nergenshuizen"), Spot("Zwolle", "7732"), Spot("Zwolle", "0000"), Spot("Assen", "1011")]),
)
needs = st.builds(
    Need,
    kinds=st.frozensets(st.sampled_from(OfferKind), max_size=2),
    place=st.sampled_from([None, *Place]),
    day_parts=st.frozensets(st.sampled_from(DayPart), max_size=2),
    conditions=st.frozensets(st.sampled_from(Condition), max_size=2),
    loved_one_is_child=st.sampled_from([None, True, False]),
    carer_is_minor=st.sampled_from([None, True, False]),
    carer_at=spots,
    loved_one_at=spots,
    urgency=st.sampled_from(Urgency),
    demands=st.frozensets(st.sampled_from(CareDemand), max_size=2),
    loved_one_age=st.sampled_from([None, None, 8, 40, 85]),
    relation=st.sampled_from([None, "partner", "parent", "child"]),
    carer_works=st.sampled_from([None, True]),
    few_strangers=st.sampled_from([None, True]),
    tried=st.lists(st.builds(Tried, st.sampled_from(OfferKind), st.sampled_from([None, True, False])), max_size=2).map(
        tuple
    ),
    structural=st.sampled_from([None, True, False]),
    nights_wanted=st.sampled_from([None, 1, 4]),
    needed_within_weeks=st.sampled_from([None, 0, 3]),
    transport_possible=st.sampled_from([None, True, False]),
)
catalogues = st.lists(st.sampled_from(POOL), unique_by=lambda each: each.id, max_size=60)
many = settings(max_examples=120, deadline=None)


@many
@given(needs, catalogues)
def test_a_small_index_finds_what_a_full_scan_finds(need, offers):
    assert match_offers(need, OfferIndex(offers, REGIONS), REGIONS, TODAY) == scan(need, offers, REGIONS, TODAY)


@many
@given(needs, st.integers(1, 6))
def test_an_index_that_remembers_other_needs_finds_what_a_full_scan_finds(need, limit):
    assert match_offers(need, INDEX, REGIONS, TODAY, limit) == scan(need, POOL, REGIONS, TODAY, limit)


@settings(max_examples=30, deadline=None)
@given(needs)
def test_everything_is_ranked_as_it_is_weighed(need):
    ranked = rank_offers(need, INDEX, REGIONS)
    assert [each.order for each in ranked] == sorted(each.order for each in ranked)
    assert {each.match for each in ranked} == {each.match for each in rank_offers(need, POOL[::-1], REGIONS)}


@many
@given(needs, catalogues, catalogues, st.sets(st.sampled_from([each.id for each in POOL]), max_size=20))
def test_after_changes_it_is_as_if_it_was_made_anew_and_the_old_one_is_as_it_was(need, before, changed, removed):
    changed = [replace(each, name="anders", status=OfferStatus.ACTIVE, municipalities=("Zwolle",)) for each in changed]
    old = OfferIndex(before, REGIONS)
    new = old.with_changes(changed, removed)
    expected = {each.id: each for each in before if each.id not in removed} | {each.id: each for each in changed}
    assert {each.id: each for each in new} == expected
    assert match_offers(need, new, REGIONS, TODAY) == scan(need, list(expected.values()), REGIONS, TODAY)
    assert match_offers(need, old, REGIONS, TODAY) == scan(need, before, REGIONS, TODAY)


def test_one_index_answers_for_another_day():
    need = Need(carer_at=Spot("Utrecht"), loved_one_at=Spot("Utrecht"))
    for day in (TODAY, TODAY + timedelta(days=400), TODAY):
        assert match_offers(need, INDEX, REGIONS, day) == scan(need, POOL, REGIONS, day)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"conditions": frozenset({Condition.DEMENTIA}), "urgency": Urgency.EMERGENCY},
        {"kinds": frozenset({OfferKind.STAY_CHILD}), "loved_one_is_child": True},
    ],
)
def test_the_seed_gives_every_municipality_what_a_full_scan_gives(told):
    index = OfferIndex(SEED, REGIONS)
    for each in REGIONS.municipalities():
        need = Need(carer_at=Spot(each.name), loved_one_at=Spot(each.name), **told)
        assert match_offers(need, index, REGIONS, TODAY) == scan(need, SEED, REGIONS, TODAY), each.name


def test_every_reason_for_unmet_need_is_met_among_the_needs_compared():
    slow = [replace(each, lead_weeks=(20, 30), status=OfferStatus.ACTIVE) for each in MADE_UP]
    indexes = [OfferIndex(offers, REGIONS) for offers in (SEED, MADE_UP[:40], MADE_UP[:4], slow, ())]
    asked = synthetic_needs(200, REGIONS)
    asked += tuple(replace(need, needed_within_weeks=2) for need in asked[:50])
    found = {match_offers(need, index, REGIONS, TODAY).unmet for need in asked for index in indexes}
    assert found == {None, *UnmetReason}


def test_a_municipality_is_never_said_to_be_further_than_its_postcodes_are():
    here = Spot("Zwolle", "8011")
    for least, most, name in near([here], REGIONS):
        for digits in POSTCODES:
            if REGIONS.by_postcode(digits).municipality == name:
                distance = REGIONS.distance_km(here, Spot(name, digits))
                assert distance is None or least <= distance <= most


@many
@given(needs, st.sampled_from(POOL), st.booleans())
def test_the_parts_add_up_to_the_standing_and_no_offer_betters_the_best_of_its_sort(need, offer, just_checked):
    advice, index = advise(need), OfferIndex([offer], REGIONS)
    parts = Parts(need, advice, index.memory, index.counts)
    total = parts.sum(offer, index.signs[0].tolist(), just_checked=just_checked)
    standing = standing_of(offer, need, advice, just_checked=just_checked)
    best = index.bests[0]
    if standing is None:
        assert total >= BARRED
        return
    state = EXISTENCE_UNCERTAIN * offer.existence_uncertain + WAITING * (offer.status is OfferStatus.WAITING_LIST)
    assert (total & POINTS) + parts.kind_points(offer) + state == standing.points
    assert (total < UNMET and offer.status is not OfferStatus.TEMPORARILY_CLOSED) == standing.met
    least = parts.least(best.offers, best.signs)
    assert least < BARRED
    assert least & POINTS <= standing.points
    assert least < UNMET or not standing.met


@many
@given(needs, st.sampled_from(POOL))
def test_what_serves_a_place_stands_where_it_is_looked_for(need, offer):
    spots = [spot for spot in (need.carer_at, need.loved_one_at) if spot]
    reach = reach_of(offer, need, REGIONS)
    if reach is None:
        return
    shelves = shelves_of(offer, REGIONS)
    by_distance = {("near", each.municipality): each for each in near(spots, REGIONS)}
    named = shelves & places_to_look(spots, REGIONS)
    found = [by_distance[shelf] for shelf in shelves if shelf in by_distance]
    assert named or found
    if reach.distance_km is not None and found:
        assert min(each.least for each in found) <= reach.distance_km
