"""Whom she asked before, and whether she was sent around: "die zegt dat ik bij de gemeente moet zijn" (R82).

A name alone tells nothing. It counts when they answered, pointed elsewhere or refused, when she says that she asked, or
when she was sent there. Where she was only told to go, is not where she asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.reading import Cue, Evidence
from bot.understanding.heard import phrases_in
from bot.understanding.phrasebook import Hit
from bot.understanding.text import WORD, clause_end, clause_start, evidence, fold, sentence_end, sentence_start
from knowledge.bodies import Body

_ROOM, _AT = "desks", "at."
_CARE = {Body.GP, Body.HOSPITAL, Body.HOME_CARE, Body.SCHOOL, Body.PROVIDER, Body.MENTAL_HEALTH_CARE, Body.CASE_MANAGER}
"""Who is seen for the care itself: having been there, or having called, is no asking for help."""
_LISTED = re.compile(r"\W{1,2}(?:(?:en|of|ook|dan)\W)*(?:bij |van )?(?:de |het |'t |een |mijn |ons |onze )?")
_ARTICLE = r"(?:de |het |'t |een |mijn |m'n |ons |onze |die |dat |zo'n )?(?:\w+e )?"
_JUST_BEFORE = re.compile(rf"\W{{1,2}}{_ARTICLE}")
_FOLLOWED_UP = re.compile(r"(?: \w+){0,2}?[\s,.;:?-]{0,3}(?:(?:en|maar|dus|toen) )?(?:die|daar|ze|zij|hun|hullie)\b")
_TO, _AT_THE, _BY = (re.compile(rf"\b{word} {_ARTICLE}$") for word in ("naar", "bij", "door"))
_GOES = re.compile(r"\b(?:naar|om|aan)\b")
_SOMEBODY = re.compile(r"\W+(?:mijn|m'n|mn|onze|iedereen)\b")
_THEY = re.compile(r"\W+(?:ze|zij|men|hun|hullie|mij|me|ons|dat)\b")
_PRONOUN = re.compile(r"\b(?:die|ze|zij|hij|ik|iedereen|daar) $")
_OURS = re.compile(r"\b(?:ik|we|wij|'k|heb|ben|mij|me)\b")
_THEIRS = re.compile(r"\b(?:heeft|had|is|wordt|word)\b")
_NOT_YET = {"niet", "nooit", "nog", "niemand", "geen"}
_FEARED, _HAPPENED = {"bang", "hoop", "straks", "niet", "geen", "voorkomen"}, {"meer", "weer", "nog", "al"}
_GAP_WORDS, _NEAR = 3, 40


@dataclass(frozen=True)
class _Answer:
    """Somebody who was asked. ``sent_on``: they pointed elsewhere or refused. ``back``: she was there before."""

    bodies: tuple[Hit, ...]
    start: int
    end: int
    sent_on: bool = False
    back: bool = False


def read_asked_at(text: str) -> tuple[Cue, ...]:
    """Everyone who was asked, as ``knowledge.bodies.Body`` values with her words: each once, in order."""
    first: dict[str, Cue] = {}
    for answer in _answers(fold(text)):
        for body in answer.bodies:
            value = body.value.removeprefix(_AT)
            first.setdefault(value, Cue(value, evidence(text, answer.start, answer.end)))
    return tuple(first.values())


def was_sent_around(text: str) -> Evidence | None:
    """Her words for being sent around: a saying, or two who each pointed elsewhere or refused, or sent her back."""
    folded = fold(text)
    for hit in _hits(folded):
        if hit.value == "around" and not _is_feared(folded, hit):
            return evidence(text, hit.start, hit.end)
    answers = _answers(folded)
    sent_on = [answer for answer in answers if answer.sent_on or answer.back]
    told = answers if any(answer.back for answer in answers) else sent_on
    if len({body.value for answer in told for body in answer.bodies}) < 2:
        return None
    return evidence(text, min(one.start for one in told), max(one.end for one in told))


def _is_feared(folded: str, hit: Hit) -> bool:
    """Is it what she hopes to be spared ("niet weer" and "niet meer" say that it happened)?"""
    before = set(WORD.findall(folded, clause_start(folded, hit.start), hit.start))
    return bool(before & _FEARED) and not before & _HAPPENED


def _hits(folded: str) -> list[Hit]:
    return [hit for hit in phrases_in(folded) if hit.room == _ROOM]


def _answers(folded: str) -> list[_Answer]:
    hits = _hits(folded)
    cues = [hit for hit in hits if not hit.value.startswith(_AT)]
    names = [hit for hit in hits if hit.value.startswith(_AT)]
    if not cues or not names:
        return []
    mentions = (_Mention(folded, group, names, cues) for group in _groups(folded, names))
    return [answer for mention in mentions if (answer := mention.answer()) is not None]


def _groups(folded: str, names: list[Hit]) -> Iterator[tuple[Hit, ...]]:
    """Different names in a row belong together: "de gemeente en het CIZ wijzen naar elkaar"."""
    group: list[Hit] = []
    for name in names:
        if group and name.start < group[-1].end:
            continue
        again = name.value in {one.value for one in group}
        if group and (again or not _LISTED.fullmatch(folded, group[-1].end, name.start)):
            yield tuple(group)
            group = []
        group.append(name)
    if group:
        yield tuple(group)


class _Mention:
    """One name, or some in a row, with the cues around it."""

    def __init__(self, folded: str, bodies: tuple[Hit, ...], names: list[Hit], cues: list[Hit]) -> None:
        self._folded, self._bodies, self._names = folded, bodies, names
        self._start, self._end = bodies[0].start, bodies[-1].end
        self._from, self._until = clause_start(folded, self._start), clause_end(folded, self._end)
        first, last = sentence_start(folded, self._start), sentence_end(folded, self._end)
        self._is_question = folded[last : last + 1] == "?"
        self._sentence = [hit for hit in cues if first <= hit.start < last]
        self._first = first
        self._cues = cues
        self._for_care = all(Body(body.value.removeprefix(_AT)) in _CARE for body in bodies)
        self._follow = self._taken_up()

    def answer(self) -> _Answer | None:
        """What came of it, if she asked there at all."""
        if any(hit.value == "open" and self._from <= hit.start < self._start for hit in self._sentence):
            return None
        if around := self._heard("around"):
            return None if _is_feared(self._folded, around[0]) else self._with(around[0], sent_on=True)
        if (found := self._refused()) is not None:
            return self._with(found, sent_on=True)
        if (found := self._answered()) is not None:
            return self._with(found, sent_on=found.value == "points" or self._names_another(found))
        if (found := self._sent_to()) is not None:
            return self._with(found, back="terug" in self._folded[found.start : found.end])
        found = self._asked()
        return self._with(found) if found is not None else None

    def _with(self, cue: Hit, sent_on: bool = False, back: bool = False) -> _Answer:
        return _Answer(self._bodies, min(self._start, cue.start), max(self._end, cue.end), sent_on, back)

    def _heard(self, *values: str) -> list[Hit]:
        return [hit for hit in self._sentence if hit.value in values]

    def _before(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self._folded[max(self._from, self._start - _NEAR) : self._start]) is not None

    def _taken_up(self) -> tuple[int, int]:
        """The clause with "die" or "daar" for this name, right after it and before any other name; else nothing."""
        match = _FOLLOWED_UP.match(self._folded, self._end)
        if match is None or any(self._end <= name.start < match.end() for name in self._names):
            return self._end, self._end
        return match.end(), clause_end(self._folded, match.end())

    def _names_another(self, cue: Hit) -> bool:
        """Is somebody else named from the cue to the end of its sentence? Of two for care, one sends to the other."""
        own = {body.value for body in self._bodies}
        others = {
            Body(name.value.removeprefix(_AT))
            for name in self._names
            if cue.start <= name.start < sentence_end(self._folded, cue.start) and name.value not in own
        }
        return bool(others - _CARE if self._for_care else others)

    def _refused(self) -> Hit | None:
        """It ended there: in the same clause, or in what "die" or "daar" takes up."""
        begin, end = self._follow
        for hit in self._cues:
            if hit.value != "refuses":
                continue
            if self._from <= hit.start < self._until and not self._before(_TO) and not self._is_of_another(hit):
                return hit
            if begin - len("daar") <= hit.start < end:
                return hit
        return None

    def _is_of_another(self, hit: Hit) -> bool:
        """Does it stand before the name, as said by somebody else ("hij wil niet naar de dagopvang")?"""
        return hit.end <= self._start and _GOES.search(self._folded, hit.end, self._start) is not None

    def _answered(self) -> Hit | None:
        """They said something or pointed on: "het ciz zegt", "zegt het ciz", "bij het ciz zeiden ze", "die zegt"."""
        begin, end = self._follow
        for hit in self._cues:
            if hit.value not in ("says", "points") or (self._for_care and not self._names_another(hit)):
                continue
            if begin <= hit.start < end and len(WORD.findall(self._folded, begin, hit.start)) <= _GAP_WORDS:
                return hit
            if self._is_verb_after(hit) or self._is_verb_before(hit):
                return hit
        return None

    def _is_verb_after(self, hit: Hit) -> bool:
        if not self._end <= hit.start < self._until or self._before(_TO):
            return False
        verb = WORD.match(self._folded, hit.start)
        after = verb.end() if verb else hit.end
        if len(WORD.findall(self._folded, self._end, hit.start)) > _GAP_WORDS or _SOMEBODY.match(self._folded, after):
            return False
        return not self._before(_AT_THE) or _THEY.match(self._folded, after) is not None

    def _is_verb_before(self, hit: Hit) -> bool:
        verb = WORD.match(self._folded, hit.start)
        asks = self._is_question and hit.start == self._first
        if verb is None or asks or hit.start >= self._start or self._has_subject(hit):
            return False
        return _JUST_BEFORE.fullmatch(self._folded, verb.end(), self._start) is not None

    def _has_subject(self, verb: Hit) -> bool:
        """In "die zegt gemeente" and "het ciz zegt gemeente" somebody else is speaking."""
        named = any(name.end in (verb.start - 1, verb.start - 2) for name in self._names)
        return named or _PRONOUN.search(self._folded[: verb.start]) is not None

    def _sent_to(self) -> Hit | None:
        """She was sent there: "ze stuurden me door naar het ciz", "en toen terug naar de gemeente"."""
        if self._for_care:
            return None
        for hit in self._heard("sent_to", "step"):
            if hit.end <= self._start and _JUST_BEFORE.fullmatch(self._folded, hit.end, self._start):
                return hit
        return None

    def _asked(self) -> Hit | None:
        """She says that she asked, in the clause of the name."""
        clause = self._folded[self._from : self._until]
        if (_THEIRS.search(clause) and not _OURS.search(clause)) or self._before(_BY):
            return None
        for hit in self._heard("asked", *([] if self._for_care else ["visited"])):
            near = WORD.findall(self._folded, max(self._from, hit.start - _NEAR), hit.start)[-3:]
            if self._from <= hit.start < self._until and not _NOT_YET.intersection(near):
                return hit
        return None
