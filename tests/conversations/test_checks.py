"""What the runner and the random walk look at: the final profile in short texts, and the rules for every turn."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from bot.conversations.records import Message
from bot.profile import CarerProfile, Quote, Told
from bot.talk.thread import Thread
from tests.conversations.every_turn import Screen, questions_in
from tests.conversations.final_profile import differences, heard, readable


def _profile(**fields: Any) -> dict[str, Any]:
    return CarerProfile(**fields).as_dict()


@pytest.mark.parametrize(
    ("name", "value", "short"),
    [
        ("hours", {"low": 20.0, "high": 20.0, "constant": False}, "20"),
        ("hours", {"low": 10.0, "high": 15.0, "constant": False}, "10-15"),
        ("hours", {"low": 40.0, "high": None, "constant": False}, "40+"),
        ("hours", {"low": None, "high": 8.0, "constant": False}, "-8"),
        ("hours", {"low": None, "high": None, "constant": True}, "constant"),
        ("nights", {"low": 6.0, "high": 7.0, "times": None}, "6-7"),
        ("nights", {"low": 7.0, "high": 7.0, "times": 2.0, "times_high": 3.0}, "7 x2-3"),
        ("nights", {"low": None, "high": None, "times": 2.0}, "x2"),
        ("since", {"months_ago": 8.0, "year": None, "month": None}, "8 months"),
        ("since", {"months_ago": 30.0, "year": 2024, "month": 5}, "2024-05"),
        ("carer_place", {"municipality": "Zwolle", "place": "Zwolle", "state": "stated"}, "Zwolle"),
        ("carer_place", {"municipality": "Ede", "place": "Bennekom", "state": "derived"}, "Bennekom (Ede), derived"),
        ("living_together", "yes", "yes"),
        ("palliative", True, "yes"),
    ],
)
def test_a_value_is_written_short(name: str, value: Any, short: str) -> None:
    assert readable(_profile(**{name: Told(value)})) == {name: [short]}


def test_of_several_people_a_value_says_which() -> None:
    told = _profile(
        relation=Told("parent", about="uw vader"),
        others_cared_for=[Told("parent", about="uw moeder")],
        conditions=[Told("parkinson", about="uw vader"), Told("dementia", about="uw moeder")],
    )
    assert readable(told)["conditions"] == ["parkinson (uw vader)", "dementia (uw moeder)"]
    assert readable(_profile(conditions=[Told("parkinson", about="uw vader")]))["conditions"] == ["parkinson"]


def test_the_final_profile_is_exact() -> None:
    told = _profile(
        relation=Told("partner"),
        explicit_term=True,
        tasks=[Told("lifting"), Told("household")],
        situation=Told("hij valt steeds en dan til ik hem op"),
        contact={"name": "Ans"},
        quotes=[Quote("hij valt", 1)],
    )
    exact = {
        "relation": "partner",
        "explicit_term": True,
        "tasks": ["household", "lifting"],
        "situation": "hij valt steeds…",
    }
    assert differences(exact, told) == []
    assert differences({**exact, "contact": {"name": "Ans"}}, told) == []
    assert differences({**exact, "contact": {"name": "Bea"}}, told)
    assert differences({**exact, "tasks": ["lifting"]}, told)
    assert differences({**exact, "tasks": ["lifting", "lifting", "household"]}, told)
    assert differences({**exact, "helpers": "none"}, told)
    assert differences({name: value for name, value in exact.items() if name != "explicit_term"}, told)
    assert differences({**exact, "situation": "zij valt…"}, told)


def test_what_is_heard_after_all_is_seen() -> None:
    told = _profile(tasks=[Told("lifting")])
    assert heard({"tasks": ["lifting", "household"], "helpers": "none"}, told) == ["tasks: lifting"]


def _screen(*texts: str, buttons: tuple[str, ...] = (), **thread: Any) -> Screen:
    moment = datetime(2026, 11, 23, tzinfo=timezone.utc)
    pressed = [{"title": payload, "payload": payload} for payload in buttons]
    messages = tuple(Message("c", "assistant", None, text, pressed, None, moment, None) for text in texts)
    return Screen(messages, CarerProfile(), Thread(**thread))


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (["Hoe zijn uw nachten? Komt u er vaak uit?"], 1),
        (["In welke plaats woont u? Dan zoek ik iets in de buurt."], 1),
        (["Wilt u meteen iemand spreken? Bel de Mantelzorglijn.\n\nMet welke naam mag ik u noemen?"], 1),
        (["Ik hoor het.", "Klopt dat?"], 1),
        (["“Wie helpt mij?” Dat vraagt u."], 0),
        (["Kunt u het anders zeggen?", "Voor wie zorgt u?"], 2),
        (["Wat is er aan de hand? Ik luister.\nWoont u samen?"], 2),
    ],
)
def test_questions_are_counted_as_people_hear_them(texts: list[str], count: int) -> None:
    assert len(questions_in(_screen(*texts))) == count


def test_the_ways_to_a_person() -> None:
    assert not _screen("Ik luister.", buttons=('/choose{"choice": "skip:place"}',)).leads_to_a_person
    assert _screen("Ik luister.", buttons=("/ask_human",)).leads_to_a_person
    assert _screen("Zal ik het vragen?", buttons=('/choose{"choice": "offers:request"}',)).leads_to_a_person
    assert _screen("Bel 030 760 60 55.").leads_to_a_person
    assert _screen("Bel 112.").leads_to_a_person
    assert _screen("Met welke naam?", phase="contact").leads_to_a_person
