"""Haste, waiting and how long: what cannot be there in time is a near miss that says what would make it fit."""

from __future__ import annotations

import pytest

from knowledge.matching.ranking import weigh
from knowledge.vocabulary import DayPart, OfferKind, Urgency
from tests.unit.knowledge.builders import living_in, offer, stay

from .shown import TODAY, codes, order, weighed

EMERGENCY = {"urgency": Urgency.EMERGENCY, "needed_within_weeks": 0}
CHECKED = {"checked_on": "2026-11-01", "checked_by": "Ann"}


@pytest.mark.parametrize(("within", "met"), [(None, True), (0, False), (7, False), (8, True), (20, True)])
def test_an_offer_that_takes_longer_than_there_is_time_is_a_near_miss(regions, within, met):
    found = weighed(living_in("Zwolle", needed_within_weeks=within), offer(lead_weeks=[8, 10]), regions)
    assert found.met is met
    assert "lead_time" in codes(found.match, "misfits")
    assert [(reason.code, reason.values) for reason in found.match.would_fit] == (
        [] if met else [("would_plan_ahead", {"weeks": "8"})]
    )


def test_in_an_emergency_an_emergency_place_comes_first_and_waiting_last(regions):
    ready = offer(id="z-ready", emergency_place=True, verify_before_showing=True)
    plain, waiting = offer(id="b-plain"), offer(id="a-waiting", status="waiting_list")
    assert order(living_in("Zwolle", **EMERGENCY), [plain, waiting, ready], regions) == [
        "z-ready",
        "b-plain",
        "a-waiting",
    ]
    assert order(living_in("Zwolle"), [ready, plain], regions)[0] == "b-plain"
    assert "emergency_place" in codes(weighed(living_in("Zwolle", **EMERGENCY), ready, regions).match, "fits")


def test_an_unknown_or_inferred_emergency_place_is_no_yes(regions):
    need = living_in("Zwolle", **EMERGENCY)
    for one in (offer(), offer(emergency_place=True, inferred=["emergency_place"])):
        assert "emergency_place" not in codes(weighed(need, one, regions).match, "fits")


def test_a_waiting_time_is_only_told_when_it_was_just_asked(regions):
    need = living_in("Zwolle", needed_within_weeks=2)
    fresh = weighed(need, offer(waiting_weeks=[4, 6], **CHECKED), regions)
    assert not fresh.met
    assert "waiting_weeks" in codes(fresh.match, "misfits")
    assert codes(fresh.match, "would_fit") == {"would_wait"}
    old = weighed(need, offer(waiting_weeks=[4, 6]), regions)
    assert old.met
    assert "waiting_weeks" not in codes(old.match, "misfits")


@pytest.mark.parametrize(("wanted", "met"), [(None, True), (1, False), (2, True), (7, True)])
def test_a_stay_that_must_be_longer_than_wanted_is_a_near_miss(regions, wanted, met):
    found = weighed(living_in("Zwolle", nights_wanted=wanted), stay(min_nights=2), regions)
    assert found.met is met
    assert codes(found.match, "would_fit") == (set() if met else {"would_longer_stay"})


def test_another_part_of_the_week_is_a_near_miss_only_when_the_source_names_them_all(regions):
    need = living_in("Zwolle", day_parts=frozenset({DayPart.NIGHT}))
    other = weighed(need, offer(day_parts=["morning"]), regions)
    assert (other.met, codes(other.match, "would_fit")) == (False, {"would_other_day_part"})
    for silent in (offer(), offer(day_parts=["morning"], inferred=["day_parts"])):
        found = weighed(need, silent, regions)
        assert found.met
        assert "ask_day_part" in codes(found.match, "unknowns")


@pytest.mark.parametrize(
    ("offered", "wished", "met", "code"),
    [
        (True, True, True, "regular"),
        (False, True, False, "only_once"),
        (None, True, True, "ask_regular"),
        (False, False, True, "once"),
        (True, False, True, "ask_once"),
        (None, False, True, "ask_once"),
    ],
)
def test_once_or_again_and_again(regions, offered, wished, met, code):
    changes = {} if offered is None else {"structural": offered}
    found = weighed(living_in("Zwolle", structural=wished), stay(**changes), regions)
    assert found.met is met
    assert code in codes(found.match, "fits") | codes(found.match, "misfits") | codes(found.match, "unknowns")


def test_what_is_closed_for_now_fits_when_it_opens(regions):
    found = weighed(living_in("Zwolle"), offer(status="temporarily_closed"), regions)
    assert (found.met, codes(found.match, "would_fit")) == (False, {"would_when_open"})


def test_an_offer_that_ends_is_shown_to_its_last_day_and_never_after(regions):
    need = living_in("Zwolle")
    assert weigh(offer(ends_on="2026-11-22"), need, regions, TODAY)
    assert weigh(offer(ends_on="2026-11-21"), need, regions, TODAY) is None


def test_another_kind_fits_if_that_is_good_too(regions):
    need = living_in("Zwolle", kinds=frozenset({OfferKind.STAY}))
    found = weighed(need, offer(), regions)
    assert (found.met, codes(found.match, "would_fit")) == (False, {"would_other_kind"})
