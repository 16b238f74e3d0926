"""What holds for every need, on the real catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.matching import match_offers, rank_offers
from knowledge.needs import Need, Spot
from knowledge.offer_data import read_offers
from knowledge.regions import Regions
from knowledge.vocabulary import Condition, DayPart, OfferKind, OfferStatus, Place, Scope, UnmetReason, Urgency

from .builders import living_in, offer

REGIONS = Regions.load()
OFFERS = read_offers()
TODAY = date(2026, 11, 22)

spots = st.one_of(
    st.none(),
    st.sampled_from([each.name for each in REGIONS.municipalities()]).map(Spot),
    st.sampled_from(["8011", "7732", "2525", "9711", "5353", "6211"]).map(
        lambda digits: Spot(REGIONS.by_postcode(digits).municipality, digits)
    ),
)
needs = st.builds(
    Need,
    kinds=st.frozensets(st.sampled_from(OfferKind), max_size=3),
    place=st.sampled_from([None, *Place]),
    day_parts=st.frozensets(st.sampled_from(DayPart), max_size=2),
    conditions=st.frozensets(st.sampled_from(Condition), max_size=2),
    loved_one_is_child=st.sampled_from([None, True, False]),
    carer_is_minor=st.sampled_from([None, True, False]),
    carer_at=spots,
    loved_one_at=spots,
    urgency=st.sampled_from(Urgency),
)
many = settings(max_examples=150, deadline=None)


def candidates(need, offers=OFFERS):
    return [each.match.offer.id for each in rank_offers(need, offers, REGIONS, TODAY)]


@many
@given(needs)
def test_relaxing_a_wish_never_loses_a_candidate(need):
    relaxed = replace(need, kinds=frozenset(), place=None, day_parts=frozenset())
    assert set(candidates(need)) == set(candidates(relaxed))
    met = {each.match.offer.id for each in rank_offers(need, OFFERS, REGIONS, TODAY) if each.met}
    met_relaxed = {each.match.offer.id for each in rank_offers(relaxed, OFFERS, REGIONS, TODAY) if each.met}
    assert met <= met_relaxed


@many
@given(needs, st.integers(0, len(OFFERS) - 1))
def test_adding_an_offer_never_changes_the_order_of_the_others(need, left_out):
    fewer = OFFERS[:left_out] + OFFERS[left_out + 1 :]
    gone = OFFERS[left_out].id
    assert [each for each in candidates(need) if each != gone] == candidates(need, fewer)


@many
@given(needs, st.randoms())
def test_the_order_of_the_catalogue_does_not_matter(need, random):
    shuffled = list(OFFERS)
    random.shuffle(shuffled)
    assert match_offers(need, shuffled, REGIONS, TODAY) == match_offers(need, OFFERS, REGIONS, TODAY)


@many
@given(needs)
def test_no_ended_offer_and_none_outside_its_area_is_ever_found(need):
    matching = match_offers(need, OFFERS, REGIONS, TODAY, limit=200)
    places = {spot.municipality for spot in (need.carer_at, need.loved_one_at) if spot}
    for match in matching.matches + matching.near_misses:
        found = match.offer
        assert found.status is not OfferStatus.ENDED
        assert found.scope is not Scope.UNKNOWN
        if found.scope is Scope.MUNICIPALITY and found.residents_only:
            assert places & set(found.municipalities)
        if found.scope is Scope.PROVINCE:
            assert found.province in {REGIONS.municipality(place).province for place in places}


@many
@given(needs)
def test_no_child_offer_without_a_child_and_no_young_carer_offer_without_a_young_carer(need):
    matching = match_offers(need, OFFERS, REGIONS, TODAY, limit=200)
    for match in matching.matches + matching.near_misses:
        if match.offer.kinds[0] in (OfferKind.STAY_CHILD, OfferKind.SUPPORT_FAMILY):
            assert need.loved_one_is_child or Condition.MULTIPLE_CHILD in need.conditions
        if match.offer.young_carers_only:
            assert need.carer_is_minor


@many
@given(needs)
def test_relief_is_never_said_to_have_a_free_place(need):
    for match in match_offers(need, OFFERS, REGIONS, TODAY).matches:
        if match.offer.place is not None:
            assert "free_place" in {reason.code for reason in match.unknowns}


@many
@given(needs)
def test_an_offer_that_fits_perfectly_wins_from_all_that_is_known(need):
    if need.loved_one_at is None or need.kinds or need.place or need.urgency is Urgency.PALLIATIVE:
        return
    perfect = offer(
        id="a-perfect",
        municipalities=[need.loved_one_at.municipality],
        conditions=sorted(str(each) for each in need.conditions),
        ages=["child", "adult"],
        day_parts=sorted(str(each) for each in need.day_parts),
        checked_on="2026-11-20",
        checked_by="Ann",
    )
    if need.carer_is_minor:
        return  # what is there for young carers goes first
    assert match_offers(need, [*OFFERS, perfect], REGIONS, TODAY).matches[0].offer.id == "a-perfect"


def test_every_municipality_gets_an_honest_result():
    for each in REGIONS.municipalities():
        for told in ({}, {"conditions": frozenset({Condition.DEMENTIA})}, {"loved_one_is_child": True}):
            matching = match_offers(living_in(each.name, **told), OFFERS, REGIONS, TODAY)
            assert matching.matches, each.name
            assert len(matching.matches) <= 3
            assert matching.unmet is None or isinstance(matching.unmet, UnmetReason)
            sure = [
                match
                for match in matching.matches
                if match.offer.scope is not Scope.NATIONAL and not match.offer.existence_uncertain
            ]
            assert matching.unmet or sure, each.name
