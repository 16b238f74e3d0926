"""What to acknowledge first: at most two things that are new in this message, the heaviest first, each once in a talk.

The result names parts of a sentence (``utter_part_<name>``); the words live in the domain files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.profile import CarerProfile, Told
from bot.talk.news import News

HEAVIEST_FIRST = (
    "breaking_point", "exhausted", "sleep_loss", "constant", "alone", "help_stopped", "aggression", "sad_anxious",
    "angry_guilty", "body", "work_conflict", "arranging_burden", "no_time", "getting_worse",
)  # fmt: skip
MOST = 2
WEIGHTY = frozenset(
    {"palliative", "condition_palliative"}
    | {f"load_{cue}" for cue in ("breaking_point", "exhausted", "sleep_loss", "constant", "alone", "help_stopped")}
)
"""Parts that are given weight when they are said."""
_NOT_SAID_BACK = {"angry_guilty", "aggression"}
"""What she is ashamed or afraid of is not put before her again in her own words."""
_SAME_FACT = {
    "condition_palliative": "palliative",
    "task_night_care": "load_broken_nights",
    "task_arranging": "load_arranging_burden",
}


@dataclass(frozen=True)
class Part:
    """A part of the sentence. ``about``: the person it is about ("uw moeder"); "" is the one she cares for first."""

    name: str
    about: str = ""

    @property
    def fact(self) -> str:
        """What is told by it: two names of one thing have one fact."""
        return " ".join(filter(None, (_SAME_FACT.get(self.name, self.name), self.about)))


def parts_to_acknowledge(news: News, said: Collection[str] = ()) -> list[Part]:
    """Up to two parts; empty when there is nothing to take up. With several people each is named.

    ``said``: facts that were acknowledged before in this talk.
    """
    if len({told.about for told in news.conditions if told.about}) > 1:
        return _new(_of_each_person(news), said)
    parts = _new([*_people(news), *_care(news), *_load(news)], said)
    if len(parts) < MOST and news.no_helpers and "alone" not in news.load_cues:
        parts.append(Part("load_alone"))
    if not parts and "played_down" in news.load_cues:
        parts.append(Part("played_down"))
    if len(parts) < MOST and not news.conditions and news.tasks:
        parts.append(Part(f"task_{news.tasks[0]}"))
    if not parts and "relation" in news.fields:
        parts.append(Part("relation"))
    return _new(parts, said)


def words_heard(profile: CarerProfile, news: News, turn: int) -> list[tuple[str, Told]]:
    """What of this message may be said back in her own words: names of parts with what she told, the heaviest first."""
    return [(name, told) for name, told in _heard(profile, news) if told is not None and told.turn == turn]


def _heard(profile: CarerProfile, news: News) -> Iterator[tuple[str, Told | None]]:
    cues = {told.value: told for told in profile.load_cues if told.value in news.load_cues}
    yield from ((f"load_{cue}", cues.get(cue)) for cue in HEAVIEST_FIRST if cue not in _NOT_SAID_BACK)
    if news.no_helpers:
        yield "load_alone", profile.helpers
    if "perseverance" in news.fields:
        yield "perseverance", profile.perseverance
    if news.broken_nights:
        yield "load_broken_nights", profile.nights
    yield from ((f"task_{told.value}", told) for told in profile.tasks if told.value in news.tasks)
    if "situation" in news.fields:
        yield "situation", profile.situation


def _new(parts: Iterable[Part], said: Collection[str]) -> list[Part]:
    by_fact: dict[str, Part] = {}
    for part in parts:
        if part.fact not in said:
            by_fact.setdefault(part.fact, part)
    return list(by_fact.values())[:MOST]


def _of_each_person(news: News) -> list[Part]:
    first = {
        told.about: Part(f"condition_{told.value}", told.about) for told in reversed(news.conditions) if told.about
    }
    return [first[about] for about in dict.fromkeys(told.about for told in news.conditions if told.about)]


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
