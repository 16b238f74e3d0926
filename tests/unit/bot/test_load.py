"""The load signal: explained, never lowered, unknown while too little is known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.load import CODES, LoadBand, assess_load, assess_reading
from bot.profile import CarerProfile, Told
from bot.reading import Cue, Evidence, Hours, LoadCue, Nights, Reading, Task
from bot.settings import ROOT
from knowledge.yaml_files import read_yaml

ORDER = [LoadBand.UNKNOWN, LoadBand.LOW, LoadBand.MEDIUM, LoadBand.HIGH, LoadBand.CRISIS]
RESPONSES = read_yaml((ROOT / "nlu_data" / "domain" / "load.yml").read_text(encoding="utf-8"))["responses"]

HEAVY: list[tuple[str, Any]] = [
    *[("load_cues", cue.value) for cue in LoadCue],
    *[("tasks", task.value) for task in Task],
    *[("perseverance", value) for value in ("days", "weeks", "months")],
    ("hours", {"low": 50, "high": 60, "constant": False}),
    ("hours", {"low": 168, "high": 168, "constant": True}),
    ("nights", {"low": 7, "high": 7, "times": 2}),
    ("nights", {"low": None, "high": None, "times": 3}),
    ("helpers", "none"),
    ("minor", "yes"),
    ("palliative", True),
    ("others_cared_for", "parent"),
    ("conditions", "palliative"),
]
LISTS = {"load_cues", "tasks", "others_cared_for", "conditions"}


def profile_of(facts: list[tuple[str, Any]]) -> CarerProfile:
    profile = CarerProfile()
    for name, value in facts:
        if name in LISTS:
            getattr(profile, name).append(Told(value, f"woorden {name}"))
        elif getattr(profile, name) is None:
            setattr(profile, name, Told(value, f"woorden {name}"))
    return profile


def band(*facts: tuple[str, Any]) -> LoadBand:
    return assess_load(profile_of(list(facts))).band


def test_nothing_told_is_unknown_and_not_low() -> None:
    assert band() is LoadBand.UNKNOWN


def test_one_light_thing_is_still_unknown() -> None:
    assert band(("hours", {"low": 4, "high": 4, "constant": False})) is LoadBand.UNKNOWN


def test_low_is_said_only_when_enough_is_known() -> None:
    few_hours = ("hours", {"low": 4, "high": 6, "constant": False})
    assert band(few_hours, ("nights", {"low": 0, "high": 0, "times": None})) is LoadBand.LOW


def test_broken_nights_and_being_alone_make_it_heavy() -> None:
    nights = ("nights", {"low": 7, "high": 7, "times": 2})
    assert band(nights) is LoadBand.MEDIUM
    assert band(nights, ("helpers", "none"), ("load_cues", "exhausted")) is LoadBand.HIGH


@pytest.mark.parametrize("facts", [[("perseverance", "days")], [("load_cues", "help_stopped"), ("helpers", "none")]])
def test_days_left_or_help_gone_while_alone_is_a_crisis(facts: list[tuple[str, Any]]) -> None:
    assert band(*facts) is LoadBand.CRISIS


def test_breaking_point_is_high_on_its_own() -> None:
    assert band(("load_cues", "breaking_point")) is LoadBand.HIGH


def test_the_same_thing_told_twice_counts_once() -> None:
    signal = assess_load(profile_of([("load_cues", "sleep_loss"), ("nights", {"low": 7, "high": 7, "times": None})]))
    assert [reason.code for reason in signal.reasons] == ["nights"]


def test_a_reason_keeps_her_own_words() -> None:
    signal = assess_load(CarerProfile(load_cues=[Told("exhausted", "ik ben helemaal op")]))
    assert [(reason.code, reason.words) for reason in signal.reasons] == [("exhausted", "ik ben helemaal op")]


FACTS = st.lists(st.sampled_from(HEAVY), max_size=8)


@given(FACTS)
def test_playing_down_never_changes_the_band(facts: list[tuple[str, Any]]) -> None:
    assert band(*facts, ("load_cues", "played_down")) is band(*facts)


@given(FACTS, st.sampled_from(HEAVY))
def test_a_heavy_fact_more_never_lowers_the_band(facts: list[tuple[str, Any]], more: tuple[str, Any]) -> None:
    assert ORDER.index(band(*facts, more)) >= ORDER.index(band(*facts))


@given(FACTS, st.floats(0, 168), st.floats(0, 168))
def test_more_hours_never_lower_the_band(facts: list[tuple[str, Any]], hours: float, extra: float) -> None:
    def told(amount: float) -> LoadBand:
        rest = [fact for fact in facts if fact[0] != "hours"]
        return band(*rest, ("hours", {"low": amount, "high": amount, "constant": False}))

    assert ORDER.index(told(min(168, hours + extra))) >= ORDER.index(told(hours))


@given(FACTS)
def test_the_order_of_telling_changes_nothing(facts: list[tuple[str, Any]]) -> None:
    single = list({fact[0] if fact[0] not in LISTS else (fact[0], fact[1]): fact for fact in facts}.values())
    assert assess_load(profile_of(single)) == assess_load(profile_of(single[::-1]))


@given(FACTS)
def test_every_reason_has_a_line_to_read(facts: list[tuple[str, Any]]) -> None:
    for reason in assess_load(profile_of(facts)).reasons:
        assert reason.code in CODES


def test_every_code_and_band_has_a_line_and_no_line_is_left_over() -> None:
    wanted = {f"utter_load_reason_{code}" for code in CODES} | {f"utter_load_band_{band}" for band in LoadBand}
    assert wanted == set(RESPONSES)


def test_every_band_says_that_it_is_a_signal_and_no_test() -> None:
    for told in set(LoadBand) - {LoadBand.UNKNOWN}:
        assert "signaal, geen test" in RESPONSES[f"utter_load_band_{told}"][0]["text"]


def test_one_message_gives_the_signal_its_profile_would() -> None:
    here = Evidence("elke nacht drie keer", 0, 20)
    reading = Reading(load_cues=(Cue("alone", here),), nights=Nights(7, 7, 3, here), hours=Hours(50, 60, False, here))
    signal = assess_reading(reading)
    assert signal.band is LoadBand.HIGH
    assert {reason.code for reason in signal.reasons} == {"alone", "nights", "hours_full"}


def test_an_empty_message_says_nothing_of_the_load() -> None:
    assert assess_reading(Reading()).band is LoadBand.UNKNOWN
