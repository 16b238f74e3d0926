"""The sentences: which vary, which facts they quote, and how they are said with je."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.wording import Wording
from knowledge.facts import Facts

FACTS = Facts.load()
WORDS = Wording.load(FACTS.values())


def wording(*texts: str, overdue: frozenset[str] = frozenset(), **more: list[dict[str, Any]]) -> Wording:
    responses = {"utter_a": [{"text": text} for text in texts], **more}
    return Wording(responses, {"cost": "€ 21", "weeks": "8 weken"}, overdue=lambda: overdue)


def test_a_sentence_varies_when_there_is_more_than_one_way_to_say_it() -> None:
    assert wording("een", "twee").varies("utter_a")
    assert not wording("een").varies("utter_a")
    assert not wording("een").varies("utter_b")


def test_the_facts_in_a_sentence_are_in_the_order_of_its_text_and_each_once() -> None:
    assert wording("{fact_weeks}, {fact_cost} en {fact_weeks}, {called}").facts_in("utter_a") == ["weeks", "cost"]
    assert wording("niets").facts_in("utter_a") == []


def test_of_an_overdue_sentence_no_fact_is_quoted() -> None:
    assert wording("{fact_weeks} {fact_cost}", overdue=frozenset({"cost"})).facts_in("utter_a") == []
    assert wording("{fact_weeks}", overdue=frozenset({"cost"})).facts_in("utter_a") == ["weeks"]


def test_every_way_to_say_an_answer_has_the_same_sources() -> None:
    """``facts_in`` reads the first variant only: so no other may quote a fact with another source."""
    for name in WORDS.names():
        variants = WORDS._responses[name]
        quoted = [set(re.findall(r"\{fact_(\w+)\}", variant.get("text", ""))) for variant in variants]
        cites = [{FACTS[key].cite for key in keys if FACTS[key].cite} for keys in quoted]
        assert all(each == cites[0] for each in cites), name


def test_in_je_says_the_same_sentences_with_je_and_leaves_the_first_as_it_was() -> None:
    first = wording("Wilt u dat voor uw moeder? {fact_cost}")
    assert first.in_je().text("utter_a") == "Wil je dat voor je moeder? € 21"
    assert first.text("utter_a") == "Wilt u dat voor uw moeder? € 21"
    assert first.in_je().in_je().text("utter_a") == first.in_je().text("utter_a")
    assert first.in_je().facts_in("utter_a") == first.facts_in("utter_a")


def test_in_je_says_the_buttons_with_je_too_and_keeps_what_they_send() -> None:
    buttons = [{"text": "Dag", "buttons": [{"title": "Belt u mij", "payload": "/u_uw"}]}]
    said = wording("x", utter_b=buttons).in_je().say("utter_b")
    assert said.buttons == ({"title": "Bel je mij", "payload": "/u_uw"},)


@given(st.integers(min_value=0, max_value=50))
def test_the_variants_follow_each_other_round(number: int) -> None:
    assert wording("nul", "een", "twee").text("utter_a", number) == ("nul", "een", "twee")[number % 3]
