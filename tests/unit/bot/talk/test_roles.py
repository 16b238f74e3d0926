"""Who is speaking, over a whole talk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.profile import CarerProfile
from bot.reading import Cue, Evidence, LovedOne, Reading, Role, Stance
from bot.talk.learn import learn
from bot.talk.news import News
from bot.talk.roles import SPEAKING, choose_role, settle_role
from bot.talk.thread import Thread

MOTHER = LovedOne("parent", "uw moeder", Evidence("mijn moeder", 0, 11))
SOMETHING = Evidence("x", 0, 1)


def says(role: Role, chance: float = 0.9, **more: object) -> Reading:
    rest = (1 - chance) / (len(Role) - 1)
    chances = {other.value: chance if other is role else rest for other in Role}
    return Reading(role=role.value, role_probabilities=chances, **more)  # type: ignore[arg-type]


def after(*readings: Reading) -> CarerProfile:
    profile = CarerProfile()
    for turn, reading in enumerate(readings):
        learn(profile, reading, "een paar woorden zonder betekenis", Thread(turn=turn))
    return profile


def role_after(*readings: Reading) -> str | None:
    role = after(*readings).role
    return role.value if role else None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.UNKNOWN])
def test_a_clear_first_message_settles_who_speaks(role: Role) -> None:
    assert role_after(says(role)) == role


@pytest.mark.parametrize("odd", [Role.PROFESSIONAL, Role.CARED_FOR, Role.VOLUNTEER, Role.OTHER, Role.FORMER_CARER])
def test_one_odd_message_does_not_change_a_carer(odd: Role) -> None:
    assert role_after(says(Role.CARER), says(odd)) == Role.CARER


@pytest.mark.parametrize("role", [Role.PROFESSIONAL, Role.CARED_FOR, Role.VOLUNTEER])
def test_a_few_messages_of_another_role_do(role: Role) -> None:
    assert role_after(says(Role.CARER), *[says(role)] * 3) == role


def test_many_questions_for_another_desk_do_not_make_a_carer_somebody_else_at_once() -> None:
    assert role_after(*[says(Role.CARER)] * 2, *[says(Role.OTHER)] * 2) == Role.CARER


def test_a_message_that_says_nothing_of_who_speaks_changes_nothing() -> None:
    profile = after(says(Role.CARER))
    before = dict(profile.role_evidence)
    settle_role(profile, says(Role.UNKNOWN, 0.96), 2, News())
    assert profile.role is not None
    assert profile.role.value == Role.CARER
    assert all(abs(profile.role_evidence[role] - before[role]) < 0.1 for role in SPEAKING)


def test_a_near_tie_leaves_it_open_for_a_carer() -> None:
    chances = {Role.OTHER.value: 0.5, Role.CARER.value: 0.45, Role.UNKNOWN.value: 0.05}
    assert role_after(Reading(role=Role.OTHER.value, role_probabilities=chances)) is None


@pytest.mark.parametrize("role", [Role.PROFESSIONAL, Role.VOLUNTEER, Role.CARED_FOR, Role.OTHER])
def test_whoever_also_cares_at_home_goes_on_as_a_carer(role: Role) -> None:
    assert role_after(*[says(role)] * 2, says(Role.CARER, 0.6, loved_ones=(MOTHER,))) == Role.CARER


def test_that_is_not_me_my_sister_does_it_is_a_clear_correction() -> None:
    denied = (Cue(Stance.NEGATED.value, SOMETHING), Cue(Stance.THIRD_PERSON.value, SOMETHING))
    profile = after(*[says(Role.CARER, loved_ones=(MOTHER,))] * 4, says(Role.OTHER, 0.6, stances=denied))
    assert profile.role is not None
    assert profile.role.value == Role.OTHER
    assert profile.relation is None
    assert profile.stance is not None
    assert profile.stance.value == Stance.THIRD_PERSON


def test_a_death_ends_the_care_whatever_was_told_before() -> None:
    assert role_after(*[says(Role.CARER)] * 5, says(Role.FORMER_CARER, 0.7, bereaved=SOMETHING)) == Role.FORMER_CARER


def test_what_another_carer_goes_through_is_not_hers() -> None:
    reading = says(
        Role.OTHER,
        stances=(Cue(Stance.THIRD_PERSON.value, SOMETHING),),
        load_cues=(Cue("exhausted", SOMETHING),),
        conditions=(Cue("dementia", SOMETHING),),
        loved_ones=(MOTHER,),
    )
    profile = after(reading)
    assert profile.stance is not None
    assert profile.relation is None
    assert [*profile.load_cues, *profile.conditions] == []


def test_a_sister_who_takes_over_on_saturday_is_an_answer_not_another_story() -> None:
    helps = Reading(stances=(Cue(Stance.THIRD_PERSON.value, SOMETHING),), helpers=Cue("some", SOMETHING))
    profile = after(says(Role.CARER, 0.5, loved_ones=(MOTHER,)), helps)
    assert profile.helpers is not None
    assert profile.stance is None


def test_her_own_choice_outweighs_what_was_heard() -> None:
    profile = after(*[says(Role.PROFESSIONAL)] * 3)
    choose_role(profile, Role.CARER.value, "Ik zorg zelf ook voor iemand", 4, News())
    settle_role(profile, says(Role.PROFESSIONAL), 5, News())
    assert profile.role is not None
    assert profile.role.value == Role.CARER


CHANCES = st.lists(st.floats(0.001, 1), min_size=len(Role), max_size=len(Role)).map(
    lambda weights: {role.value: weight / sum(weights) for role, weight in zip(Role, weights, strict=True)}
)


@given(st.lists(CHANCES, max_size=8))
def test_evidence_stays_within_bounds_so_a_talk_can_always_turn(talk: list[dict[str, float]]) -> None:
    profile = CarerProfile()
    for chances in talk:
        reading = Reading(role=max(chances, key=lambda role: chances[role]), role_probabilities=chances)
        settle_role(profile, reading, 1, News())
    assert all(-4 <= evidence <= 4 for evidence in profile.role_evidence.values())
    assert CarerProfile.from_dict(profile.as_dict()) == profile
