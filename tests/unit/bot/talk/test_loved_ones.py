"""Whom she cares for: one or several, kept apart."""

from __future__ import annotations

import pytest

from bot.profile import CarerProfile
from bot.reading import Cue, Evidence, LovedOne, Reading
from bot.talk.acknowledge import Part, parts_to_acknowledge
from bot.talk.learn import learn
from bot.talk.loved_ones import everyone
from bot.talk.news import News
from bot.talk.thread import Thread

ALSO = "ik zorg ook voor mijn moeder"


def at(text: str, words: str) -> Evidence:
    return Evidence(words, text.index(words), text.index(words) + len(words))


def one(text: str, words: str, relation: str, called: str) -> LovedOne:
    return LovedOne(relation, called, at(text, words))


def father(text: str) -> LovedOne:
    return one(text, "vader", "parent", "uw vader")


def mother(text: str) -> LovedOne:
    return one(text, "moeder", "parent", "uw moeder")


def told(profile: CarerProfile, text: str, **values: object) -> News:
    return learn(profile, Reading(**values), text, Thread())  # type: ignore[arg-type]


def test_a_relation_that_was_only_guessed_gets_its_name_later_and_is_no_second_person() -> None:
    profile = CarerProfile()
    told(profile, "ze is 88", loved_ones=(LovedOne("parent", "", at("ze is 88", "ze")),))
    assert (profile.relation and profile.relation.value, profile.called) == ("parent", "")
    news = told(profile, "mijn vader dus", loved_ones=(father("mijn vader dus"),))
    assert profile.called == "uw vader"
    assert profile.others_cared_for == []
    assert parts_to_acknowledge(news) == [Part("relation")]


def test_a_name_of_another_relation_takes_the_place_of_a_guess() -> None:
    profile = CarerProfile()
    told(profile, "ze is 88", loved_ones=(LovedOne("grandparent", "", at("ze is 88", "ze")),))
    told(profile, "mijn moeder", loved_ones=(mother("mijn moeder"),))
    assert profile.relation is not None
    assert (profile.relation.value, profile.called, profile.others_cared_for) == ("parent", "uw moeder", [])


def test_a_guess_never_makes_a_second_person() -> None:
    profile = CarerProfile()
    told(profile, "mijn vader", loved_ones=(father("mijn vader"),))
    news = told(profile, "hij ook", loved_ones=(LovedOne("sibling", "", at("hij ook", "hij")),))
    assert profile.others_cared_for == []
    assert not news


def test_the_same_person_said_more_exactly_stays_one_person() -> None:
    profile = CarerProfile()
    told(profile, "ons kind", loved_ones=(one("ons kind", "kind", "child", "uw kind"),))
    told(profile, "mijn zoon", loved_ones=(one("mijn zoon", "zoon", "child", "uw zoon"),))
    assert (profile.called, profile.others_cared_for) == ("uw zoon", [])
    told(profile, "onze kleine", loved_ones=(one("onze kleine", "kleine", "child", "uw kind"),))
    assert (profile.called, profile.others_cared_for) == ("uw zoon", [])


def test_a_husband_who_is_called_partner_is_still_one_husband() -> None:
    profile = CarerProfile()
    told(profile, "50 jaar getrouwd", loved_ones=(one("50 jaar getrouwd", "getrouwd", "partner", "uw partner"),))
    told(profile, "mijn man", loved_ones=(one("mijn man", "man", "partner", "uw man"),))
    assert (profile.called, profile.others_cared_for) == ("uw man", [])


def test_each_condition_is_told_with_the_one_it_belongs_to() -> None:
    text = "Mijn vader heeft parkinson, mijn moeder is dement. Zij is ook slechthorend."
    profile = CarerProfile()
    news = told(
        profile,
        text,
        loved_ones=(father(text), mother(text)),
        conditions=(Cue("parkinson", at(text, "parkinson")), Cue("dementia", at(text, "dement"))),
        load_cues=(Cue("alone", at(text, "Zij")),),
    )
    assert [(c.value, c.about) for c in profile.conditions] == [("parkinson", "uw vader"), ("dementia", "uw moeder")]
    assert everyone(profile) == ["uw vader", "uw moeder"]
    assert parts_to_acknowledge(news) == [
        Part("condition_parkinson", "uw vader"),
        Part("condition_dementia", "uw moeder"),
    ]


def test_a_condition_said_before_the_name_belongs_to_that_name() -> None:
    text = "De dementie van mijn moeder wordt erger, mijn vader zit erbij."
    profile = CarerProfile()
    told(profile, text, loved_ones=(father(text), mother(text)), conditions=(Cue("dementia", at(text, "dementie")),))
    assert profile.conditions[0].about == "uw moeder"


def test_the_same_condition_of_two_people_is_kept_for_both() -> None:
    profile = CarerProfile()
    for person, text in ((father, "vader is dement"), (mother, "moeder is dement")):
        told(profile, text, loved_ones=(person(text),), conditions=(Cue("dementia", at(text, "dement")),))
    assert [c.about for c in profile.conditions] == ["uw vader", "uw moeder"]


def test_a_second_person_is_acknowledged_by_name() -> None:
    profile = CarerProfile()
    told(profile, "mijn vader", loved_ones=(father("mijn vader"),))
    news = told(profile, ALSO, loved_ones=(mother(ALSO),))
    assert parts_to_acknowledge(news) == [Part("also_for", "uw moeder")]


@pytest.mark.parametrize(
    "text", ["ik zorg ook voor mijn moeder", "ik help ook nog mijn moeder", "voor mijn man en mijn moeder"]
)
def test_to_whom_care_is_said_to_go_is_cared_for_too(text: str) -> None:
    profile = CarerProfile()
    told(profile, "mijn vader", loved_ones=(father("mijn vader"),))
    at_mother = one(text, "mijn moeder", "parent", "uw moeder")
    told(profile, text, loved_ones=(at_mother,))
    assert everyone(profile) == ["uw vader", "uw moeder"]


@pytest.mark.parametrize("text", ["mijn moeder belt elke dag", "dat zei mijn moeder al", "mijn moeder helpt soms"])
def test_who_is_only_mentioned_is_not_cared_for(text: str) -> None:
    profile = CarerProfile()
    told(profile, "mijn vader", loved_ones=(father("mijn vader"),))
    news = told(profile, text, loved_ones=(one(text, "mijn moeder", "parent", "uw moeder"),))
    assert everyone(profile) == ["uw vader"]
    assert not news.people


def test_with_whom_something_is_the_matter_is_cared_for_too() -> None:
    profile, text = CarerProfile(), "mijn moeder is dement"
    told(profile, "mijn vader", loved_ones=(father("mijn vader"),))
    told(profile, text, loved_ones=(mother(text),), conditions=(Cue("dementia", at(text, "dement")),))
    assert everyone(profile) == ["uw vader", "uw moeder"]


def test_two_people_at_once_are_both_named() -> None:
    text = "ik zorg voor mijn vader en moeder"
    news = told(CarerProfile(), text, loved_ones=(father(text), mother(text)))
    assert parts_to_acknowledge(news) == [Part("people")]
    assert news.people == ["uw vader", "uw moeder"]


def test_a_correction_replaces_the_person_and_takes_what_was_told_along() -> None:
    profile = CarerProfile()
    first = "mijn man is dement"
    husband = one(first, "mijn man", "partner", "uw man")
    told(profile, first, loved_ones=(husband,), conditions=(Cue("dementia", at(first, "dement")),))
    text = "nee niet mijn man, mijn vader"
    denied = one(text, "mijn man", "partner", "uw man")
    for order in ((denied, father(text)), (father(text), denied)):
        news = told(profile, text, loved_ones=order, corrects=at(text, "nee niet"))
        assert news.corrected
        assert profile.relation is not None
        assert (profile.relation.value, profile.called, profile.others_cared_for) == ("parent", "uw vader", [])
    assert profile.conditions[0].about == "uw vader"


def test_a_correction_to_somebody_named_before_does_not_name_him_twice() -> None:
    profile = CarerProfile()
    told(profile, "mijn vader", loved_ones=(father("mijn vader"),))
    told(profile, ALSO, loved_ones=(mother(ALSO),))
    text = "nee niet mijn vader, mijn moeder"
    told(profile, text, loved_ones=(mother(text),), corrects=at(text, "nee niet"))
    assert everyone(profile) == ["uw moeder"]
