"""What the phrasebook found and what the reader heard become one Reading, and the reader decides."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.reading import Cue, Evidence, LovedOne, Reading
from bot.understanding.weighing import BARS, weigh

HIS = Evidence("mijn vader", 3, 13)
GUESS = Evidence("nummer 14", 20, 29)


def weighed(reading: Reading, chances: Mapping[str, float]) -> Reading:
    return weigh(reading, chances, lambda label: GUESS)[0]


def test_a_finding_that_the_reader_believes_keeps_its_own_words() -> None:
    reading = Reading(loved_ones=(LovedOne("parent", "uw vader", HIS),))
    assert weighed(reading, {"relation:parent": 0.9}).loved_ones == reading.loved_ones


def test_a_finding_that_the_reader_does_not_believe_is_dropped() -> None:
    reading = Reading(loved_ones=(LovedOne("sibling", "uw zus", HIS),), load_cues=(Cue("exhausted", HIS),))
    left = weighed(reading, {"relation:sibling": 0.01, "load:exhausted": 0.01})
    assert (left.loved_ones, left.load_cues) == ((), ())


def test_what_only_the_reader_heard_gets_the_words_that_pulled_hardest_and_no_name() -> None:
    heard = weighed(Reading(), {"relation:friend_neighbour": 0.8, "tasks:household": 0.7})
    assert heard.loved_ones == (LovedOne("friend_neighbour", "", GUESS),)
    assert heard.tasks == (Cue("household", GUESS),)


def test_without_a_phrase_more_is_asked_of_the_reader_than_with_one() -> None:
    for bars in BARS.values():
        assert bars.keep < bars.hear
    middling = (BARS["conditions"].keep + BARS["conditions"].hear) / 2
    assert weighed(Reading(), {"conditions:cancer": middling}).conditions == ()
    found = Reading(conditions=(Cue("cancer", HIS),))
    assert weighed(found, {"conditions:cancer": middling}).conditions == found.conditions


def test_a_label_that_could_not_be_learned_is_left_to_the_phrasebook() -> None:
    reading = Reading(wishes=(Cue("holiday", HIS),))
    assert weighed(reading, {}) == reading


def test_several_people_are_kept_apart_the_likeliest_first() -> None:
    father, mother = LovedOne("parent", "uw vader", HIS), LovedOne("parent", "uw moeder", GUESS)
    brother = LovedOne("sibling", "uw broer", Evidence("mijn broer", 40, 50))
    reading = Reading(loved_ones=(brother, father, mother))
    people = weighed(reading, {"relation:parent": 0.9, "relation:sibling": 0.5}).loved_ones
    assert people == (father, mother, brother)


def test_who_rejects_the_word_and_how_she_stands_are_told_apart() -> None:
    heard = weighed(Reading(), {"stance:label_rejected": 0.9, "stance:past": 0.8, "stance:negated": 0.1})
    assert heard.label_rejected == GUESS
    assert [cue.value for cue in heard.stances] == ["past"]


def test_everything_found_or_heard_is_told_with_its_decision() -> None:
    reading = Reading(conditions=(Cue("cancer", HIS),))
    _, told = weigh(
        reading, {"conditions:cancer": 0.01, "tasks:lifting": 0.9, "tasks:company": 0.1}, lambda label: GUESS
    )
    assert [one.as_dict() for one in told] == [
        {"label": "tasks:lifting", "chance": 0.9, "phrase": "", "holds": True},
        {"label": "conditions:cancer", "chance": 0.01, "phrase": "mijn vader", "holds": False},
    ]


@pytest.mark.parametrize(
    ("values", "order"), [(["frailty", "dementia"], ["dementia", "frailty"]), (["other"], ["other"])]
)
def test_what_is_named_exactly_comes_first(values: list[str], order: list[str]) -> None:
    reading = Reading(conditions=tuple(Cue(value, Evidence("x", n, n + 1)) for n, value in enumerate(values)))
    assert [cue.value for cue in weighed(reading, {}).conditions] == order
