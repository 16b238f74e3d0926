"""Rules of matching, each on the smallest case that shows it."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.matching.find import match_offers
from knowledge.matching.need import Need
from knowledge.matching.ranking import barrier
from knowledge.places.regions import Spot
from knowledge.vocabulary import Condition, DayPart, OfferKind, Place, UnmetReason, Urgency

from .builders import PLAIN, living_in, offer, stay
from .matching.shown import codes

TODAY = date(2026, 11, 22)
MORNINGS = frozenset({DayPart.MORNING})
OLD = {"verify_before_showing": True, "source": {**PLAIN["source"], "age": "old", "year": 2017}}
NATIONAL = offer(id="t8", scope="national", municipalities=[])


def found(need, offers, regions):
    return [match.offer.id for match in match_offers(need, offers, regions, TODAY).matches]


def only(need, one, regions):
    (match,) = match_offers(need, [one], regions, TODAY).matches
    return match


def test_without_a_wish_taking_over_at_home_comes_before_staying_elsewhere(regions):
    home = offer(id="home", verify_before_showing=True, conditions=["chronic_illness"], inferred=["audience", "payers"])
    house = stay(id="house", conditions=["dementia"])
    need = living_in("Zwolle", conditions=frozenset({Condition.DEMENTIA}))
    assert found(need, [house, home], regions) == ["home", "house"]


def test_with_a_wish_the_wished_kind_is_matched_and_the_other_is_the_nearest_alternative(regions):
    need = living_in("Zwolle", kinds=frozenset({OfferKind.STAY}), place=Place.AWAY)
    matching = match_offers(need, [offer(id="home"), stay(id="house")], regions, TODAY)
    assert [match.offer.id for match in matching.matches] == ["house"]
    assert [match.offer.id for match in matching.near_misses] == ["home"]
    assert "other_kind" in codes(matching.near_misses[0], "misfits")


def test_an_old_source_comes_last(regions):
    need = living_in("Zwolle")
    assert found(need, [offer(id="a-old", **OLD), stay(id="b-new")], regions) == ["b-new", "a-old"]


@pytest.mark.parametrize("urgency", list(Urgency))
def test_an_ended_offer_is_never_found(regions, urgency):
    need = living_in("Zwolle", urgency=urgency)
    matching = match_offers(need, [offer(status="ended")], regions, TODAY)
    assert (matching.matches, matching.near_misses) == ((), ())


def test_a_service_of_a_municipality_stays_within_it(regions):
    assert found(living_in("Hattem"), [offer()], regions) == []
    assert barrier(offer(), living_in("Hattem"), regions).code == "outside_area"


def test_a_house_also_serves_the_neighbouring_municipality_with_distance_and_transport_asked(regions):
    match = only(living_in("Hattem"), stay(), regions)
    assert 0 < match.distance_km < 15
    assert "nearby" in codes(match, "fits")
    assert "transport" in codes(match, "unknowns")


def test_a_house_for_residents_only_does_not(regions):
    assert found(living_in("Hattem"), [stay(residents_only=True)], regions) == []


def test_a_house_further_than_people_go_is_at_best_the_nearest_alternative(regions):
    matching = match_offers(living_in("Emmen"), [stay()], regions, TODAY)
    assert matching.matches == ()
    assert "far" in codes(matching.near_misses[0], "misfits")
    assert match_offers(living_in("Maastricht"), [stay()], regions, TODAY).near_misses == ()


def test_an_unknown_area_is_never_matched_on_place(regions, by_id):
    need = living_in("Zwolle", conditions=frozenset({Condition.AUTISM}), loved_one_is_child=True)
    assert found(need, [by_id["o039"], by_id["o104"]], regions) == []


def test_a_postcode_without_coordinates_falls_back_to_municipality_and_region(regions):
    need = living_in("Ommen", "7732")
    match = only(need, stay(), regions)
    assert match.distance_km is None
    assert "distance_unknown" in codes(match, "unknowns")
    assert found(living_in("De Wolden", "7910"), [stay()], regions) == []  # another GGD region: unknown is not near
    assert found(living_in("Zwolle", "7732"), [stay()], regions) == ["t2"]


CHILD = {"kinds": ["stay_child"], "ages": ["child"]}


@pytest.mark.parametrize(
    ("changes", "told", "why"),
    [
        (CHILD, {"loved_one_is_child": False}, "only_children"),
        (CHILD, {}, "only_children"),
        ({"ages": ["adult"]}, {"loved_one_is_child": True}, "not_for_children"),
        ({"conditions": ["dementia"]}, {"conditions": frozenset({Condition.STROKE_BRAIN_INJURY})}, "other_group"),
        ({"conditions": ["brain_injury"]}, {"conditions": frozenset({Condition.DEMENTIA})}, "other_group"),
        ({"kinds": ["stay_ggz"], "conditions": ["mental_health"]}, {}, "other_group"),
        (
            {"kinds": ["stay_ggz"], "conditions": ["mental_health"]},
            {"conditions": frozenset({Condition.DEMENTIA})},
            "other_group",
        ),
        ({"kinds": ["hospice_respite"]}, {"conditions": frozenset({Condition.CANCER})}, "only_palliative"),
        ({"kinds": ["palliative_home"]}, {}, "only_palliative"),
        ({"young_carers_only": True}, {}, "only_young_carers"),
        ({"young_carers_only": True}, {"carer_is_minor": False}, "only_young_carers"),
        ({"kinds": ["young_carer_support"]}, {"carer_is_minor": None}, "only_young_carers"),
    ],
)
def test_an_offer_for_another_group_is_never_offered_and_the_reason_can_be_told(regions, changes, told, why):
    one, need = offer(**changes), living_in("Zwolle", **told)
    matching = match_offers(need, [one], regions, TODAY)
    assert (matching.matches, matching.near_misses) == ((), ())
    assert barrier(one, need, regions).code == why


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (CHILD, {"loved_one_is_child": True}),
        (
            {"kinds": ["stay_ggz"], "conditions": ["mental_health"]},
            {"conditions": frozenset({Condition.MENTAL_HEALTH})},
        ),
        ({"kinds": ["palliative_home"], "conditions": ["palliative"]}, {"urgency": Urgency.PALLIATIVE}),
        ({"young_carers_only": True}, {"carer_is_minor": True}),
    ],
)
def test_an_offer_for_a_special_group_is_found_when_the_fact_is_known(regions, changes, told):
    assert found(living_in("Zwolle", **told), [offer(**changes)], regions) == ["t1"]


def test_what_may_or_may_not_fall_under_a_group_is_asked(regions):
    need = living_in("Zwolle", conditions=frozenset({Condition.YOUNG_DEMENTIA}))
    match = only(need, offer(conditions=["dementia"], audience=["mensen met dementie"]), regions)
    assert "ask_related_condition" in codes(match, "unknowns")


def test_an_inferred_group_or_payer_or_area_is_asked_not_told(regions):
    need = living_in("Zwolle", conditions=frozenset({Condition.DEMENTIA}))
    match = only(need, offer(conditions=["dementia"], inferred=["audience", "payers", "area"]), regions)
    assert {"ask_condition", "ask_payer", "ask_area"} <= codes(match, "unknowns")
    assert not codes(match, "fits") & {"for_condition", "serves_municipality"}


def test_a_free_place_is_always_unknown_even_when_just_checked(regions):
    checked = offer(checked_on="2026-11-21", checked_by="Ann", status="active")
    assert "free_place" in codes(only(living_in("Zwolle"), checked, regions), "unknowns")


def test_the_payer_never_filters(regions):
    for payers in ([], ["wlz"], ["private"], ["jeugdwet"]):
        assert found(living_in("Zwolle"), [offer(payers=payers)], regions) == ["t1"]


def test_the_place_of_the_loved_one_counts_for_relief_and_of_the_carer_for_her_support(regions):
    kind = {"kinds": ["carer_support_centre"], "place": None, "bound_to": "carer"}
    centre = offer(id="centre", **kind, municipalities=["Utrecht"])
    need = Need(carer_at=Spot("Utrecht"), loved_one_at=Spot("Zwolle"))
    assert found(need, [offer(id="home"), centre], regions) == ["home", "centre"]
    swapped = Need(carer_at=Spot("Zwolle"), loved_one_at=Spot("Utrecht"))
    assert found(swapped, [offer(id="home"), centre], regions) == []


def test_when_only_one_place_is_known_it_is_used_and_said(regions):
    match = only(Need(carer_at=Spot("Zwolle")), offer(), regions)
    assert "loved_one_place_assumed" in codes(match, "unknowns")
    centre = offer(kinds=["carer_support_centre"], bound_to="carer", place=None)
    match = only(Need(loved_one_at=Spot("Zwolle")), centre, regions)
    assert "carer_place_assumed" in codes(match, "unknowns")


def test_a_steunpunt_of_her_own_municipality_is_the_third(regions):
    homes = [offer(id=f"h{number}", organisation=f"org {number}") for number in range(4)]
    centre = offer(id="centre", kinds=["carer_support_centre"], bound_to="carer", place=None)
    assert found(living_in("Zwolle"), [centre, *homes], regions) == ["h0", "h1", "centre"]


def test_national_offers_come_after_local_ones(regions):
    national = offer(id="a", scope="national", municipalities=[], organisation="other")
    assert found(living_in("Zwolle"), [national, offer(id="b")], regions) == ["b", "a"]


def test_the_national_twin_of_a_local_offer_is_left_out(regions, by_id):
    need = living_in("Meppel", loved_one_is_child=True)
    ids = found(need, [by_id["o108"], by_id["o010"]], regions)
    assert ids == ["o010"]


def test_in_the_last_phase_help_at_home_with_known_faces_comes_first(regions, offers):
    need = living_in("Land van Cuijk", urgency=Urgency.PALLIATIVE)
    assert found(need, offers, regions)[:2] == ["o114", "o095"]


@pytest.mark.parametrize(
    ("offers", "need", "reason"),
    [
        ([], living_in("Zwolle"), UnmetReason.NONE_KNOWN_HERE),
        ([offer()], living_in("Emmen"), UnmetReason.NONE_KNOWN_HERE),
        ([offer()], Need(), UnmetReason.PLACE_UNKNOWN),
        ([offer(**OLD)], living_in("Zwolle"), UnmetReason.ONLY_STALE),
        ([offer(existence_uncertain=True)], living_in("Zwolle"), UnmetReason.ONLY_STALE),
        ([offer(scope="national", municipalities=[])], living_in("Zwolle"), UnmetReason.ONLY_NATIONAL),
        ([offer()], living_in("Zwolle", kinds=frozenset({OfferKind.STAY})), UnmetReason.OTHER_KIND_ONLY),
        ([offer(kinds=["stay_child"])], living_in("Zwolle"), UnmetReason.OUTSIDE_TARGET),
        ([offer(lead_weeks=[8, 8])], living_in("Zwolle", needed_within_weeks=2), UnmetReason.TOO_LATE),
        ([offer(lead_weeks=[2, 8])], living_in("Zwolle", needed_within_weeks=2), None),
        ([offer(day_parts=["night"])], living_in("Zwolle", day_parts=MORNINGS), UnmetReason.OTHER_DAY_PART),
        ([offer(day_parts=["morning"])], living_in("Zwolle", day_parts=MORNINGS), None),
        ([offer(day_parts=["night"]), NATIONAL], living_in("Zwolle", day_parts=MORNINGS), UnmetReason.OTHER_DAY_PART),
        ([offer(day_parts=["night"], **OLD)], living_in("Zwolle", day_parts=MORNINGS), UnmetReason.OTHER_KIND_ONLY),
        ([offer(status="waiting_list")], living_in("Zwolle"), UnmetReason.FULL_OR_CLOSED),
        ([offer(status="temporarily_closed")], living_in("Zwolle"), UnmetReason.FULL_OR_CLOSED),
        ([offer(), offer(id="t9", **OLD)], living_in("Zwolle"), None),
    ],
)
def test_the_reason_why_nothing_certain_was_found_is_honest(regions, offers, need, reason):
    assert match_offers(need, offers, regions, TODAY).unmet == reason
