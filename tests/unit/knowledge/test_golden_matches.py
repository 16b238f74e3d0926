"""A few people in real places: what they see, and why."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.matching.find import match_offers
from knowledge.matching.need import Need
from knowledge.places.regions import Spot
from knowledge.vocabulary import CareDemand, Condition, DayPart, OfferKind, Place, UnmetReason, Urgency

from .builders import living_in

TODAY = date(2026, 11, 22)
DEMENTIA = frozenset({Condition.DEMENTIA})


def ids(matches):
    return [match.offer.id for match in matches]


def codes(match, part):
    return {reason.code for reason in getattr(match, part)}


@pytest.mark.parametrize(
    ("municipality", "expected", "unmet"),
    [
        ("Groningen", ["o004", "o003", "o002"], None),
        ("'s-Gravenhage", ["o069", "o083", "o068"], None),
        ("Zwolle", ["o107", "o035", "o008"], UnmetReason.ONLY_STALE),
        ("Maastricht", ["o100", "o107", "o101"], None),
        ("Utrecht", ["o045", "o048", "o040"], None),
    ],
)
def test_the_wife_of_a_man_with_dementia(offers, regions, municipality, expected, unmet):
    need = living_in(municipality, conditions=DEMENTIA, loved_one_is_child=False)
    matching = match_offers(need, offers, regions, TODAY)
    assert ids(matching.matches) == expected
    assert matching.unmet == unmet


def test_the_mother_of_an_autistic_son_in_hoogeveen_who_wants_a_weekend(offers, regions):
    need = living_in(
        "Hoogeveen",
        conditions=frozenset({Condition.AUTISM}),
        loved_one_is_child=True,
        kinds=frozenset({OfferKind.STAY, OfferKind.STAY_CHILD}),
        place=Place.AWAY,
        day_parts=frozenset({DayPart.WEEKEND}),
    )
    matching = match_offers(need, offers, regions, TODAY)
    assert ids(matching.matches) == ["o009", "o011"]
    assert {"kind_wished", "day_part", "for_children", "for_condition"} <= {
        reason.code for reason in matching.matches[0].fits
    }
    assert "ask_exists" in {reason.code for reason in matching.matches[0].unknowns}


def test_brain_injury_in_utrecht_is_never_sent_to_a_dementia_group(offers, regions):
    need = living_in("Utrecht", conditions=frozenset({Condition.STROKE_BRAIN_INJURY}))
    matching = match_offers(need, offers, regions, TODAY, limit=100)
    assert ids(matching.matches)[0] == "o044"
    for match in matching.matches + matching.near_misses:
        assert Condition.DEMENTIA not in match.offer.conditions or match.offer.others_welcome


def test_nights_at_home_in_zwolle_is_an_honest_gap(offers, regions):
    need = living_in("Zwolle", kinds=frozenset({OfferKind.NIGHT_CARE}), day_parts=frozenset({DayPart.NIGHT}))
    matching = match_offers(need, offers, regions, TODAY)
    assert ids(matching.matches) == ["o107"]
    assert matching.unmet == UnmetReason.ONLY_NATIONAL


def test_a_father_in_groningen_and_a_daughter_in_utrecht_each_keep_their_own_place(offers, regions):
    need = Need(carer_at=Spot("Utrecht"), loved_one_at=Spot("Groningen"), conditions=DEMENTIA)
    assert ids(match_offers(need, offers, regions, TODAY).matches) == ["o004", "o003", "o040"]


def test_an_autistic_child_with_an_empty_catalogue_is_told_so(regions):
    need = living_in("Zwolle", conditions=frozenset({Condition.AUTISM}), loved_one_is_child=True)
    matching = match_offers(need, (), regions, TODAY)
    assert (matching.matches, matching.near_misses, matching.unmet) == ((), (), UnmetReason.NONE_KNOWN_HERE)


def test_a_recent_house_in_den_haag_comes_before_an_older_municipal_scheme(offers, regions):
    need = living_in("'s-Gravenhage", "2525", conditions=DEMENTIA, kinds=frozenset({OfferKind.STAY}), place=Place.AWAY)
    matching = match_offers(need, offers, regions, TODAY)
    assert ids(matching.matches) == ["o068", "o070", "o071"]
    assert matching.matches[2].distance_km is not None  # Rotterdam, across the border
    assert "far" in {reason.code for reason in matching.matches[2].misfits}


STAY_AWAY = {"kinds": frozenset({OfferKind.STAY, OfferKind.CARE_HOTEL}), "place": Place.AWAY}


def test_s04_awake_at_night_in_zwolle_the_night_is_wished_and_care_by_night_is_asked(offers, regions):
    need = living_in(
        "Zwolle",
        kinds=frozenset({OfferKind.NIGHT_CARE, OfferKind.HOME_24H, OfferKind.STAY}),
        day_parts=frozenset({DayPart.NIGHT}),
        demands=frozenset({CareDemand.NIGHT_CARE}),
    )
    matching = match_offers(need, offers, regions, TODAY)
    assert ids(matching.matches) == ["o107", "o008", "o035"]
    assert matching.unmet == UnmetReason.ONLY_STALE
    for match in matching.matches:
        assert "day_part" in codes(match, "fits")
        assert "ask_demands" in codes(match, "unknowns")
    assert "far" in codes(matching.matches[1], "misfits")


SATURDAYS = {
    "conditions": frozenset({Condition.AUTISM}),
    "loved_one_is_child": True,
    "relation": "child",
    "carer_works": True,
    "kinds": frozenset({OfferKind.STAY, OfferKind.STAY_CHILD}),
    "place": Place.AWAY,
    "day_parts": frozenset({DayPart.WEEKEND}),
}


def test_s19_every_other_saturday_where_nothing_local_is_known_is_an_honest_gap(offers, regions):
    matching = match_offers(living_in("Vlissingen", **SATURDAYS), offers, regions, TODAY)
    assert ids(matching.matches) == ["o108"]
    assert {"ask_area", "ask_day_part", "ask_experience"} <= codes(matching.matches[0], "unknowns")
    assert matching.unmet == UnmetReason.ONLY_NATIONAL
    assert "would_other_kind" in codes(matching.near_misses[0], "would_fit")


def test_s19_without_any_offer_is_zero_and_says_so(regions):
    matching = match_offers(living_in("Vlissingen", **SATURDAYS), (), regions, TODAY)
    assert (matching.matches, matching.near_misses, matching.unmet) == ((), (), UnmetReason.NONE_KNOWN_HERE)


def test_s25_the_wife_of_a_dying_man_first_sees_help_at_home_made_for_it(offers, regions):
    need = living_in(
        "Land van Cuijk",
        relation="partner",
        urgency=Urgency.PALLIATIVE,
        conditions=frozenset({Condition.CANCER}),
    )
    first, second, *_ = match_offers(need, offers, regions, TODAY).matches
    assert (first.offer.id, second.offer.id) == ("o114", "o095")
    assert {"advice_last_phase", "for_condition"} <= codes(first, "fits")
    assert "ask_same_faces" in codes(first, "unknowns")


def test_s26_a_daughter_in_law_who_works_and_wants_one_holiday_sees_a_stay_for_her(offers, regions):
    need = living_in(
        "'s-Gravenhage",
        relation="in_law",
        carer_works=True,
        conditions=DEMENTIA,
        loved_one_is_child=False,
        kinds=frozenset({OfferKind.HOLIDAY, OfferKind.HOME_24H, OfferKind.STAY}),
        place=Place.AWAY,
        structural=False,
    )
    matching = match_offers(need, offers, regions, TODAY)
    assert ids(matching.matches) == ["o068", "o071", "o070"]
    assert "advice_working_child" in codes(matching.matches[0], "fits")
    assert "ask_once" in codes(matching.matches[0], "unknowns")


def test_s28_a_neighbour_in_a_small_town_sees_what_is_over_the_border_with_distance_and_transport(offers, regions):
    need = living_in("Vlaardingen", relation="friend_neighbour", conditions=frozenset({Condition.FRAILTY}))
    matching = match_offers(need, offers, regions, TODAY)
    assert ids(matching.matches) == ["o068", "o074", "o071"]
    for match in matching.matches:
        assert match.distance_km < 20
        assert "nearby" in codes(match, "fits")
        assert "transport" in codes(match, "unknowns")
    assert all("would_travel" in codes(match, "would_fit") for match in matching.near_misses)


def test_s12_the_friend_of_a_man_with_beginning_dementia_finds_a_stay(offers, regions):
    need = living_in("Laarbeek", relation="partner", conditions=DEMENTIA, loved_one_is_child=False, **STAY_AWAY)
    matching = match_offers(need, offers, regions, TODAY)
    assert "o089" in ids(matching.matches)
    assert matching.matches[0].offer.kinds[0] in need.kinds
    assert "kind_wished" in codes(matching.matches[0], "fits")


def test_in_an_emergency_what_takes_eight_weeks_is_a_near_miss_that_says_so(offers, regions):
    need = living_in("Zwolle", urgency=Urgency.EMERGENCY, needed_within_weeks=0)
    matching = match_offers(need, offers, regions, TODAY)
    assert "o107" not in ids(matching.matches)
    (late,) = [match for match in matching.near_misses if match.offer.id == "o107"]
    assert [(reason.code, reason.values) for reason in late.would_fit] == [("would_plan_ahead", {"weeks": "8"})]
