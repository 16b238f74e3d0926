"""What a request holds beside the story is heard when she says that it is so, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.profile import CarerProfile, Told
from bot.reading import Detail, Reading
from bot.request.fields import FieldKey
from bot.talk.learn import learn
from bot.talk.sharing import shareable
from bot.talk.thread import Thread
from bot.understanding.details import detail_names, read_details
from bot.understanding.message import read_message
from knowledge.places.regions import Regions
from knowledge.yaml_files import read_yaml

LINES = read_yaml((Path(__file__).parent / "details.yml").read_text(encoding="utf-8"))
HITS = [
    (name, value, line) for name, values in LINES["hit"].items() for value, lines in values.items() for line in lines
]
REGIONS = Regions.load()
LEAST = 0.85  # of the lines that tell something
OTHERS = {"zus", "broer", "huisarts", "gemeente", "buren", "collega"}


def heard(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.value) for one in read_details(text)]


def told(*messages: str) -> CarerProfile:
    profile = CarerProfile(relation=Told("partner", "mijn man"), called="uw man")
    thread = Thread()
    for message in messages:
        thread.turn += 1
        learn(profile, read_message(message, REGIONS), message, thread)
    return profile


def test_every_detail_is_a_field_of_a_request() -> None:
    assert detail_names() - {"kept_back"} <= {key.value for key in FieldKey}


def test_most_of_what_people_say_is_heard() -> None:
    found = [any(name == one and value in ("any", said) for one, said in heard(line)) for name, value, line in HITS]
    assert sum(found) / len(found) >= LEAST


@pytest.mark.parametrize("line", LINES["none"])
def test_a_question_a_wish_a_past_and_another_tell_nothing(line: str) -> None:
    assert not [one for one in read_details(line) if one.subject not in OTHERS]


def test_what_somebody_else_wants_is_not_the_loved_ones_word() -> None:
    assert "loved_one_agrees" not in told("mijn zus wil er niks van weten").details
    assert told("mijn man wil er niks van weten").details["loved_one_agrees"][0].value == "refuses"


def test_a_later_answer_replaces_an_earlier_one() -> None:
    profile = told("hij weet er nog niks van", "mijn man vindt het goed")
    assert [one.value for one in profile.details["loved_one_agrees"]] == ["agrees"]


def test_help_that_stopped_is_not_help_there_is() -> None:
    profile = told("de dagopvang is gestopt")
    assert "current_help" not in profile.details
    assert "fell_away" in profile.details


def test_what_must_stay_here_is_neither_learned_nor_quoted() -> None:
    profile = told("Ik was hem elke dag. Ik drink te veel. Dat hoeft de gemeente niet te weten.")
    assert "drink" not in " ".join(quote.text for quote in profile.quotes)
    assert "personal_care" in [task.value for task in profile.tasks]


def test_dat_by_itself_takes_back_the_message_before() -> None:
    profile = told("mijn man heeft parkinson en ik slaap heel slecht", "dat hoeft de gemeente niet te weten")
    assert profile.kept_back == [1]
    left = shareable(profile)
    assert not left.conditions
    assert not left.quotes
    assert profile.conditions


def test_a_reading_with_details_travels_as_json() -> None:
    reading = read_message("hij heeft geen wlz", REGIONS)
    assert isinstance(reading.details[0], Detail)
    assert Reading.from_dict(reading.as_dict()) == reading


def test_a_profile_with_details_travels_as_json() -> None:
    profile = told("hij heeft geen wlz en wij hebben geen hulp")
    assert CarerProfile.from_dict(profile.as_dict()) == profile


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_whatever_the_text_every_detail_has_its_words(text: str) -> None:
    for one in read_details(text):
        assert text[one.evidence.start : one.evidence.end] == one.evidence.words
