"""From what was told to what would help: everything told counts, and what was not told stays unknown."""

from __future__ import annotations

import pytest

from bot.load import LoadBand, LoadSignal
from bot.profile import CarerProfile, Told
from bot.talk.needs import need_of
from bot.talk.tried import tried_kinds
from knowledge.matching.need import Need
from knowledge.vocabulary import CareDemand, OfferKind, Urgency

LIGHT = LoadSignal(LoadBand.LOW)


def test_an_empty_profile_is_an_empty_need():
    assert need_of(CarerProfile(), LIGHT) == Need()


def test_what_she_does_is_asked_of_whoever_takes_over_and_company_is_not():
    tasks = [Told(task) for task in ("lifting", "personal_care", "supervision", "night_care", "company", "medication")]
    assert need_of(CarerProfile(tasks=tasks), LIGHT).demands == {
        CareDemand.LIFTING, CareDemand.PERSONAL_CARE, CareDemand.SUPERVISION, CareDemand.NIGHT_CARE,
    }  # fmt: skip


@pytest.mark.parametrize("cue", ["aggression", "constant", "sleep_loss"])
def test_how_heavy_it_is_or_what_he_has_keeps_no_offer_away(cue):
    profile = CarerProfile(load_cues=[Told(cue)], conditions=[Told("dementia"), Told("physical_disability")])
    assert need_of(profile, LIGHT).demands == frozenset()


@pytest.mark.parametrize(("told", "known"), [(None, None), ("yes", True), ("no", False)])
def test_whether_she_works_is_known_only_when_told(told, known):
    assert need_of(CarerProfile(works=Told(told) if told else None), LIGHT).carer_works is known


def test_an_emergency_is_needed_now_and_anything_else_has_no_date():
    urgent = need_of(CarerProfile(perseverance=Told("days")), LIGHT)
    assert (urgent.urgency, urgent.needed_within_weeks) == (Urgency.EMERGENCY, 0)
    soon = need_of(CarerProfile(perseverance=Told("weeks")), LIGHT)
    assert (soon.urgency, soon.needed_within_weeks) == (Urgency.SOON, None)


def test_a_holiday_alone_is_once_and_nothing_else_says_how_often():
    assert need_of(CarerProfile(wishes=[Told("holiday")]), LIGHT).structural is False
    assert need_of(CarerProfile(wishes=[Told("holiday"), Told("day_out")]), LIGHT).structural is None
    assert need_of(CarerProfile(wishes=[Told("stay_away")]), LIGHT).structural is None


def test_who_she_cares_for_and_that_arranging_is_too_much_are_taken_along():
    need = need_of(CarerProfile(relation=Told("in_law"), load_cues=[Told("arranging_burden")]), LIGHT)
    assert (need.relation, need.arranging_is_heavy) == ("in_law", True)


@pytest.mark.parametrize(
    ("words", "kinds", "failed"),
    [
        ("We hebben dagopvang geprobeerd", {OfferKind.DAY_CARE}, None),
        ("dagopvang geprobeerd maar dat ging helemaal niet", {OfferKind.DAY_CARE}, True),
        ("de vrijwilliger beviel niet", {OfferKind.HOME_VOLUNTEER}, True),
        ("logeren liep uit op ruzie", {OfferKind.STAY, OfferKind.STAY_CHILD}, True),
        ("de zorgboerderij was niks", {OfferKind.CARE_FARM}, True),
        ("wlz hebben ze afgewezen", set(), None),
        ("van alles geprobeerd", set(), None),
    ],
)
def test_what_was_tried_is_a_kind_and_failed_only_when_she_said_so(words, kinds, failed):
    found = tried_kinds([Told(words)])
    assert {tried.kind for tried in found} == kinds
    assert all((tried.failed, tried.words) == (failed, words) for tried in found)


def test_a_failure_told_later_counts():
    (tried,) = tried_kinds([Told("dagopvang geprobeerd"), Told("de dagopvang beviel niet")])
    assert tried.failed
