"""What is acknowledged: the heaviest first, at most two, each fact once in a talk."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.profile import CarerProfile, Told
from bot.reading import LoadCue, Task
from bot.talk.acknowledge import HEAVIEST_FIRST, MOST, WEIGHTY, Part, parts_to_acknowledge, words_heard
from bot.talk.news import News
from knowledge.vocabulary import Condition

CUES = [cue.value for cue in LoadCue]
NEWS = st.builds(
    News,
    fields=st.sets(st.sampled_from(["relation", "others_cared_for", "palliative", "nights", "helpers"])),
    people=st.lists(st.sampled_from(["uw man", "uw vader"]), max_size=2, unique=True),
    conditions=st.lists(
        st.builds(
            Told, st.sampled_from([one.value for one in Condition]), about=st.sampled_from(["", "uw man", "uw vader"])
        ),
        max_size=3,
    ),
    tasks=st.lists(st.sampled_from([task.value for task in Task]), max_size=2, unique=True),
    load_cues=st.lists(st.sampled_from(CUES), max_size=4, unique=True),
    broken_nights=st.booleans(),
    no_helpers=st.booleans(),
)


@given(NEWS)
def test_there_are_at_most_two_and_no_fact_twice(news: News) -> None:
    parts = parts_to_acknowledge(news)
    assert len(parts) <= MOST
    assert len({part.fact for part in parts}) == len(parts)


@given(NEWS, NEWS)
def test_a_fact_that_was_acknowledged_never_comes_back(before: News, news: News) -> None:
    said = {part.fact for part in parts_to_acknowledge(before)}
    assert not said & {part.fact for part in parts_to_acknowledge(news, said)}


@given(NEWS)
def test_everything_is_said_sooner_or_later_and_then_nothing(news: News) -> None:
    said: list[str] = []
    while parts := parts_to_acknowledge(news, said):
        said += [part.fact for part in parts]
    assert len(said) == len(set(said))


def test_the_heaviest_comes_first() -> None:
    news = News({"load_cues"}, load_cues=["no_time", "breaking_point", "exhausted"])
    assert [part.name for part in parts_to_acknowledge(news)] == ["load_breaking_point", "load_exhausted"]
    assert [part.name for part in parts_to_acknowledge(news, ["load_breaking_point", "load_exhausted"])] == [
        "load_no_time"
    ]


def test_two_names_of_one_thing_are_one_fact() -> None:
    nights = News({"nights", "tasks"}, broken_nights=True, tasks=["night_care"])
    assert parts_to_acknowledge(nights) == [Part("load_broken_nights")]
    dying = News({"palliative", "conditions"}, conditions=[Told("palliative")])
    assert parts_to_acknowledge(dying) == [Part("palliative")]
    assert not parts_to_acknowledge(News({"conditions"}, conditions=[Told("palliative")]), ["palliative"])


def test_the_same_illness_of_another_is_another_fact() -> None:
    said = [Part("condition_dementia", "uw vader").fact]
    news = News({"conditions"}, conditions=[Told("dementia", about="uw moeder")])
    assert parts_to_acknowledge(news, said) == [Part("condition_dementia", "uw moeder")]


def test_what_has_weight_is_known() -> None:
    known = {"palliative", "condition_palliative", *(f"load_{cue}" for cue in HEAVIEST_FIRST)}
    assert known >= WEIGHTY


def test_only_what_was_told_now_is_heard_and_what_shames_is_not() -> None:
    profile = CarerProfile(
        load_cues=[Told("exhausted", "op", 1), Told("no_time", "geen minuut", 2), Told("angry_guilty", "schuldig", 2)],
        tasks=[Told("lifting", "til", 2)],
        helpers=Told("none", "niemand", 2),
        perseverance=Told("weeks", "nog een paar weken", 2),
        situation=Told("x", "x", 2),
    )
    news = News(
        {"load_cues", "tasks", "helpers", "perseverance", "situation"},
        tasks=["lifting"],
        load_cues=["no_time", "angry_guilty"],
        no_helpers=True,
    )
    heard = [name for name, _ in words_heard(profile, news, 2)]
    assert heard == ["load_no_time", "load_alone", "perseverance", "task_lifting", "situation"]


def test_nothing_new_is_nothing_to_say() -> None:
    assert parts_to_acknowledge(News()) == []
    assert words_heard(CarerProfile(), News(), 1) == []
