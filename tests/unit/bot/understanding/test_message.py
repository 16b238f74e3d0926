"""Reading one message: several things at once, with their words, never raising."""

from __future__ import annotations

import time
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading import Evidence, Reading
from bot.understanding.message import read_message
from knowledge.places.regions import Regions

REGIONS = Regions.load()
PIECES = st.sampled_from(
    [
        "mijn man ",
        "ons mam ",
        "vergeet steeds ",
        "ik slaap niet ",
        "elke nacht ",
        "twee keer ",
        "in Zwolle ",
        "8011 AB ",
        "10 uur per week ",
        "sinds mei ",
        "niet ",
        "geen ",
        "mantelzorger ",
        "al drie jaar ",
        ", ",
        ". ",
        "\n",
        "İ",
        "é",
        "😀",
        "’s nachts ",
    ]
)


def evidences(value: Any) -> list[Evidence]:
    """Every piece of evidence anywhere in a record."""
    if isinstance(value, Evidence):
        return [value]
    if isinstance(value, tuple):
        return [found for one in value for found in evidences(one)]
    if is_dataclass(value):
        return [found for each in fields(value) for found in evidences(getattr(value, each.name))]
    return []


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join)))
@settings(deadline=None, max_examples=300)
def test_every_value_carries_the_words_as_they_stand_in_the_message(text: str) -> None:
    reading = read_message(text, REGIONS)
    assert reading.text_length == len(text)
    for words in evidences(reading):
        assert text[words.start : words.end] == words.words
    assert Reading.from_dict(reading.as_dict()) == reading


@pytest.mark.parametrize(
    "piece", ["een ", "12 ", "mijn ", "slaap ik ", "in Xyzzyville ", "na school ", "elke nacht 2 keer ", "x", "a' b- "]
)
def test_a_message_of_ten_thousand_characters_is_read_at_once(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    read_message("warm", REGIONS)
    begin = time.process_time()
    read_message(text, REGIONS)
    assert time.process_time() - begin < 1, "time must grow with length, not with its square"


def test_one_sentence_gives_many_things() -> None:
    reading = read_message(
        "hoi, mijn man vergeet steeds meer, sinds mei moet ik er elke nacht twee keer uit in Zwolle", REGIONS
    )
    assert reading.loved_ones[0].called == "uw man"
    assert reading.conditions[0].value == "dementia"
    assert reading.nights is not None
    assert reading.nights.times_a_night == 2
    assert reading.since is not None
    assert reading.since.month == 5
    assert reading.places[0].municipalities == ("Zwolle",)


@pytest.mark.parametrize(
    ("text", "room", "value"),
    [
        ("hij heeft een herseninfarct gehad", "conditions", "brain_injury"),
        ("zij heeft ms", "conditions", "chronic_illness"),
        ("onze zoon met downsyndroom", "conditions", "intellectual_disability"),
        ("ze heeft alzheimr", "conditions", "dementia"),
        ("ik was hem elke ochtend", "tasks", "personal_care"),
        ("ik til haar in bed", "tasks", "lifting"),
        ("alles komt op mij neer", "load_cues", "alone"),
        ("ik ben doodop", "load_cues", "exhausted"),
        ("ik hou dit niet lang meer vol", "load_cues", "breaking_point"),
        ("valt wel mee hoor", "load_cues", "played_down"),
        ("iemand die het een middag overneemt", "wishes", "take_over_home"),
        ("ik zou een nacht willen doorslapen", "wishes", "night_relief"),
        ("graag in het weekend", "day_parts", "weekend"),
    ],
)
def test_a_phrase_of_the_lexicon_is_read(text: str, room: str, value: str) -> None:
    assert value in [cue.value for cue in getattr(read_message(text, REGIONS), room)]


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("hij hoeft niet gewassen te worden", "tasks"),
        ("hij heeft geen dementie", "conditions"),
        ("hij is doodmoe", "load_cues"),
        ("ik slaap goed", "load_cues"),
        ("we hebben dagopvang geprobeerd", "wishes"),
        ("hij gaat al naar de dagopvang", "wishes"),
    ],
)
def test_what_is_denied_or_said_of_another_is_not_read(text: str, room: str) -> None:
    assert getattr(read_message(text, REGIONS), room) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ik ben geen mantelzorger", "label_rejected"),
        ("ik ben gewoon zijn vrouw", "label_rejected"),
        ("weet ik niet", "refuses"),
        ("dat wil ik niet zeggen", "refuses"),
        ("nee, niet mijn man, mijn vader", "corrects"),
        ("hij is terminaal", "palliative"),
        ("ze woont bij ons", "living_together"),
        ("ik werk drie dagen", "works"),
        ("niemand helpt", "helpers"),
        ("mijn man is op en ik ook, kan iemand mij bellen?", "asks_human"),
    ],
)
def test_a_stance_or_circumstance_is_read(text: str, name: str) -> None:
    assert getattr(read_message(text, REGIONS), name) is not None


def test_who_does_not_want_a_person_is_not_taken_to_ask_for_one() -> None:
    assert read_message("ik wil geen mens spreken", REGIONS).asks_human is None


def test_the_longer_answer_wins() -> None:
    works = read_message("ik werk niet", REGIONS).works
    assert works is not None
    assert works.value == "no"


def test_what_was_tried_is_kept_in_her_words() -> None:
    reading = read_message("We hebben dagopvang geprobeerd, maar hij wilde niet blijven", REGIONS)
    assert reading.tried[0].value == "We hebben dagopvang geprobeerd"


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("nah not now", []),
        ("mijn broer heeft nah", ["brain_injury"]),
        ("kanker computer", []),
        ("mijn vrouw heeft kanker", ["cancer"]),
        ("ik ben doof", []),
        ("mijn man is doof", ["physical_disability"]),
    ],
)
def test_a_curse_a_no_and_her_own_ears_are_no_illness_of_another(text: str, conditions: list[str]) -> None:
    assert [cue.value for cue in read_message(text, REGIONS).conditions] == conditions


@pytest.mark.parametrize("text", ["dat slaat nergens op", "mijn baas werd boos op mij", "de leidinggevende is boos"])
def test_nonsense_and_an_angry_employer_are_no_violence_at_home(text: str) -> None:
    assert "aggression" not in [cue.value for cue in read_message(text, REGIONS).load_cues]


def test_hem_is_a_person_after_the_municipality() -> None:
    assert read_message("mag de gemeente hem weghalen?", REGIONS).places == ()
