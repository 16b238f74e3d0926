"""An open question is answered only by words that answer it; what else is told is learned and the question waits."""

from __future__ import annotations

import pytest

from bot.profile import CarerProfile
from bot.reading import Evidence, PlaceMention, Reading
from bot.talk.news import News
from bot.talk.thread import Thread
from bot.talk.typed_answers import take_words

STORY = "nee want toen zei de dokter dat het beter was zo"


def answered(question: str, text: str, intent: str = "tell", news: News | None = None) -> tuple[bool, CarerProfile]:
    """Was ``text`` taken as an answer, and what is known after it?"""
    profile, thread = CarerProfile(), Thread(pending=question)
    taken = take_words(profile, thread, Reading(), text, intent, news or News())
    assert (thread.pending is None) is taken
    return taken, profile


@pytest.mark.parametrize("question", ["nights", "helpers", "wish"])
def test_other_news_is_no_answer(question: str) -> None:
    assert answered(question, "boodschappen", news=News(fields={"tasks"}))[0] is False


@pytest.mark.parametrize(("text", "intent"), [("nee", "deny"), ("ja hoor soms", "affirm")])
@pytest.mark.parametrize("question", ["nights", "helpers"])
def test_a_short_yes_or_no_is_an_answer(question: str, text: str, intent: str) -> None:
    taken, profile = answered(question, text, intent)
    assert taken
    assert getattr(profile, question) is not None


@pytest.mark.parametrize("question", ["nights", "helpers"])
def test_a_no_inside_a_story_belongs_to_something_else(question: str) -> None:
    taken, profile = answered(question, STORY, "deny")
    assert not taken
    assert getattr(profile, question) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mijn zus komt op zaterdag", "some"),
        ("de buurvrouw past wel eens op", "some"),
        ("er is niemand die bijspringt", "none"),
        ("geen mens", "none"),
        ("ja de kinderen wonen ver weg", "none"),
        ("mijn zus woont in het buitenland", "none"),
        ("mijn broers hebben het te druk met hun werk", "none"),
        ("mijn zus woont ver weg maar komt elke zondag", "some"),
    ],
)
def test_who_helps_is_heard_in_words(text: str, value: str) -> None:
    taken, profile = answered("helpers", text)
    assert taken
    assert profile.helpers is not None
    assert profile.helpers.value == value


def test_words_that_name_nobody_do_not_say_who_helps() -> None:
    assert answered("helpers", "het is een lang verhaal zo") == (False, CarerProfile())


def test_a_wish_is_kept_in_her_own_words_and_nobody_is_no_wish() -> None:
    taken, profile = answered("wish", "gewoon een middag naar zee")
    assert taken
    assert [wish.words for wish in profile.wishes] == ["gewoon een middag naar zee"]
    assert answered("wish", "niemand kan dat")[0] is False


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nee niemand, wij wonen in breda", "none"),
        ("mijn zus helpt op zaterdag, en wij wonen in breda", "some"),
        ("nee, breda", None),
        ("mijn zus woont in breda", None),
    ],
)
def test_who_helps_is_heard_beside_a_place(text: str, value: str | None) -> None:
    start = text.index("breda")
    breda = PlaceMention("breda", "Breda", ("Breda",), None, True, "unknown", Evidence("breda", start, start + 5))
    profile, thread = CarerProfile(), Thread(pending="helpers")
    take_words(profile, thread, Reading(places=(breda,)), text, "tell", News())
    assert (profile.helpers.value if profile.helpers else None) == value
