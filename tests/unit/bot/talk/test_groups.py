"""Groups of carers: each on what was told and no more, the most important first, one line at a time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.load import LoadBand, LoadSignal, assess_load
from bot.profile import CarerProfile, Told
from bot.reading import LoadCue, Relation, Wish
from bot.talk.groups import AT_ONCE, IN_A_TALK, Group, groups_of, line_for
from knowledge.vocabulary import Condition


def place(municipality: str, *, certain: bool = True) -> Told:
    value = {"municipality": municipality, "place": municipality, "postcode": None, "state": "stated"}
    return Told(value, municipality, 1, confirmed=certain)


def told(*values: str) -> list[Told]:
    return [Told(str(value)) for value in values]


def groups(profile: CarerProfile) -> tuple[Group, ...]:
    return groups_of(profile, assess_load(profile))


MINIMAL: dict[Group, dict[str, Any]] = {
    Group.AGGRESSION: {"load_cues": told(LoadCue.AGGRESSION)},
    Group.LAST_PHASE: {"palliative": Told(True)},
    Group.YOUNG: {"minor": Told("yes")},
    Group.MENTAL_HEALTH: {"conditions": told(Condition.ADDICTION)},
    Group.ARRANGING: {"load_cues": told(LoadCue.ARRANGING_BURDEN)},
    Group.WORKING: {"load_cues": told(LoadCue.WORK_CONFLICT)},
    Group.PARENT: {"relation": Told("child")},
    Group.PARTNER_CHANGED: {"relation": Told("partner"), "conditions": told(Condition.STROKE_BRAIN_INJURY)},
    Group.MIGRANT: {"language": Told("tr")},
    Group.SEVERAL: {"others_cared_for": [Told("parent", about="uw moeder")]},
    Group.NEIGHBOUR: {"relation": Told(Relation.FRIEND_NEIGHBOUR.value)},
    Group.AT_DISTANCE: {"carer_place": place("Utrecht"), "loved_one_place": place("Groningen")},
}

NEIGHBOURING: dict[Group, dict[str, Any]] = {
    Group.AGGRESSION: {"load_cues": told(LoadCue.ANGRY_GUILTY)},
    Group.LAST_PHASE: {"conditions": told(Condition.CANCER)},
    Group.YOUNG: {"minor": Told("no"), "loved_one_child": Told("yes")},
    Group.MENTAL_HEALTH: {"conditions": told(Condition.AUTISM), "load_cues": told(LoadCue.SAD_ANXIOUS)},
    Group.ARRANGING: {"tasks": told("arranging")},
    Group.WORKING: {"works": Told("no"), "load_cues": told(LoadCue.NO_TIME)},
    Group.PARENT: {"relation": Told("sibling"), "loved_one_child": Told("yes")},
    Group.PARTNER_CHANGED: {"relation": Told("parent"), "conditions": told(Condition.STROKE_BRAIN_INJURY)},
    Group.MIGRANT: {"language": Told("nl"), "interpreter": Told("no")},
    Group.SEVERAL: {"relation": Told("parent")},
    Group.NEIGHBOUR: {"relation": Told("other")},
    Group.AT_DISTANCE: {"carer_place": place("Utrecht"), "loved_one_place": place("Groningen", certain=False)},
}


@pytest.mark.parametrize("group", Group)
def test_what_was_told_makes_the_group_and_nothing_else(group: Group) -> None:
    assert groups(CarerProfile(**MINIMAL[group])) == (group,)


@pytest.mark.parametrize("group", Group)
def test_what_only_looks_like_it_does_not(group: Group) -> None:
    assert group not in groups(CarerProfile(**NEIGHBOURING[group]))


@pytest.mark.parametrize(
    ("group", "more"),
    [
        (Group.LAST_PHASE, {"conditions": told(Condition.PALLIATIVE)}),
        (Group.MENTAL_HEALTH, {"conditions": told(Condition.MENTAL_HEALTH)}),
        (Group.ARRANGING, {"wishes": told(Wish.ARRANGING_HELP)}),
        (Group.WORKING, {"works": Told("yes")}),
        (Group.MIGRANT, {"interpreter": Told("yes")}),
        (Group.PARENT, {"relation": Told("parent"), "others_cared_for": [Told("child", about="uw zoon")]}),
        (
            Group.PARTNER_CHANGED,
            {
                "relation": Told("partner"),
                "called": "uw man",
                "conditions": [Told(Condition.YOUNG_DEMENTIA.value, about="uw man")],
            },
        ),
    ],
)
def test_other_ways_of_telling_the_same(group: Group, more: dict[str, Any]) -> None:
    assert group in groups(CarerProfile(**more))


def test_an_illness_of_another_does_not_change_her_partner() -> None:
    profile = CarerProfile(
        relation=Told("partner"),
        called="uw man",
        conditions=[Told(Condition.YOUNG_DEMENTIA.value, about="uw zus")],
    )
    assert Group.PARTNER_CHANGED not in groups(profile)


@pytest.mark.parametrize("together", ["yes", "no"])
def test_who_lives_under_one_roof_does_not_care_from_afar(together: str) -> None:
    profile = CarerProfile(living_together=Told(together), carer_place=place("Ede"), loved_one_place=place("Assen"))
    assert (Group.AT_DISTANCE in groups(profile)) == (together == "no")


def test_nothing_told_is_no_group() -> None:
    assert groups(CarerProfile()) == ()


def test_work_is_told_of_first_when_it_weighs_and_last_when_it_does_not() -> None:
    parent = {"relation": Told("child"), "works": Told("yes")}
    assert groups(CarerProfile(**parent)) == (Group.PARENT, Group.WORKING)
    weighs = CarerProfile(**parent, load_cues=told(LoadCue.WORK_CONFLICT))
    assert groups(weighs) == (Group.WORKING, Group.PARENT)


def test_a_mother_of_a_young_man_in_crisis_reads_of_safety_and_then_of_somebody_for_the_family() -> None:
    """S15."""
    profile = CarerProfile(
        relation=Told("child"), conditions=told(Condition.MENTAL_HEALTH), load_cues=told(LoadCue.AGGRESSION)
    )
    load = assess_load(profile)
    assert line_for(profile, load, []) is Group.AGGRESSION
    assert line_for(profile, load, ["aggression"]) is Group.MENTAL_HEALTH
    assert line_for(profile, load, ["aggression", "mental_health"]) is None
    assert line_for(profile, load, ["aggression", "mental_health"], after_offers=True) is Group.PARENT


def test_a_young_person_is_nothing_else_to_us() -> None:
    profile = CarerProfile(
        minor=Told("yes"), conditions=told(Condition.ADDICTION), load_cues=told(LoadCue.WORK_CONFLICT)
    )
    assert groups(profile) == (Group.YOUNG,)


def test_one_line_before_the_offers_and_one_after() -> None:
    profile = CarerProfile(
        relation=Told("child"), works=Told("yes"), others_cared_for=[Told("parent", about="uw moeder")]
    )
    load = assess_load(profile)
    assert line_for(profile, load, []) is Group.PARENT
    assert line_for(profile, load, ["parent"]) is None
    assert line_for(profile, load, ["parent"], after_offers=True) is Group.SEVERAL
    assert line_for(profile, load, ["parent", "several"], after_offers=True) is None


def test_at_the_end_of_her_strength_only_what_cannot_wait() -> None:
    crisis = LoadSignal(LoadBand.CRISIS)
    assert line_for(CarerProfile(**MINIMAL[Group.WORKING]), crisis, []) is None
    dying = CarerProfile(palliative=Told(True), works=Told("yes"), load_cues=told(LoadCue.BREAKING_POINT))
    assert line_for(dying, LoadSignal(LoadBand.CRISIS, assess_load(dying).reasons), []) is Group.LAST_PHASE


PROFILES = st.lists(st.sampled_from(list(Group)), unique=True).map(
    lambda chosen: CarerProfile(**{name: value for group in chosen for name, value in MINIMAL[group].items()})
)


@given(PROFILES, st.booleans())
def test_no_line_is_said_twice_and_few_are_said(profile: CarerProfile, after_offers: bool) -> None:
    load, said = assess_load(profile), list[str]()
    while (group := line_for(profile, load, said, after_offers=after_offers)) is not None:
        assert group.value not in said
        assert group in groups_of(profile, load)
        said.append(group.value)
    assert len([value for value in said if value not in AT_ONCE]) <= IN_A_TALK


@given(PROFILES)
def test_the_order_is_that_of_the_groups_but_for_what_is_no_burden(profile: CarerProfile) -> None:
    found = groups(profile)
    assert list(found) == sorted(found, key=list(Group).index)
