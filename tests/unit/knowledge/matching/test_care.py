"""What she does, somebody else must be able to do: declined is hard, accepted is said, the rest is asked."""

from __future__ import annotations

import pytest

from knowledge.matching.ranking import barrier, weigh
from knowledge.vocabulary import CareDemand, Condition
from tests.unit.knowledge.builders import living_in, offer, stay

from .shown import TODAY, codes, weighed

LIFTING = frozenset({CareDemand.LIFTING})
NIGHT = frozenset({CareDemand.NIGHT_CARE})


def test_what_is_declined_is_not_offered_and_the_reason_can_be_told(regions):
    one, need = offer(declines=["lifting"]), living_in("Zwolle", demands=LIFTING)
    assert weigh(one, need, regions, TODAY) is None
    assert barrier(one, need, regions).code == "declines"


def test_what_is_declined_excludes_nobody_who_did_not_ask_it(regions):
    for demands in (frozenset(), frozenset({CareDemand.WHEELCHAIR})):
        assert weigh(offer(declines=["lifting"]), living_in("Zwolle", demands=demands), regions, TODAY)


def test_what_is_accepted_is_said_and_what_is_silent_is_asked(regions):
    need = living_in("Zwolle", demands=LIFTING | {CareDemand.SUPERVISION})
    match = weighed(need, offer(accepts=["lifting"]), regions).match
    (said,) = [reason for reason in match.fits if reason.code == "accepts"]
    (asked,) = [reason for reason in match.unknowns if reason.code == "ask_demands"]
    assert said.values == {"demands": CareDemand.LIFTING.label}
    assert asked.values == {"demands": CareDemand.SUPERVISION.label}


def test_an_inferred_yes_is_asked_and_an_inferred_no_does_not_exclude(regions):
    need = living_in("Zwolle", demands=LIFTING)
    for guessed in (
        {"accepts": ["lifting"], "inferred": ["accepts"]},
        {"declines": ["lifting"], "inferred": ["declines"]},
    ):
        match = weighed(need, offer(**guessed), regions).match
        assert "accepts" not in codes(match, "fits")
        assert "ask_demands" in codes(match, "unknowns")


def test_where_nobody_takes_over_nothing_is_asked(regions):
    centre = offer(kinds=["carer_support_centre"], place=None, bound_to="carer", declines=["lifting"])
    match = weighed(living_in("Zwolle", demands=LIFTING), centre, regions).match
    assert "ask_demands" not in codes(match, "unknowns")


def test_care_in_the_night_is_a_question_only_where_somebody_is_there_by_night(regions):
    need = living_in("Zwolle", demands=NIGHT)
    day = offer(kinds=["day_care"], place="away", declines=["night_care"])
    assert weigh(day, need, regions, TODAY)
    assert weigh(stay(declines=["night_care"]), need, regions, TODAY) is None


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ({}, True),
        ({"conditions": frozenset({Condition.DEMENTIA})}, True),
        ({"conditions": frozenset({Condition.ADDICTION})}, False),
        ({"conditions": frozenset({Condition.ADDICTION, Condition.DEMENTIA})}, False),
    ],
)
def test_an_excluded_condition_is_hard_once_it_was_told(regions, told, shown):
    one, need = offer(excluded_conditions=["addiction"]), living_in("Zwolle", **told)
    assert bool(weigh(one, need, regions, TODAY)) is shown
    assert shown or barrier(one, need, regions).code == "excluded_condition"


@pytest.mark.parametrize(
    ("limits", "told", "outcome"),
    [
        ({"min_age": 18}, {"loved_one_is_child": True}, "other_years"),
        ({"min_age": 18}, {"loved_one_is_child": False}, "for_years"),
        ({"min_age": 18, "max_age": 65}, {"loved_one_age": 70}, "other_years"),
        ({"min_age": 18, "max_age": 65}, {"loved_one_age": 65}, "for_years"),
        ({"min_age": 55}, {"loved_one_is_child": False}, "ask_years"),
        ({"min_age": 55}, {}, "ask_years"),
        ({"max_age": 17}, {}, "only_children"),
        ({"max_age": 17}, {"loved_one_is_child": False}, "other_years"),
        ({"max_age": 12}, {"loved_one_is_child": True}, "ask_years"),
        ({"min_age": 18, "inferred": ["min_age"]}, {"loved_one_is_child": True}, "ask_years"),
    ],
)
def test_an_age_is_hard_when_it_was_told_and_else_asked(regions, limits, told, outcome):
    one, need = offer(**limits), living_in("Zwolle", **told)
    why = barrier(one, need, regions)
    if why:
        assert why.code == outcome
    else:
        match = weighed(need, one, regions).match
        assert outcome in codes(match, "fits") | codes(match, "unknowns")
        assert (outcome in codes(match, "fits")) is (outcome == "for_years")


def test_languages_and_who_pays_never_exclude(regions):
    for changes in ({"languages": ["Turks"]}, {"languages": []}, {"payers": []}):
        assert weigh(offer(**changes), living_in("Zwolle", language="ar"), regions, TODAY)
