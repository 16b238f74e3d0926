"""Buttons: few, short, always with a way out, and never one that leads nowhere."""

from __future__ import annotations

import json
import re

import pytest

from actions.heard import NOT_AN_ANSWER
from bot.reading import Relation, Role, Wish
from bot.request.followup import Happened, Needed
from bot.talk.answers import NIGHTS
from bot.talk.details import CHOICES as DETAIL_CHOICES
from bot.talk.thread import BEFORE_OFFERS, CONTACT, DETAILS, LOAD_QUESTIONS
from knowledge.yaml_files import read_yaml
from tests.content.examples import every_example
from tests.content.sentences import ROOT, every_response, faults

RESPONSES = [response for response in every_response() if response.buttons]
INTENTS = {next(iter(intent)) for intent in read_yaml((ROOT / "domain.yml").read_text("utf-8"))["intents"]}
MOST_OPTIONS = 3  # requirement R12
LONGEST_TITLE = 40  # fits a telephone in one line, and a Telegram button
PLACES = {f"utter_ask_place_{whose}" for whose in ("carer", "loved_one", "loved_ones", "minor", "around")}
WAYS_OUT = {"Sla over", "Stuur maar zo", "Weet ik niet", "Iets anders", "Ik wil een mens spreken"}
TOPICS = {example.block["topic"] for example in every_example() if "topic" in example.block}

CHOICES: dict[str, set[str]] = {
    "relation": {term.value for term in Relation},
    "role": {term.value for term in Role},
    "path": {"offers", "together"},
    "together": {"yes", "no"},
    "topic": {*TOPICS, "other"},
    "load_check": {"yes", "no"},
    "body": {"hurts", "fine"},
    "own_time": {"some", "none"},
    "perseverance": {"days", "weeks", "months", "longer"},
    "known": {"show", "change"},
    "known_out": {"now"},
    "still_true": {"yes", "changed"},
    "forget": {"yes", "no"},
    "interpreter": {"yes", "no"},
    "nights": set(NIGHTS),
    "helpers": {"some", "none"},
    "wish": {term.value for term in Wish},
    "place_confirm": {"yes", "no"},
    "skip": {*BEFORE_OFFERS, *CONTACT, *LOAD_QUESTIONS, *DETAILS, "details"},
    **{name: set(values) for name, values in DETAIL_CHOICES.items()},
    "health": {"yes", "no"},
    "tell_owner": {"stop"},
    "offers": {"request", "more", "enough"},
    "request": {"send", "change", "leave", "show"},
    "field_out": {"now"},
    "restart": {"yes"},
    "reopen": {"yes", "no"},
    "nudge": {"now"},
    "check": {"same", "worse", "gone", "again", "withdraw", "keep", "can_wait", "cannot_wait"},
    "follow": {"yes", "no"},
    "rest_before": {"skip"},
    "happened": {*(term.value for term in Happened), "skip"},
    "rest_after": {"skip"},
    "needed": {term.value for term in Needed},
    "loss": {"tell_death", "tell_end", "self", "withdraw", "call"},
    "later": {"yes", "no"},
}
"""What each question of ours can be answered with (bot.talk.answers, actions.handover, actions.talk)."""


def test_at_most_three_options_beside_the_ways_out() -> None:
    found = [
        f"{response}: {len(options)} options"
        for response in RESPONSES
        if len(options := [b for b in response.buttons if b["title"] not in WAYS_OUT]) > MOST_OPTIONS
    ]
    assert not found, faults(found)


def test_titles_are_short_and_differ() -> None:
    found = []
    for response in RESPONSES:
        titles = [button["title"] for button in response.buttons]
        found += [f"{response}: “{title}” is too long" for title in titles if len(title) > LONGEST_TITLE]
        if len({title.casefold() for title in titles}) < len(titles):
            found.append(f"{response}: two buttons with one title")
    assert not found, faults(found)


def test_every_payload_leads_somewhere() -> None:
    payloads = [
        (response, button["payload"])
        for response in RESPONSES
        if not response.name.startswith("utter_danger_question")  # answers to the gate: see test_gentle_question
        for button in response.buttons
    ]
    found = [f"{response}: {payload} {fault}" for response, payload in payloads if (fault := _fault(payload))]
    assert not found, faults(found)


@pytest.mark.parametrize(
    "payload",
    ["tell", "/unknown_intent", '/choose{"choice": "nights"}', '/choose{"choice": "nights:often"}', "/choose{choice}"],
)
def test_a_payload_that_leads_nowhere_is_found(payload: str) -> None:
    assert _fault(payload)


def _fault(payload: str) -> str:
    if payload.startswith("/choose"):
        return _fault_in_choice(payload.removeprefix("/choose"))
    if not re.fullmatch(r"/[a-z_]+", payload):
        return "is neither a choice nor an intent"
    return "" if payload[1:] in INTENTS - {"choose"} else "is no intent of domain.yml"


def _fault_in_choice(text: str) -> str:
    try:
        choice = json.loads(text)
    except json.JSONDecodeError:
        return "is not JSON"
    if set(choice) != {"choice"}:
        return "has other keys than choice"
    question, _, value = choice["choice"].partition(":")
    return "" if value in CHOICES.get(question, set()) else "is a choice nobody handles"


def test_every_question_to_a_carer_can_be_skipped() -> None:
    asked = {f"utter_ask_{question}" for question in (*BEFORE_OFFERS, *CONTACT)} | PLACES
    found = [
        str(response)
        for response in every_response()
        if response.name in asked and not any('"skip:' in button["payload"] for button in response.buttons)
    ]
    assert not found, faults(found)


def test_every_question_before_the_offers_has_a_way_to_a_person() -> None:
    asked = {f"utter_ask_{question}" for question in BEFORE_OFFERS} | PLACES | {"utter_greeting", "utter_apology"}
    found = [
        str(response)
        for response in every_response()
        if response.name in asked and not any(button["payload"] == "/ask_human" for button in response.buttons)
    ]
    assert not found, faults(found)


def test_what_is_no_answer_is_an_intent() -> None:
    """Invariant 5: the list that lets people out of an open question names real intents, the way to a human first."""
    assert NOT_AN_ANSWER <= INTENTS
    assert {"ask_human", "stop", "skip"} <= NOT_AN_ANSWER
