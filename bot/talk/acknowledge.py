"""What to acknowledge first: at most two things that are new in this message, the heaviest first.

The result names parts of a sentence (``utter_part_<name>``); the words live in the domain files.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.talk.news import News

HEAVIEST_FIRST = (
    "breaking_point", "exhausted", "sleep_loss", "constant", "alone", "help_stopped", "aggression", "sad_anxious",
    "angry_guilty", "body", "work_conflict", "arranging_burden", "no_time", "getting_worse",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A part of the sentence. ``about``: the person it is about ("uw moeder"); "" is the one she cares for first."""

    name: str
    about: str = ""


def parts_to_acknowledge(news: News) -> list[Part]:
    """Up to two parts; empty when there is nothing to take up. With several people each is named."""
    if len({told.about for told in news.conditions if told.about}) > 1:
        return _of_each_person(news)
    parts = _people(news) + _care(news) + _load(news)
    if len(parts) < 2 and news.no_helpers and "alone" not in news.load_cues:
        parts.append(Part("load_alone"))
    if not parts and "played_down" in news.load_cues:
        parts.append(Part("played_down"))
    if len(parts) < 2 and not news.conditions and news.tasks:
        parts.append(Part(f"task_{news.tasks[0]}"))
    if not parts and "relation" in news.fields:
        parts.append(Part("relation"))
    return parts[:2]


def _of_each_person(news: News) -> list[Part]:
    first = {
        told.about: Part(f"condition_{told.value}", told.about) for told in reversed(news.conditions) if told.about
    }
    return [first[about] for about in dict.fromkeys(told.about for told in news.conditions if told.about)][:2]


def _people(news: News) -> list[Part]:
    if len(news.people) > 1:
        return [Part("people")]
    return [Part("also_for", news.people[-1])] if "others_cared_for" in news.fields and news.people else []


def _care(news: News) -> list[Part]:
    if "palliative" in news.fields:
        return [Part("palliative")]
    return [Part(f"condition_{told.value}", told.about) for told in news.conditions[:1]]


def _load(news: News) -> list[Part]:
    cues = [f"load_{cue}" for cue in HEAVIEST_FIRST if cue in news.load_cues]
    return [Part(cue) for cue in cues or (["load_broken_nights"] if news.broken_nights else [])]
