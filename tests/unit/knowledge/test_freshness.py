"""How far an offer may be trusted follows from who checked it, when, and how old its source is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from knowledge.freshness import CHECK_HOLDS, CODES, MONTHS, freshness_of

from .builders import PLAIN, offer

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
    old = offer(phone="0", verify_before_showing=True, source=source(age=age, year=None, month=None))
    assert not freshness_of(old, TODAY).may_show_phone


def test_a_number_that_must_be_asked_for_is_not_shown():
    assert not freshness_of(offer(phone="0", inferred=["phone"]), TODAY).may_show_phone


def test_a_check_by_an_editor_lifts_the_label_and_expires_after_its_term():
    old = {"verify_before_showing": True, "source": source(age="old", year=2016, month=None)}
    checked = offer(**old, phone="0", checked_on="2026-05-26", checked_by="Ann")
    fresh = freshness_of(checked, date(2026, 5, 26) + CHECK_HOLDS)
    assert (fresh.code, fresh.rank, fresh.unlabelled, fresh.may_show_phone) == ("checked", 0, True, True)
    assert fresh.values == {"month_year": "mei 2026"}
    late = freshness_of(checked, date(2026, 5, 26) + CHECK_HOLDS + timedelta(days=1))
    assert (late.code, late.rank, late.unlabelled, late.may_show_phone) == ("check_expired", 2, False, False)


def test_an_ended_offer_shows_nothing_even_when_checked():
    ended = freshness_of(offer(status="ended", checked_on="2026-11-01", checked_by="Ann", phone="0"), TODAY)
    assert (ended.code, ended.may_show_phone, ended.may_show_price) == ("ended", False, False)


def test_a_price_is_shown_with_its_year_while_that_is_this_year_or_the_last():
    priced = offer(price={"euros": "12.50", "per": "uur", "year": 2026})
    assert freshness_of(priced, date(2027, 12, 31)).may_show_price
    assert not freshness_of(priced, date(2028, 1, 1)).may_show_price


def test_every_code_is_in_the_list_and_every_month_has_a_name(offers):
    assert {freshness_of(each, TODAY).code for each in offers} <= CODES
    assert len(MONTHS) == 12
