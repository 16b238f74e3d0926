"""What holds for every need: on the real catalogue, and on offers that nobody would think of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from knowledge.matching.find import match_offers
from knowledge.matching.ranking import weigh
from knowledge.offers.data import read_offers
from knowledge.places.regions import Spot
from knowledge.vocabulary import Condition, OfferKind, OfferStatus, Payer, Scope, UnmetReason, Urgency

from .builders import living_in, offer
from .matching.strategies import REGIONS, WISHES, near, needs, neighbours, offers

OFFERS = read_offers()
TODAY = date(2026, 11, 22)
UNTOLD = {"kinds": frozenset(), "day_parts": frozenset()}
many = settings(max_examples=50, deadline=None)
catalogues = st.lists(st.one_of(near(), offers()), max_size=6, unique_by=lambda one: one.id)


def weighed(need, offers=OFFERS):
    return sorted((each for one in offers if (each := weigh(one, need, REGIONS, TODAY))), key=lambda each: each.order)


def candidates(need, offers=OFFERS):
    return [each.match.offer.id for each in weighed(need, offers)]


def met(need, offers=OFFERS):
    return {each.match.offer.id for each in weighed(need, offers) if each.met}


@many
@given(st.one_of(needs, neighbours), catalogues, st.sets(st.sampled_from(WISHES), min_size=1))
def test_relaxing_a_wish_never_loses_an_offer(need, catalogue, relaxed):
    freer = replace(need, **{name: UNTOLD.get(name) for name in relaxed})
    for each in (OFFERS, catalogue):
        assert set(candidates(need, each)) <= set(candidates(freer, each))
        assert met(need, each) <= met(freer, each)


@many
@given(st.one_of(needs, neighbours), catalogues, near())
def test_adding_an_offer_never_changes_the_order_of_the_others(need, catalogue, more):
    assume(more.id not in {one.id for one in catalogue})
    for before in ([*catalogue], [*OFFERS]):
        after = candidates(need, [more, *before])
        assert [each for each in after if each != more.id] == candidates(need, before)


@many
@given(st.one_of(needs, neighbours), catalogues, st.randoms())
def test_the_same_input_gives_the_same_order_however_the_catalogue_lies(need, catalogue, random):
    for each in (list(OFFERS), catalogue):
        shuffled = list(each)
        random.shuffle(shuffled)
        first = match_offers(need, each, REGIONS, TODAY)
        assert match_offers(need, shuffled, REGIONS, TODAY) == first
        assert match_offers(need, each, REGIONS, TODAY) == first


@many
@given(st.one_of(needs, neighbours), st.lists(offers(), max_size=6, unique_by=lambda one: one.id))
def test_no_offer_outside_its_area_and_none_that_is_gone_is_ever_found(need, catalogue):
    matching = match_offers(need, [*OFFERS, *catalogue], REGIONS, TODAY, limit=500)
    places = {spot.municipality for spot in (need.carer_at, need.loved_one_at) if spot}
    found = [match.offer for match in matching.matches + matching.near_misses]
    for each in found:
        assert each.status is not OfferStatus.ENDED
        assert each.ends_on is None or each.ends_on >= TODAY
        assert each.scope is not Scope.UNKNOWN
        bound = each.residents_only and not each.coverage_uncertain and not places & set(each.municipalities)
        assert not bound or _is_within(each, need, places), each


def _is_within(one, need, places):
    """Does an area that is not a list of municipalities hold a place of hers?"""
    if one.scope is Scope.NATIONAL:
        return True
    known = [REGIONS.municipality(place) for place in places]
    if one.scope is Scope.PROVINCE:
        return one.province in {each.province for each in known}
    if one.scope is Scope.REGION:
        if one.ggd_region:
            return one.ggd_region in {each.ggd_region for each in known}
        return not one.municipalities and one.province in {each.province for each in known}
    if one.scope is not Scope.RADIUS:
        return False
    by_postcode = REGIONS.by_postcode(one.postcode) if one.postcode else None
    middle = Spot(one.located_in or by_postcode.municipality, one.postcode)
    spots = [spot for spot in (need.carer_at, need.loved_one_at) if spot]
    distances = [REGIONS.distance_km(spot, middle) for spot in spots]
    return any(distance is None or distance <= one.radius_km for distance in distances)


@many
@given(needs)
def test_no_child_offer_without_a_child_and_no_young_carer_offer_without_a_young_carer(need):
    matching = match_offers(need, OFFERS, REGIONS, TODAY, limit=200)
    for match in matching.matches + matching.near_misses:
        if match.offer.kinds[0] in (OfferKind.STAY_CHILD, OfferKind.SUPPORT_FAMILY):
            grows_up = need.loved_one_is_child is None and need.loved_one_age is not None and need.loved_one_age < 18
            assert need.loved_one_is_child or grows_up or Condition.MULTIPLE_CHILD in need.conditions
        if match.offer.young_carers_only:
            assert need.carer_is_minor


@many
@given(needs)
def test_relief_is_never_said_to_have_a_free_place(need):
    for match in match_offers(need, OFFERS, REGIONS, TODAY).matches:
        if match.offer.place is not None:
            assert "free_place" in {reason.code for reason in match.unknowns}


RESTS_ON = {
    "accepts": "accepts", "same_faces": "same_faces", "carer_can_stay": "carer_can_stay", "trial_visit": "trial_visit",
    "transport_included": "transport", "emergency_place": "emergency_place", "regular": "structural", "gains": "gains",
    "for_years": "min_age", "no_indication": "indication_needed", "free": "payers", "for_condition": "conditions",
    "for_children": "ages",
}  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(neighbours, near())
def test_what_is_not_known_or_only_inferred_is_never_said_to_fit(need, one):
    found = weigh(one, need, REGIONS, TODAY)
    for reason in found.match.fits if found else ():
        name = RESTS_ON.get(reason.code)
        if name:
            assert getattr(one, name) not in (None, (), frozenset()), reason
            assert name not in one.inferred, reason
        if reason.code in ("in_municipality", "serves_municipality", "serves_area"):
            assert "area" not in one.inferred
        if reason.code == "accepts":
            assert not any(demand.label in reason.values["demands"] for demand in need.demands - one.accepts)


@many
@given(neighbours, near(), st.sets(st.sampled_from(Payer), max_size=3))
def test_the_payer_explains_and_never_hides_or_ranks(need, one, payers):
    found, other = (weigh(each, need, REGIONS, TODAY) for each in (one, replace(one, payers=tuple(payers))))
    assert (found is None) is (other is None)
    assert found is None or (found.met, found.order) == (other.met, other.order)


@many
@given(st.one_of(needs, neighbours), catalogues)
def test_a_bad_experience_never_removes_anything(need, catalogue):
    for each in (OFFERS, catalogue):
        without = replace(need, tried=())
        assert set(candidates(need, each)) == set(candidates(without, each))
        assert met(need, each) == met(without, each)


@settings(max_examples=200, deadline=None)
@given(neighbours, st.one_of(near(), offers()))
def test_a_near_miss_says_what_would_make_it_fit_and_a_match_has_no_such_word(need, one):
    found = weigh(one, need, REGIONS, TODAY)
    if found:
        assert bool(found.match.would_fit) is not found.met
        assert found.match.fits


@many
@given(needs)
def test_an_offer_that_fits_perfectly_wins_from_all_that_is_known(need):
    if need.loved_one_at is None or need.kinds or need.place or need.urgency is Urgency.PALLIATIVE:
        return
    if need.carer_is_minor:
        return  # what is there for young carers goes first
    need = replace(need, relation=None, tried=(), carer_works=None, loved_one_age=None)
    perfect = offer(
        id="a-perfect",
        municipalities=[need.loved_one_at.municipality],
        conditions=sorted(str(each) for each in need.conditions),
        ages=["child", "adult"],
        accepts=sorted(str(each) for each in need.demands),
        day_parts=sorted(str(each) for each in need.day_parts),
        structural=need.structural is not False,
        emergency_place=True,
        same_faces=True,
        carer_can_stay=True,
        checked_on="2026-11-20",
        checked_by="Ann",
    )
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
