"""The lexicon and the small language its phrases are written in."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import LoadCue, Task, Wish
from bot.understanding.heard import phrasebook
from bot.understanding.phrasebook import Phrasebook
from bot.understanding.signs import NAMES, ROLES, TOPICS
from bot.understanding.text import fold
from knowledge.vocabulary import Condition, DayPart


def book(*phrases: str, **rules: object) -> Phrasebook:
    """A phrasebook of one room with one value."""
    return Phrasebook({"room": {"rules": rules, "phrases": {"value": list(phrases)}}}, {"who": ["hem", "haar"]})


def finds(phrases: Phrasebook, text: str) -> bool:
    return bool(phrases.find(fold(text)))


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("hers*", "hersenletsel", True),
        ("hers", "hersenletsel", False),
        ("ik slaap _ niet", "ik slaap al weken niet", True),
        ("ik slaap _ niet", "ik slaap. Hij niet", False),
        ("was <who>", "was haar", True),
        ("was <who>", "was ons", False),
        ("(op een|met de) boot", "met de boot", True),
        ("[ik] kan weg", "kan weg", True),
        ("24 7", "24/7", True),
    ],
)
def test_a_phrase_means_what_its_marks_say(phrase: str, text: str, found: bool) -> None:
    assert finds(book(phrase), text) is found


def test_a_denial_before_a_phrase_cancels_it_where_the_file_says_so() -> None:
    assert not finds(book("dement", negated_before=2), "hij is niet dement")
    assert finds(book("dement", negated_before=2), "niet alleen dement maar ook doof")


def test_a_phrase_about_herself_is_not_heard_of_another() -> None:
    assert not finds(book("doodmoe", about_self=True), "hij is doodmoe")
    assert finds(book("doodmoe", about_self=True), "ik ben doodmoe")


def test_a_phrase_that_cannot_be_looked_up_is_refused() -> None:
    with pytest.raises(ValueError, match="must begin with"):
        book("*dement")


def test_every_value_of_the_lexicon_is_a_term_of_the_product() -> None:
    known = {"conditions": Condition, "tasks": Task, "load_cues": LoadCue, "wishes": Wish, "day_parts": DayPart}
    for room, terms in known.items():
        assert phrasebook().values(room) <= {term.value for term in terms}, room
    assert phrasebook().values("topics") == set(TOPICS)
    assert phrasebook().values("roles") == set(ROLES)
    assert len(set(NAMES)) == len(NAMES)


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("sign", ["-", "'", " ", "-'", "- ", "a-", "a '"])
def test_a_long_run_of_one_sign_costs_no_more_than_its_length(sign: str) -> None:
    """Ten thousand dashes once cost four seconds: each end of the word was tried with each begin of what follows."""
    folded = fold("Ik zorg voor mijn man in Ede" + (sign * 10_000)[:9_900] + " en ik slaap slecht")
    began = time.process_time()
    assert phrasebook().find(folded)
    assert time.process_time() - began < 1.5
