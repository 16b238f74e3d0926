"""A few people in real places: what they see, and why."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.matching import match_offers
from knowledge.needs import Need, Spot
from knowledge.vocabulary import Condition, DayPart, OfferKind, Place, UnmetReason

from .builders import living_in

TODAY = date(2026, 11, 22)
DEMENTIA = frozenset({Condition.DEMENTIA})


def ids(matches):
    return [match.offer.id for match in matches]


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
