"""One thing that she told is changed or forgotten at her word; what cannot be read changes nothing."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.load import LoadBand, LoadSignal
from bot.profile import CarerProfile, Quote, Told
from bot.reading import Reading
from bot.request.compose import PROFILE_NAME, compose_fields
from bot.request.detail_values import DETAIL_KEYS, PER_PERSON
from bot.request.fields import FieldKey
from bot.talk.agenda import SHOW_OFFERS, next_question
from bot.talk.changes import change_fact, forget_fact
from bot.talk.load_check import open_load_questions
from bot.talk.thread import Thread
from bot.understanding.message import read_message
from bot.wording import Wording
from knowledge.facts import Facts
from knowledge.places.regions import Regions

REGIONS = Regions.load()
WORDING = Wording.load(Facts.load().values())
FOLLOWS = {FieldKey.URGENCY, FieldKey.COUNTS_AS, FieldKey.OFFERS, FieldKey.LOAD}
SHOWN = [key for key in FieldKey if key not in FOLLOWS and key in PROFILE_NAME]
"""What a talk can hear; the rest of a request is asked by the consultant, and reads "niet gevraagd" until then."""
ODD = "qwx zzzz"
DETAIL = {FieldKey.WLZ: "no", FieldKey.CURRENT_HELP: "home_care", FieldKey.LOVED_ONE_AGE: "82"}


def place(name: str) -> Told:
    return Told({"municipality": name, "place": name, "postcode": None, "state": "stated"}, name, 1, confirmed=True)


def full() -> CarerProfile:
    """Everything that can be shown was told."""
    return CarerProfile(
        role=Told("former_carer", "heb gezorgd", 1),
        relation=Told("parent", "mijn moeder", 1),
        called="uw moeder",
        others_cared_for=[Told("partner", "mijn man", 1, about="uw man")],
        conditions=[Told("dementia", "dement", 1, about="uw moeder")],
        situation=Told("ze valt vaak", "ze valt vaak", 1),
        tasks=[Told("household", "kook", 1)],
        wishes=[Told("night_relief", "doorslapen", 1)],
        day_parts=[Told("night", "nacht", 1)],
        moments=[Told("om de week een zaterdag", "om de week een zaterdag", 1)],
        hours=Told({"low": 20.0, "high": 20.0, "constant": False}, "20 uur", 1),
        nights=Told({"low": 7.0, "high": 7.0, "times": None}, "elke nacht", 1),
        since=Told({"months_ago": None, "year": 2019, "month": None}, "sinds 2019", 1),
        living_together=Told("yes", "samen", 1),
        works=Told("yes", "werk", 1),
        helpers=Told("none", "niemand", 1),
        body=Told("hurts", "mijn rug", 1),
        own_time=Told("none", "nooit", 1),
        tried=[Told("dagopvang", "dagopvang", 1)],
        asked_at=[Told("ciz", "het CIZ", 1)],
        sent_around=Told(True, "van het kastje naar de muur", 1),
        minor=Told("yes", "ik ben 16", 1),
        perseverance=Told("weeks", "een paar weken", 1),
        language=Told("tr", "", 1),
        interpreter=Told("no", "nee", 1),
        carer_place=place("Zwolle"),
        loved_one_place=place("Kampen"),
        details={key.value: [Told(DETAIL.get(key, "in haar woorden"), "in haar woorden", 1)] for key in DETAIL_KEYS},
        contact={"name": "Els", "phone": "0612345678", "email": "els@voorbeeld.nl", "when": "'s avonds"},
        quotes=[Quote("mijn moeder is dement en valt vaak", 1)],
    )


def shown(profile: CarerProfile) -> dict[FieldKey, str]:
    fields_ = compose_fields(profile, None, (), WORDING)
    return {each.key: each.value for each in fields_ if each.value and each.key not in FOLLOWS}


def change(profile: CarerProfile, key: FieldKey, text: str, intent: str = "tell", thread: Thread | None = None) -> bool:
    reading = read_message(text, REGIONS)
    return change_fact(profile, PROFILE_NAME[key], reading, text, intent, thread or Thread(turn=2))


def test_a_full_profile_shows_every_part() -> None:
    assert set(SHOWN) == set(shown(full()))


# municipality_loved_one (it follows from living together) are shown again after "weggehaald"
@pytest.mark.parametrize("key", SHOWN)
def test_a_part_that_is_dropped_is_gone(key: FieldKey) -> None:
    profile = full()
    forget_fact(profile, PROFILE_NAME[key])
    assert key not in shown(profile)
    assert PROFILE_NAME[key] in profile.refused


@pytest.mark.parametrize("key", SHOWN)
def test_dropping_a_part_leaves_the_others(key: FieldKey) -> None:
    profile = full()
    before = shown(profile)
    forget_fact(profile, PROFILE_NAME[key])
    named = {FieldKey.RELATION, FieldKey.LOVED_ONE, FieldKey.CONDITIONS, *PER_PERSON}  # which say of whom they are
    beside = named if PROFILE_NAME[key] == "relation" else {key}
    if key in (FieldKey.MUNICIPALITY_CARER, FieldKey.LIVING_TOGETHER):
        beside |= {FieldKey.MUNICIPALITY_LOVED_ONE}
    after = shown(profile)
    assert {name: value for name, value in after.items() if name not in beside} == {
        name: value for name, value in before.items() if name not in beside
    }


# "place", "wish" and "situation", so they are asked all the same
@pytest.mark.parametrize("key", SHOWN)
def test_what_was_dropped_is_never_asked_again(key: FieldKey) -> None:
    profile = full()
    profile.minor = None
    question = {"carer_place": "place", "loved_one_place": "place", "wishes": "wish", "conditions": "situation"}.get(
        PROFILE_NAME[key], PROFILE_NAME[key]
    )
    if question == "place":
        profile.loved_one_place = profile.carer_place = None
    if question == "situation":
        profile.tasks, profile.situation = [], None
    forget_fact(profile, PROFILE_NAME[key])
    thread, asked = Thread(), []
    load = LoadSignal(LoadBand.LOW)
    while (following := next_question(profile, load, thread)) != SHOW_OFFERS:
        asked.append(following)
        thread.ask(following)
    assert question not in [*asked, *open_load_questions(profile, Thread())]


@pytest.mark.parametrize(
    ("key", "text", "intent", "value"),
    [
        (FieldKey.RELATION, "mijn vader", "tell", "vader of moeder"),
        (FieldKey.LOVED_ONE, "mijn buurvrouw", "tell", "buurvrouw"),
        (FieldKey.LIVING_TOGETHER, "ze woont apart", "tell", "ieder in een eigen huis"),
        (FieldKey.TASKS, "ik was haar en kleed haar aan", "tell", "wassen, aankleden, naar de wc"),
        (FieldKey.HOURS, "12", "tell", "ongeveer 12 uur per week"),
        (FieldKey.HOURS, "30 uur per week", "tell", "ongeveer 30 uur per week"),
        (FieldKey.NIGHTS, "3", "tell", "3 nachten per week"),
        (FieldKey.NIGHTS, "nee", "deny", "geen onderbroken nachten"),
        (FieldKey.SINCE, "sinds 2021", "tell", "sinds 2021"),
        (FieldKey.WORK, "ik werk niet", "tell", "heeft nu geen werk"),
        (FieldKey.PERSEVERANCE, "een paar maanden", "tell", "nog een paar maanden"),
        (FieldKey.BODY, "nee", "deny", "merkt er lichamelijk niets van"),
        (FieldKey.OWN_TIME, "ja soms", "affirm", "heeft soms tijd voor zichzelf"),
        (FieldKey.NETWORK, "mijn zus helpt op zaterdag", "tell", "er helpt iemand mee"),
        (FieldKey.MUNICIPALITY_CARER, "Meppel", "tell", "Meppel"),
        (FieldKey.MUNICIPALITY_LOVED_ONE, "Meppel", "tell", "Meppel"),
        (FieldKey.CONDITIONS, "het is parkinson", "tell", "moeder: parkinson"),
        (FieldKey.SITUATION, "ze ligt nu op bed", "tell", "ze ligt nu op bed"),
        (FieldKey.WISH, "dat de tuin gedaan wordt", "tell", "dat de tuin gedaan wordt"),
        (FieldKey.DAY_PARTS, "op vrijdagmiddag graag", "tell", "middag"),
        (FieldKey.TRIED, "een vrijwilliger, dat liep niet", "tell", "een vrijwilliger, dat liep niet"),
        (FieldKey.ASKED_AT, "bij de huisarts geweest", "tell", "bij de huisarts geweest"),
        (FieldKey.INTERPRETER, "ja", "affirm", "graag een tolk: Turks"),
        (FieldKey.CONTACT_NAME, "Ik heet Maria", "tell", "Maria"),
        (FieldKey.CONTACT_PHONE, "038 123 45 67", "tell", "038 123 45 67"),
        (FieldKey.CONTACT_EMAIL, "maria@voorbeeld.nl", "tell", "maria@voorbeeld.nl"),
    ],
)
def test_every_part_can_be_changed_with_words_that_fit(key: FieldKey, text: str, intent: str, value: str) -> None:
    profile = full()
    assert change(profile, key, text, intent)
    assert value in shown(profile)[key]
    assert PROFILE_NAME[key] not in profile.refused


def test_her_role_can_be_changed() -> None:
    profile = full()
    reading = Reading(role="cared_for", role_probabilities={"cared_for": 0.95, "carer": 0.05})
    assert change_fact(profile, "role", reading, "ik heb zelf zorg nodig", "tell", Thread(turn=2))
    assert shown(profile)[FieldKey.ROLE] == "heeft zelf zorg nodig"


UNREADABLE = [
    FieldKey.RELATION, FieldKey.LOVED_ONE, FieldKey.LIVING_TOGETHER, FieldKey.CARER_AGE, FieldKey.HOURS,
    FieldKey.NIGHTS, FieldKey.SINCE, FieldKey.WORK, FieldKey.PERSEVERANCE, FieldKey.MUNICIPALITY_CARER,
    FieldKey.MUNICIPALITY_LOVED_ONE, FieldKey.CONTACT_PHONE, FieldKey.CONTACT_EMAIL, FieldKey.ROLE,
]  # fmt: skip


@pytest.mark.parametrize("key", UNREADABLE)
def test_odd_words_leave_everything_as_it_was(key: FieldKey) -> None:
    profile = full()
    assert not change(profile, key, ODD)
    assert profile == full()


@pytest.mark.parametrize("key", [FieldKey.HOURS, FieldKey.SINCE, FieldKey.MUNICIPALITY_CARER])
def test_odd_words_leave_the_change_open(key: FieldKey) -> None:
    thread = Thread(turn=2, pending="known_value", changing=key.value)
    assert not change(full(), key, ODD, thread=thread)
    assert thread.pending == "known_value"


def test_new_conditions_in_her_own_words_do_not_wipe_the_situation() -> None:
    profile = full()
    change(profile, FieldKey.CONDITIONS, "iets met haar schildklier")
    assert "ze valt vaak" in shown(profile)[FieldKey.SITUATION]


def test_a_number_is_no_email_address() -> None:
    assert not change(full(), FieldKey.CONTACT_EMAIL, "06 87654321")


def test_a_change_is_not_quoted_twice() -> None:
    profile = full()
    text = "mijn vader is het, niet mijn moeder"
    profile.quotes.append(Quote(text, 2))
    change(profile, FieldKey.LOVED_ONE, text)
    assert [quote.text for quote in profile.quotes].count(text) == 1


def test_a_place_is_changed_for_whom_it_was_asked_only() -> None:
    profile = full()
    assert change(profile, FieldKey.MUNICIPALITY_LOVED_ONE, "ze woont nu in Meppel")
    assert shown(profile)[FieldKey.MUNICIPALITY_CARER] == "Zwolle"
    assert shown(profile)[FieldKey.MUNICIPALITY_LOVED_ONE] == "Meppel"


def test_what_was_dropped_and_told_after_all_may_be_asked_about_again() -> None:
    profile = full()
    forget_fact(profile, "nights")
    assert change(profile, FieldKey.NIGHTS, "3")
    assert "nights" not in profile.refused


def test_dropping_twice_refuses_once() -> None:
    profile = full()
    forget_fact(profile, "nights")
    forget_fact(profile, "nights")
    assert profile.refused == ["nights"]


@settings(deadline=None)  # the first message reads the lexicons
@given(st.sampled_from(SHOWN), st.text(max_size=60), st.sampled_from(["tell", "affirm", "deny", "skip", "ask"]))
def test_whatever_she_types_a_refused_change_changes_nothing(key: FieldKey, text: str, intent: str) -> None:
    profile = full()
    if not change(profile, key, text, intent):
        assert _values(profile) == _values(full())


def _values(profile: CarerProfile) -> dict[str, Any]:
    return {field.name: getattr(profile, field.name) for field in fields(profile) if field.name != "quotes"}
