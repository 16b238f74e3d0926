"""What is asked next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.load import LoadBand, LoadSignal
from bot.profile import CarerProfile, Told
from bot.talk.agenda import MOST_QUESTIONS, SHOW_OFFERS, may_name, next_question, whose_place
from bot.talk.thread import BEFORE_OFFERS, Thread

LIGHT = LoadSignal(LoadBand.LOW, ())
HEAVY = LoadSignal(LoadBand.HIGH, ())


def place(state: str = "stated") -> Told:
    value = {"municipality": "Zwolle", "place": "Zwolle", "postcode": None, "state": state}
    return Told(value, "Zwolle", 1, confirmed=state != "derived")


def test_an_empty_talk_begins_with_whom_she_cares_for() -> None:
    assert next_question(CarerProfile(), LIGHT, Thread()) == "relation"


def test_what_she_volunteered_is_not_asked() -> None:
    profile = CarerProfile(
        relation=Told("partner"), conditions=[Told("dementia")], nights=Told({"high": 7}), carer_place=place()
    )
    assert next_question(profile, LIGHT, Thread()) == "helpers"


def test_with_a_heavy_load_only_the_place_is_still_asked() -> None:
    profile = CarerProfile(relation=Told("partner"), conditions=[Told("dementia")])
    assert next_question(profile, HEAVY, Thread()) == "place"
    profile.carer_place = place()
    assert next_question(profile, HEAVY, Thread()) == SHOW_OFFERS


def test_near_the_end_of_a_life_only_the_place_is_still_asked() -> None:
    profile = CarerProfile(relation=Told("partner"), palliative=Told(True))
    assert next_question(profile, LIGHT, Thread()) == "place"
    profile.carer_place = place()
    assert next_question(profile, LIGHT, Thread()) == SHOW_OFFERS


def test_a_derived_place_is_confirmed_first() -> None:
    profile = CarerProfile(relation=Told("partner"), conditions=[Told("dementia")], carer_place=place("derived"))
    assert next_question(profile, LIGHT, Thread()) == "place_confirm"


def test_an_ambiguous_place_is_asked_even_when_six_questions_were_asked() -> None:
    thread = Thread(asked=list(BEFORE_OFFERS)[:6], place_options=[{"municipality": "Laren"}])
    assert next_question(CarerProfile(), LIGHT, thread) == "place_which"


def test_the_place_of_a_parent_is_the_parents_and_of_a_partner_her_own() -> None:
    assert whose_place(CarerProfile(relation=Told("parent"))) == "loved_one"
    assert whose_place(CarerProfile(relation=Told("parent"), living_together=Told("yes"))) == "carer"
    assert whose_place(CarerProfile(relation=Told("partner"))) == "carer"
    assert whose_place(CarerProfile(relation=Told("partner"), living_together=Told("no"))) == "loved_one"


def test_the_word_is_offered_once_and_never_after_a_no() -> None:
    told = CarerProfile(relation=Told("partner"), tasks=[Told("household")])
    assert not may_name(told, Thread(turn=1))  # first she is heard
    assert may_name(told, Thread(turn=2))
    assert not may_name(told, Thread(turn=2, named=True))
    told.label_rejected = Told(True)
    assert not may_name(told, Thread(turn=2))
    assert not may_name(CarerProfile(relation=Told("partner")), Thread(turn=2))


PROFILES = st.builds(
    CarerProfile,
    relation=st.none() | st.just(Told("parent")),
    conditions=st.just([]) | st.just([Told("dementia")]),
    nights=st.none() | st.just(Told({"high": 7})),
    helpers=st.none() | st.just(Told("none")),
    wishes=st.just([]) | st.just([Told("rest")]),
    carer_place=st.none() | st.just(place()) | st.just(place("derived")),
    refused=st.lists(st.sampled_from(BEFORE_OFFERS), unique=True),
)


@given(PROFILES, st.sampled_from([LIGHT, HEAVY]))
def test_no_talk_asks_anything_twice_or_more_than_six_questions(profile: CarerProfile, load: LoadSignal) -> None:
    thread, asked = Thread(), []
    while (question := next_question(profile, load, thread)) != SHOW_OFFERS:
        assert question not in asked
        assert question not in profile.refused
        asked.append(question)
        thread.ask(question)
    assert len(asked) <= MOST_QUESTIONS


def test_a_neighbour_is_not_asked_about_her_nights_unless_she_lives_there() -> None:
    neighbour = CarerProfile(relation=Told("friend_neighbour"), conditions=[Told("dementia")], carer_place=place())
    assert next_question(neighbour, LIGHT, Thread()) == "helpers"
    neighbour.living_together = Told("yes")
    assert next_question(neighbour, LIGHT, Thread()) == "nights"
