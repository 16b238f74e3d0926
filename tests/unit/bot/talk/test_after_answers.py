"""Typed answers after a request was sent: her own words first, then a yes or a no, and no story taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import sampled_from, text

from bot.talk.after_answers import hears_nothing, read_after_answer


@pytest.mark.parametrize(
    "words",
    [
        "ik hoor maar niks", "Ik hoor niets", "ik heb nog niks gehoord", "niks meer van jullie gehoord",
        "er komt geen antwoord of bevestiging", "er heeft nog steeds niemand gebeld", "waar blijft dat telefoontje",
        "ze hebben nog niet teruggebeld", "ik wacht nog altijd", "geen enkele reactie gehad",
    ],
)  # fmt: skip
def test_nobody_lets_her_hear_anything(words: str) -> None:
    assert hears_nothing(words)


@pytest.mark.parametrize(
    "words",
    [
        "hij hoort slecht",
        "mijn man hoort niet goed meer",
        "Petra heeft gebeld",
        "ik wil gebeld worden",
        "dank u wel",
        "",
    ],
)
def test_other_words_are_no_complaint(words: str) -> None:
    assert not hears_nothing(words)


@pytest.mark.parametrize(
    ("question", "words", "intent", "value"),
    [
        ("check", "ja hoor", "affirm", "same"),
        ("check", "nee", "deny", "again"),
        ("check", "nee, het is erger", "deny", "worse"),
        ("check", "het is niet erger geworden", "tell", "same"),
        ("check", "het gaat echt niet meer", "tell", "worse"),
        ("check", "het hoeft niet meer", "withdraw_request", "gone"),
        ("check", "het is nog niet opgelost", "tell", None),
        ("check", "mijn zus komt morgen", "tell", None),
        ("check_wait", "nee dat red ik niet", "deny", "cannot_wait"),
        ("check_gone", "ja doe maar", "affirm", "withdraw"),
        ("check_gone", "nee", "deny", "keep"),
        ("follow", "nee dank u", "deny", "no"),
        ("rest_before", "geen", "tell", "1"),
        ("rest_before", "bijna geen", "tell", "2"),
        ("rest_after", "een beetje", "tell", "3"),
        ("rest_after", "niet genoeg", "tell", "2"),
        ("rest_after", "genoeg", "tell", "5"),
        ("rest_after", "4", "tell", "4"),
        ("rest_after", "liever niet", "skip", "skip"),
        ("happened", "voor een deel", "tell", "partly"),
        ("happened", "nee", "deny", "no"),
        ("needed", "nee", "deny", "nothing"),
        ("needed", "wat is er nog meer", "ask_offers", "offers"),
        ("loss", "ja", "affirm", "tell_death"),
        ("care_over", "nee", "deny", "self"),
        ("later", "ja graag", "affirm", "yes"),
        ("nonsense", "ja", "affirm", None),
    ],
)
def test_what_typed_words_answer(question: str, words: str, intent: str, value: str | None) -> None:
    assert read_after_answer(question, words, intent) == value


def test_a_story_with_a_yes_in_it_is_a_story() -> None:
    story = "ja weet u, gisteren kwam mijn schoonzus langs en die zei dat we dat anders zouden kunnen aanpakken"
    assert read_after_answer("check", story, "affirm") is None


@given(words=text(max_size=200), question=sampled_from(["check", "rest_after", "happened", "needed", "loss", "x"]))
def test_any_text_at_all_is_an_answer_or_none(words: str, question: str) -> None:
    found = read_after_answer(question, words, "tell")
    assert found is None or isinstance(found, str)
    hears_nothing(words)
