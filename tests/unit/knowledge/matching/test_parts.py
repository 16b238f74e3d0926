"""The parts of the points: none below zero, and each looks only at the fields that it names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.matching.advice import advise, tried_of
from knowledge.matching.care import CARE_FIELDS, care_of
from knowledge.matching.company import COMPANY_FIELDS, TRANSPORT_FIELDS, company_of, transport_of
from knowledge.matching.haste import HASTE_FIELDS, haste_of
from knowledge.matching.ranking import STANDING_FIELDS, standing_of, standing_signature, weigh
from knowledge.matching.reach import REACH_FIELDS, reach_of, reach_points
from knowledge.matching.target import TARGET_FIELDS, target_of
from knowledge.matching.wish import WISH_FIELDS, is_main, preference, wish_of

from .shown import TODAY
from .strategies import REGIONS, near, needs, neighbours, offers

many = settings(max_examples=100, deadline=None)
PARTS = {
    "target": (target_of, TARGET_FIELDS),
    "care": (care_of, CARE_FIELDS),
    "wish": (wish_of, WISH_FIELDS),
    "haste": (lambda offer, need: haste_of(offer, need, just_checked=True), HASTE_FIELDS),
    "company": (company_of, COMPANY_FIELDS),
    "transport": (transport_of, TRANSPORT_FIELDS),
    "tried": (tried_of, ("kinds",)),
    "advice": (lambda offer, need: advise(need).of(offer), ("kinds",)),
}


def alike(one, other, names):
    """The other offer, with these fields of the one."""
    return replace(other, **{name: getattr(one, name) for name in names})


@pytest.mark.parametrize("part", PARTS)
@many
@given(need=needs, one=offers(), other=offers())
def test_a_part_looks_only_at_the_fields_it_names(part, need, one, other):
    look, names = PARTS[part]
    first, second = look(one, need), look(alike(one, other, names), need)
    assert first.points >= 0
    assert (first.points, first.met, first.barrier is None) == (second.points, second.met, second.barrier is None)


@many
@given(needs, st.one_of(near(), offers()), offers())
def test_the_reach_looks_only_at_the_fields_it_names(need, one, other):
    first = reach_of(one, need, REGIONS)
    assert first == reach_of(alike(one, other, REACH_FIELDS), need, REGIONS)
    assert first is None or reach_points(first) >= 0


@many
@given(needs, offers(), offers(), st.booleans())
def test_offers_of_one_signature_have_one_standing(need, one, other, just_checked):
    same, advice = alike(one, other, STANDING_FIELDS), advise(need)
    assert standing_signature(one) == standing_signature(same)
    assert standing_of(one, need, advice, just_checked=just_checked) == standing_of(
        same, need, advice, just_checked=just_checked
    )


@many
@given(neighbours, near())
def test_the_standing_is_a_lower_bound_of_the_points(need, one):
    found, advice = weigh(one, need, REGIONS, TODAY), advise(need)
    if found:
        standings = [standing_of(one, need, advice, just_checked=checked) for checked in (True, False)]
        assert any(standing.points <= found.key[1] for standing in standings)
        assert any(standing.met or not found.met for standing in standings)


@settings(max_examples=200, deadline=None)
@given(neighbours, near(), near())
def test_without_a_wish_home_comes_before_staying_elsewhere_whatever_else_differs(need, one, other):
    need = replace(need, kinds=frozenset(), place=None, tried=())
    first, second = weigh(one, need, REGIONS, TODAY), weigh(other, need, REGIONS, TODAY)
    if first and second and first.tier is second.tier and is_main(one, need) and preference(one) < preference(other):
        assert first.order < second.order
