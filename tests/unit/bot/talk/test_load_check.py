"""Which of the five questions about the load are still open, and when they are worth asking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.load import LoadBand, LoadSignal, assess_load
from bot.profile import CarerProfile, Told
from bot.talk.load_check import is_worth_asking, open_load_questions
from bot.talk.thread import LOAD_QUESTIONS, Thread

LIGHT = LoadSignal(LoadBand.UNKNOWN)
VALUES = {
    "nights": {"low": 0.0, "high": 0.0, "times": None},
    "body": "fine",
    "own_time": "some",
    "helpers": "some",
    "perseverance": "months",
}
each_question = pytest.mark.parametrize("question", LOAD_QUESTIONS)


def carer(**told: object) -> CarerProfile:
    profile = CarerProfile(relation=Told("partner"), conditions=[Told("dementia")])
    for name, value in told.items():
        setattr(profile, name, value)
    return profile


def test_of_someone_who_told_nothing_all_five_are_open_in_their_order() -> None:
    assert open_load_questions(CarerProfile(), Thread()) == list(LOAD_QUESTIONS)
    assert len(LOAD_QUESTIONS) == 5


@each_question
def test_what_is_known_is_not_asked(question: str) -> None:
    assert question not in open_load_questions(carer(**{question: Told(VALUES[question])}), Thread())


@each_question
def test_what_was_refused_or_asked_is_not_asked_again(question: str) -> None:
    assert question not in open_load_questions(carer(refused=[question]), Thread())
    assert question not in open_load_questions(carer(), Thread(asked=[question]))


@pytest.mark.parametrize(
    ("cue", "question"),
    [
        ("sleep_loss", "nights"),
        ("constant", "nights"),
        ("body", "body"),
        ("no_time", "own_time"),
        ("alone", "helpers"),
        ("breaking_point", "perseverance"),
    ],
)
def test_what_was_told_in_other_words_is_not_asked(cue: str, question: str) -> None:
    still_open = open_load_questions(carer(load_cues=[Told(cue)]), Thread())
    assert still_open == [name for name in LOAD_QUESTIONS if name != question]


@given(
    st.sets(st.sampled_from(LOAD_QUESTIONS)),
    st.sets(st.sampled_from(LOAD_QUESTIONS)),
    st.sets(st.sampled_from(LOAD_QUESTIONS)),
)
def test_every_question_is_open_just_when_nothing_closed_it(
    known: set[str], refused: set[str], asked: set[str]
) -> None:
    profile = carer(refused=sorted(refused), **{name: Told(VALUES[name]) for name in known})
    still_open = open_load_questions(profile, Thread(asked=sorted(asked)))
    assert still_open == [name for name in LOAD_QUESTIONS if name not in known | refused | asked]


def test_it_is_worth_asking_a_carer_of_whom_little_is_known() -> None:
    assert is_worth_asking(carer(), LIGHT, Thread())
    assert is_worth_asking(CarerProfile(tasks=[Told("household")]), LIGHT, Thread())


@pytest.mark.parametrize("band", [LoadBand.HIGH, LoadBand.CRISIS])
def test_what_is_clear_already_is_not_asked(band: LoadBand) -> None:
    assert not is_worth_asking(carer(), LoadSignal(band), Thread())


@pytest.mark.parametrize("band", [LoadBand.LOW, LoadBand.MEDIUM, LoadBand.UNKNOWN])
def test_any_other_load_may_be_asked_about(band: LoadBand) -> None:
    assert is_worth_asking(carer(), LoadSignal(band), Thread())


def test_it_is_offered_once() -> None:
    assert not is_worth_asking(carer(), LIGHT, Thread(load_offered=True))


@pytest.mark.parametrize("name", ["minor", "bereaved", "stance"])
def test_the_young_the_bereaved_and_whoever_speaks_of_others_are_spared(name: str) -> None:
    assert not is_worth_asking(carer(**{name: Told("yes")}), LIGHT, Thread())


def test_it_is_not_asked_of_somebody_who_told_of_no_care() -> None:
    assert not is_worth_asking(CarerProfile(), LIGHT, Thread())


def test_one_open_question_is_too_few() -> None:
    assert is_worth_asking(carer(), LIGHT, Thread(asked=["nights", "body", "own_time"]))
    assert not is_worth_asking(carer(), LIGHT, Thread(asked=["nights", "body", "own_time", "helpers"]))


@given(st.sets(st.sampled_from(["sleep_loss", "alone", "body", "no_time", "exhausted", "played_down"])))
def test_a_cue_more_never_opens_a_question(cues: set[str]) -> None:
    profile = carer(load_cues=[Told(cue) for cue in sorted(cues)])
    before = set(open_load_questions(profile, Thread()))
    profile.load_cues.append(Told("breaking_point"))
    assert set(open_load_questions(profile, Thread())) <= before
    assert not is_worth_asking(profile, assess_load(profile), Thread())
