"""What grammar rules out is dropped, whoever heard it."""

from __future__ import annotations

from bot.understanding.readings import reading_of
from bot.understanding.vetting import vet


def _conditions(text: str) -> list[str]:
    return [cue.value for cue in vet(text, reading_of(text)).conditions]


def test_her_own_illness_is_not_that_of_the_one_she_cares_for() -> None:
    assert _conditions("Ik heb zelf reuma. Mijn man heeft parkinson.") == ["parkinson"]


def test_who_died_is_not_cared_for_when_somebody_else_is() -> None:
    text = "Mijn opa had parkinson en is overleden. Nu zorg ik voor mijn moeder."
    assert [one.called for one in vet(text, reading_of(text)).loved_ones] == ["uw moeder"]
    assert _conditions(text) == []


def test_who_died_stays_when_there_is_nobody_else() -> None:
    text = "Mijn opa had parkinson en is overleden."
    assert [one.called for one in vet(text, reading_of(text)).loved_ones] == ["uw opa"]
    assert _conditions(text) == ["parkinson"]


def test_help_there_is_already_is_no_wish_unless_she_wants_more() -> None:
    there, more = "Mijn man gaat naar de dagopvang.", "Mijn man gaat naar de dagopvang, graag een derde dag erbij."
    assert vet(there, reading_of(there)).wishes == ()
    assert vet(more, reading_of(more)).wishes == reading_of(more).wishes
