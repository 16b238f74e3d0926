"""Reads one message: everything it tells about the speaker, the person she cares for, the care and what would help."""

from __future__ import annotations

import re

from bot.reading import Cue, Detail, Evidence, Reading
from bot.understanding.desks import read_asked_at, was_sent_around
from bot.understanding.details import read_details
from bot.understanding.heard import is_marked, phrases_in
from bot.understanding.helping import gives_help, is_in_vain
from bot.understanding.hours import read_hours
from bot.understanding.informal import says_je
from bot.understanding.language import language_of
from bot.understanding.moments import parts_of, read_moments
from bot.understanding.nights import read_nights
from bot.understanding.numbers import bare_number
from bot.understanding.perseverance import read_perseverance
from bot.understanding.person import read_loved_one_child, read_minor
from bot.understanding.phrasebook import Hit
from bot.understanding.places import read_place_answer, read_places
from bot.understanding.relations import people_in, read_loved_ones
from bot.understanding.since import read_since
from bot.understanding.text import clause_end, clause_start, evidence, fold
from knowledge.places.regions import Regions
from knowledge.vocabulary import Condition

__all__ = ["read_message", "read_place_answer"]

_CARE_ROOMS = {"conditions", "tasks"}
_LAST_RESORT = {"other", "frailty", "severe_child"}
_PAUSE = re.compile(r"[,;:]")
_BLANK = re.compile(r"\s+")
_SAYS_NOTHING = {
    "conditions": re.compile(
        r"^\W*nah\W+(?:no|not|nee|niet|laat|ik|joh|hoor|maar|maybe|liever|dank|hoeft|doe)\b"
        r"|\bkanker(?=[ -]?(?:computer|robot|bot|ding|zooi|programma|gemeente|systeem|formulier|vragen|zwaar|moe)\b)"
        r"|\bik (?:ben|hoor|zie) (?:zelf |erg |ook )?(?:doof|slechthorend|blind|slechtziend)\b"
    ),
    "load_cues": re.compile(
        r"\bslaat (?:echt |helemaal |ook )?(?:nergens|als een tang)\b|\bslaat op\b"
        r"|\b(?:baas|chef|leidinggevende|manager|werkgever)\b[^.!?]{0,30}\bboos\b"
    ),
}
"""Words that look like an illness or like violence and are a curse, a no, her own ears, or her employer."""


def read_message(text: str, regions: Regions) -> Reading:
    """Everything one message tells, each value with the words that carry it. Never raises, whatever the text.

    The role is not decided here: the trained classifier adds it (``signals``).
    """
    folded = fold(text)
    hits = list(phrases_in(folded))
    loved_ones = read_loved_ones(text, folded, [hit for hit in hits if hit.room in _CARE_ROOMS])
    details = read_details(text)
    help_there_is = _help_there_is(text, folded, details)
    moments = tuple(one for one in read_moments(text, folded) if not _within(one.evidence.start, help_there_is))
    day_parts = [hit for hit in hits if not _within(hit.start, help_there_is)]
    hours, nights = read_hours(text, folded), read_nights(text, folded)
    return Reading(
        text_length=len(text),
        explicit_term=_first(text, hits, "explicit_term") is not None,
        label_rejected=_first(text, hits, "label_rejected"),
        loved_ones=loved_ones,
        conditions=_conditions(_cues(text, hits, "conditions")),
        tasks=_cues(text, hits, "tasks"),
        load_cues=_cues(text, hits, "load_cues"),
        wishes=_cues(text, [hit for hit in hits if not _is_had(folded, hit)], "wishes"),
        day_parts=_each_once((*_cues(text, day_parts, "day_parts"), *parts_of(moments))),
        moments=moments,
        hours=hours,
        nights=nights,
        since=read_since(text, folded),
        places=read_places(text, folded, regions, loved_ones),
        living_together=_either(text, hits, "living_together"),
        works=_either(text, hits, "works"),
        helpers=_helpers(text, folded, hits),
        tried=_tried(text, folded, hits),
        minor=read_minor(text, folded),
        loved_one_child=read_loved_one_child(text, folded, loved_ones, hits),
        perseverance=read_perseverance(text),
        asked_at=read_asked_at(text),
        sent_around=was_sent_around(text),
        details=details,
        informal=says_je(folded),
        refuses=_first(text, hits, "refuses"),
        corrects=_first(text, hits, "corrects"),
        palliative=_first(text, hits, "palliative"),
        bereaved=_first(text, hits, "bereaved"),
        asks_human=_first(text, hits, "asks_human", room="handover"),
        number=bare_number(folded) if hours is None else None,
        language=language_of(text),
    )


def _cues(text: str, hits: list[Hit], room: str) -> tuple[Cue, ...]:
    """Each value of a room once, with its first words, in the order of the text."""
    silent = [found.span() for found in _SAYS_NOTHING[room].finditer(fold(text))] if room in _SAYS_NOTHING else []
    first: dict[str, Hit] = {}
    for hit in hits:
        if hit.room == room and not any(hit.start < end and start < hit.end for start, end in silent):
            first.setdefault(hit.value, hit)
    return tuple(Cue(value, evidence(text, hit.start, hit.end)) for value, hit in first.items())


def _each_once(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Each value once, as it is said first."""
    first: dict[str, Cue] = {}
    for cue in sorted(cues, key=lambda cue: cue.evidence.start):
        first.setdefault(cue.value, cue)
    return tuple(first.values())


def _is_had(folded: str, hit: Hit) -> bool:
    """Is this about help there is or was ("hij gaat al naar de dagopvang"), not about what she would like?"""
    return is_marked(folded, "help.had", clause_start(folded, hit.start), clause_end(folded, hit.end))


def _conditions(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """What is named exactly comes first; "other" only when nothing else is named; young dementia says dementia."""
    values = {cue.value for cue in cues}
    named = [
        cue
        for cue in cues
        if cue.value not in _LAST_RESORT
        and not (cue.value == Condition.DEMENTIA and Condition.YOUNG_DEMENTIA in values)
    ]
    vague = [cue for cue in cues if cue.value in _LAST_RESORT and cue.value != "other"]
    return tuple(named + vague) or cues


def _first(text: str, hits: list[Hit], value: str, room: str = "stance") -> Evidence | None:
    found = next((hit for hit in hits if hit.room == room and hit.value == value), None)
    return evidence(text, found.start, found.end) if found else None


def _either(text: str, hits: list[Hit], question: str) -> Cue | None:
    """The answer to a question with two answers; the longer phrase wins ("ik werk niet" over "ik werk")."""
    found = [hit for hit in hits if hit.room == "circumstances" and hit.value.startswith(question + ".")]
    if not found:
        return None
    best = max(found, key=lambda hit: hit.end - hit.start)
    return Cue(best.value.rpartition(".")[2], evidence(text, best.start, best.end))


def _helpers(text: str, folded: str, hits: list[Hit]) -> Cue | None:
    """Who else helps: in so many words, or because somebody is said to come; help that is over or refused is none."""
    told = [
        hit
        for hit in hits
        if not _PAUSE.search(folded, hit.start, hit.end)
        and not (hit.value == "helpers.some" and is_in_vain(folded, hit.start, hit.end))
    ]
    found = _either(text, told, "helpers")
    if found is not None:
        return found
    comes = next(
        (one for one in people_in(text, folded) if gives_help(folded, one.evidence.start, one.evidence.end)), None
    )
    return Cue("some", comes.evidence) if comes else None


def _help_there_is(text: str, folded: str, details: tuple[Detail, ...]) -> list[tuple[int, int]]:
    """The clauses that tell of help there is: its days are not the days on which she wants help."""
    told = [one.evidence for one in details if one.name == "current_help" and one.value != "none"]
    told += [
        one.evidence for one in people_in(text, folded) if gives_help(folded, one.evidence.start, one.evidence.end)
    ]
    return [(clause_start(folded, words.start), clause_end(folded, words.end)) for words in told]


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _tried(text: str, folded: str, hits: list[Hit]) -> tuple[Cue, ...]:
    """What was tried before: the whole clause, in her words."""
    clauses: dict[tuple[int, int], Cue] = {}
    for hit in hits:
        if hit.room == "stance" and hit.value == "tried":
            start, end = clause_start(folded, hit.start), clause_end(folded, hit.end)
            start += len(text[start:end]) - len(text[start:end].lstrip())
            words = text[start:end].rstrip()
            clauses[(start, end)] = Cue(_BLANK.sub(" ", words)[:200], evidence(text, start, start + len(words)))
    return tuple(clauses.values())
