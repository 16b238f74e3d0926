"""A button's answer to a question of ours, and what she does not want to answer."""

from __future__ import annotations

from typing import Any

from bot.profile import CarerProfile, Told
from bot.reading import Relation, Role, Wish
from bot.talk.news import News
from bot.talk.places_chosen import choose_place, confirm_place
from bot.talk.roles import choose_role
from bot.talk.thread import Thread

NIGHTS: dict[str, dict[str, Any]] = {
    "every": {"low": 6.0, "high": 7.0, "times": None},
    "sometimes": {"low": 1.0, "high": 5.0, "times": None},
    "no": {"low": 0.0, "high": 0.0, "times": None},
}
"""How many nights a week each button means."""

_CLOSED: dict[str, tuple[str, ...]] = {
    "relation": tuple(relation.value for relation in Relation),
    "helpers": ("none", "some"),
    "body": ("hurts", "fine"),
    "own_time": ("none", "some"),
    "perseverance": ("days", "weeks", "months", "longer"),
    "interpreter": ("yes", "no"),
}
"""Questions with a few answers that the profile keeps under the name of the question."""


def take_choice(profile: CarerProfile, thread: Thread, question: str, value: str, title: str, news: News) -> None:
    """A pressed button of ours answers ``question`` with ``value``; ``title`` are the words on it."""
    told = Told(value, title, thread.turn, confirmed=True)
    if question == "skip":
        refuse(profile, thread, value)
    elif value in _CLOSED.get(question, ()):
        setattr(profile, question, told)
        news.fields.add(question)
        news.no_helpers = (question, value) == ("helpers", "none")
    elif question == "role" and value in {role.value for role in Role}:
        choose_role(profile, value, title, thread.turn, news)
    elif question == "nights" and value in NIGHTS:
        profile.nights = Told(NIGHTS[value], title, thread.turn, confirmed=True)
        news.fields.add("nights")
        news.broken_nights = value != "no"
    elif question == "wish" and value in {wish.value for wish in Wish}:
        profile.wishes = [told]
        news.fields.add("wishes")
    elif question == "place_which":
        choose_place(profile, thread, value, news)
    elif question == "place_confirm":
        confirm_place(profile, thread, value == "yes", news)
    if thread.pending == question or question == "skip":
        thread.pending = None


def refuse(profile: CarerProfile, thread: Thread, question: str) -> None:
    """She does not want to, or cannot, answer: respected for good (R18)."""
    if question == "place_which":
        thread.place_options, question = [], "place"
        thread.pending = "place" if thread.pending == "place_which" else thread.pending
    if question and question not in profile.refused:
        profile.refused.append(question)
    if thread.pending == question:
        thread.pending = None
