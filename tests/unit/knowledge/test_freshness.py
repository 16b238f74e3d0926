"""How far an offer may be trusted follows from who checked it, when, and how old its source is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.offers.freshness import CHECK_HOLDS, CODES, GUARDED, MONTHS, Stage, freshness_of

from .builders import PLAIN, offer
from .builders import offers as any_offers

TODAY = date(2026, 11, 22)


def source(**changes):
    return {**PLAIN["source"], **changes}


def test_a_recent_exact_source_with_nothing_inferred_needs_no_label():
    fresh = freshness_of(offer(), TODAY)
    assert (fresh.code, fresh.unlabelled, fresh.values) == ("source", True, {"month_year": "mei 2026"})


def test_that_same_source_needs_the_label_after_three_years():
    assert freshness_of(offer(), date(2029, 5, 1)).unlabelled
    late = freshness_of(offer(), date(2029, 6, 1))
    assert (late.code, late.unlabelled) == ("unchecked", False)


def test_anything_inferred_brings_the_label_back():
    assert not freshness_of(offer(inferred=["payers"]), TODAY).unlabelled


@pytest.mark.parametrize(
    ("age", "year", "code", "rank"),
    [
        ("recent", 2025, "unchecked", 1),
        ("older", 2021, "unchecked", 2),
        ("older", None, "unchecked_undated", 2),
        ("undated", None, "unchecked_undated", 3),
        ("old", 2018, "unchecked_old", 4),
    ],
)
def test_age_of_the_source_gives_label_and_rank(age, year, code, rank):
    dated = {"age": age, "year": year, "month": None, "date_words": "x"}
    fresh = freshness_of(offer(verify_before_showing=True, source=source(**dated)), TODAY)
    assert (fresh.code, fresh.rank) == (code, rank)
    assert fresh.values == ({"month_year": str(year)} if year else {})


@pytest.mark.parametrize("age", ["older", "undated", "old"])
def test_a_number_from_a_source_that_is_not_recent_is_not_shown(age):
    old = offer(phone="038-1234567", verify_before_showing=True, source=source(age=age, year=None, month=None))
    assert not freshness_of(old, TODAY).may_show_phone


def test_a_number_that_must_be_asked_for_is_not_shown():
    assert not freshness_of(offer(phone="038-1234567", inferred=["phone"]), TODAY).may_show_phone


def test_a_check_by_an_editor_lifts_the_label_and_expires_after_its_term():
    old = {"verify_before_showing": True, "source": source(age="old", year=2016, month=None)}
    checked = offer(**old, phone="038-1234567", checked_on="2026-05-26", checked_by="Ann")
    fresh = freshness_of(checked, date(2026, 5, 26) + CHECK_HOLDS)
    assert (fresh.code, fresh.rank, fresh.unlabelled, fresh.may_show_phone) == ("checked", 0, True, True)
    assert fresh.values == {"month_year": "mei 2026"}
    late = freshness_of(checked, date(2026, 5, 26) + CHECK_HOLDS + timedelta(days=1))
    assert (late.code, late.rank, late.unlabelled, late.may_show_phone) == ("check_expired", 2, False, False)


def test_an_ended_offer_shows_nothing_even_when_checked():
    ended = freshness_of(offer(status="ended", checked_on="2026-11-01", checked_by="Ann", phone="038-1234567"), TODAY)
    assert (ended.code, ended.may_show_phone, ended.may_show_price) == ("ended", False, False)


def test_a_price_is_shown_with_its_year_while_that_is_this_year_or_the_last():
    priced = offer(price={"euros": "12.50", "per": "uur", "year": 2026})
    assert freshness_of(priced, date(2027, 12, 31)).may_show_price
    assert not freshness_of(priced, date(2028, 1, 1)).may_show_price


def test_every_code_is_in_the_list_and_every_month_has_a_name(offers):
    assert {freshness_of(each, TODAY).code for each in offers} <= CODES
    assert len(MONTHS) == 12


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(any_offers(), st.dates(date(2019, 1, 1), date(2040, 1, 1)), st.integers(0, 2000))
def test_an_offer_never_gets_fresher_by_waiting(any_offer, day, wait):
    before, after = freshness_of(any_offer, day), freshness_of(any_offer, day + timedelta(days=wait))
    assert before.stage <= after.stage
    assert before.rank <= after.rank
    assert before.shows >= after.shows
    assert after.stage is not Stage.GONE or not after.shows


CHECKED = {"checked_on": "2026-01-10", "checked_by": "Ann", "verify_before_showing": True}


@pytest.mark.parametrize(
    ("days", "stage", "rank"),
    [
        (180, Stage.FRESH, 0),
        (181, Stage.LABELLED, 2),
        (365, Stage.LABELLED, 2),
        (366, Stage.SUNK, 4),
        (730, Stage.SUNK, 4),
        (731, Stage.GONE, 4),
    ],
)
def test_a_check_expires_sinks_and_goes(days, stage, rank):
    fresh = freshness_of(offer(**CHECKED), date(2026, 1, 10) + timedelta(days=days))
    assert (fresh.stage, fresh.rank) == (stage, rank)


def test_past_its_last_valid_day_it_sinks_at_once_and_goes_half_a_year_later():
    limited = offer(**{**CHECKED, "checked_on": "2026-11-01"}, valid_until="2026-12-31", phone="038-1234567")
    assert freshness_of(limited, date(2026, 12, 31)).stage is Stage.FRESH
    sunk = freshness_of(limited, date(2027, 1, 1))
    assert (sunk.stage, sunk.code, sunk.rank, sunk.may_show_phone) == (Stage.SUNK, "check_expired", 4, False)
    assert freshness_of(limited, date(2027, 6, 29)).stage is Stage.SUNK
    assert freshness_of(limited, date(2027, 6, 30)).stage is Stage.GONE


def test_after_its_last_day_an_offer_has_ended():
    stops = offer(ends_on="2026-12-31")
    assert freshness_of(stops, date(2026, 12, 31)).stage is Stage.FRESH
    assert (freshness_of(stops, date(2027, 1, 1)).code, freshness_of(stops, date(2027, 1, 1)).stage) == (
        "ended",
        Stage.GONE,
    )


@pytest.mark.parametrize(
    ("changes", "day", "stage"),
    [
        ({"age": "older", "year": 2020, "month": 1}, date(2027, 1, 31), Stage.LABELLED),
        ({"age": "older", "year": 2020, "month": 1}, date(2027, 2, 1), Stage.SUNK),
        ({"age": "old", "year": 2017, "month": 3}, TODAY, Stage.SUNK),
        ({"age": "old", "year": 2017, "month": 3}, date(2027, 3, 31), Stage.SUNK),
        ({"age": "old", "year": 2017, "month": 3}, date(2027, 4, 1), Stage.GONE),
        ({"age": "undated", "year": None, "month": None, "read_on": "2026-11-01"}, date(2028, 11, 30), Stage.SUNK),
        ({"age": "undated", "year": None, "month": None, "read_on": "2026-11-01"}, date(2028, 12, 1), Stage.GONE),
        ({"age": "undated", "year": None, "month": None}, date(2040, 1, 1), Stage.SUNK),
    ],
)
def test_what_nobody_checked_goes_by_the_age_of_its_source(changes, day, stage):
    assert freshness_of(offer(verify_before_showing=True, source=source(**changes)), day).stage is stage


def checked_fact(name, checked_on="2026-10-01", **changes):
    return {"field": name, "source": "gebeld", "checked_on": checked_on, "checked_by": "Ann", **changes}


FACTS = {"phone": "038-1234567", "email": "a@b.nl", "url": "https://a.nl", "waiting_weeks": [2, 4]}


def test_a_fact_with_a_check_of_its_own_is_shown_until_that_ends():
    old = {"verify_before_showing": True, "source": source(age="older", year=2021, month=1)}
    one = offer(**old, **FACTS, checks=[checked_fact("phone", expires="2026-12-01")])
    assert freshness_of(one, date(2026, 12, 1)).shows == {"phone", "url"}
    assert freshness_of(one, date(2026, 12, 2)).shows == {"url"}


def test_a_fact_past_its_own_date_is_hidden_though_the_offer_is_fresh_unless_that_was_checked_later():
    late = [checked_fact("phone", expires="2026-11-01"), checked_fact("url", expires="2026-11-01")]
    assert freshness_of(offer(**FACTS, checks=late), TODAY).shows == {"email"}
    again = offer(**FACTS, checks=late, **{**CHECKED, "checked_on": "2026-11-02"})
    assert freshness_of(again, TODAY).shows == {"phone", "email", "url", "waiting_weeks"}


def test_a_waiting_time_is_shown_for_ninety_days_after_a_check_whatever_that_check_hopes():
    waiting = offer(**FACTS, checks=[checked_fact("waiting_weeks", expires="2027-12-01")])
    assert freshness_of(waiting, date(2026, 10, 1) + timedelta(days=90)).may_show("waiting_weeks")
    assert not freshness_of(waiting, date(2026, 10, 1) + timedelta(days=91)).may_show("waiting_weeks")
    assert not freshness_of(offer(**FACTS), TODAY).may_show("waiting_weeks")


def test_of_what_is_gone_nothing_may_be_shown_and_of_the_rest_only_guarded_facts_have_a_date():
    gone = freshness_of(offer(status="ended", **FACTS), TODAY)
    assert not any(gone.may_show(name) for name in (*GUARDED, "name"))
    assert freshness_of(offer(), TODAY).may_show("name")


def test_our_own_sorting_by_area_of_help_does_not_bring_the_label_back():
    assert freshness_of(offer(inferred=["help_areas"], help_areas=["respite"]), TODAY).unlabelled
