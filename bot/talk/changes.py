"""Changing or forgetting one thing that she told, at her own word."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import fields, replace

from bot.profile import CarerProfile, Told
from bot.reading import Reading
from bot.talk.contact import read_contact
from bot.talk.learn import learn
from bot.talk.thread import Thread
from bot.talk.typed_answers import MOST_FREE_TEXT, take_words
from bot.understanding.details import detail_names, read_details
from bot.understanding.hours import read_hours_answer
from bot.understanding.text import fold

_QUESTION_OF = {"carer_place": "place", "loved_one_place": "place", "wishes": "wish", "conditions": "situation"}
"""Which question of ours a part answers, where it is not called the same."""
_BESIDE = {
    "relation": ("called", "others_cared_for"),
    "role": ("stance", "role_evidence"),
    "interpreter": ("language",),
    "day_parts": ("moments",),
    "asked_at": ("sent_around",),
}
"""What goes with a part when it is forgotten."""
_IN_HER_WORDS = ("situation", "tasks", "conditions", "wishes", "day_parts", "tried", "asked_at")
_CONTACT = ("name", "phone", "email", "when")


def forget_fact(profile: CarerProfile, name: str) -> None:
    """Take a part away, and never ask for it again."""
    if name in _CONTACT:
        profile.contact.pop(name, None)
    elif name in detail_names():
        profile.details.pop(name, None)
    else:
        for each in (name, *_BESIDE.get(name, ())):
            _empty(profile, each)
    for refused in dict.fromkeys((name, _QUESTION_OF.get(name, name))):
        if refused and refused not in profile.refused:
            profile.refused.append(refused)


def change_fact(profile: CarerProfile, name: str, reading: Reading, text: str, intent: str, thread: Thread) -> bool:
    """Put her new words in place of a part; ``False`` when nothing can be read from them, and all stays as it was."""
    if name in _CONTACT:
        found = read_contact("name" if name == "name" else "phone", text)
        if name not in found:
            return False
        profile.contact.update(found)
        return True
    if name in detail_names():
        return _change_detail(profile, name, text, thread)
    before, pending = deepcopy(profile), thread.pending
    beside = () if name == "interpreter" else _BESIDE.get(name, ())  # which language it is stays as it was
    for each in (name, *beside):
        _empty(profile, each)
    _read(profile, name, reading, text, intent, thread)
    thread.pending, profile.quotes = pending, before.quotes
    if not profile.knows(name) and profile.situation == before.situation:
        for part in fields(profile):
            setattr(profile, part.name, getattr(before, part.name))
        return False
    profile.refused = [refused for refused in profile.refused if refused not in (name, _QUESTION_OF.get(name, name))]
    return True


def _change_detail(profile: CarerProfile, name: str, text: str, thread: Thread) -> bool:
    """A detail is told in her own words, or in those of one that is read."""
    words = text.strip()[:MOST_FREE_TEXT]
    if not any(sign.isalnum() for sign in words):
        return False
    found = [Told(one.value, words, thread.turn, confirmed=True) for one in read_details(text) if one.name == name]
    profile.details[name] = found or [Told(words, words, thread.turn, confirmed=True)]
    profile.refused = [refused for refused in profile.refused if refused != name]
    return True


def _read(profile: CarerProfile, name: str, reading: Reading, text: str, intent: str, thread: Thread) -> None:
    if name == "hours" and reading.hours is None:
        reading = replace(reading, hours=read_hours_answer(text, fold(text)))
    if name in ("carer_place", "loved_one_place"):
        thread.place_of = name.removesuffix("_place")
        reading = replace(reading, places=tuple(replace(one, whose=thread.place_of) for one in reading.places))
    news = learn(profile, reading, text, thread)
    thread.pending = name if name == "conditions" else _QUESTION_OF.get(name, name)
    take_words(profile, thread, reading, text, intent, news)
    if not profile.knows(name) and name in _IN_HER_WORDS and len(text.strip()) > 1:
        words = text.strip()[:MOST_FREE_TEXT]
        told = Told(words, words, thread.turn, confirmed=True)
        if name in ("situation", "conditions", "tasks"):  # a closed vocabulary holds no words of hers
            before = f"{profile.situation.value}; " if profile.situation is not None else ""
            profile.situation = replace(told, value=(before + words)[:MOST_FREE_TEXT])
        else:
            setattr(profile, name, [told])


def _empty(profile: CarerProfile, name: str) -> None:
    blank = getattr(CarerProfile(), name, None)
    setattr(profile, name, blank)
