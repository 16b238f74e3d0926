"""What grammar rules out, whoever heard it: her own illness, that of somebody who died, the help there is already.

It comes last: what the trained reader heard without a phrase is held against the sentence too. Taking out is all it
does, for an invented fact is worse than one that is asked (R18).
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.reading import Cue, Evidence, LovedOne, Reading
from bot.understanding.helping import is_helper
from bot.understanding.relations import people_in
from bot.understanding.text import clause_end, clause_start, fold, sentence_end, sentence_start

_HERSELF = re.compile(r"\b(?:ik (?:\w+ ){0,3}?(?:zelf|ook nog eens|ook nog)\b|(?:ben|heb|moet|word) (?:ik )?zelf\b)")
_DIED = re.compile(r"\b(?:overleden|overleed|gestorven|stierf|is dood|niet meer onder ons|is er niet meer)\b")
_CHILDHOOD = re.compile(r"\btoen (?:ik|we|wij) (?:nog )?(?:een )?(?:\w+ )?(?:klein|kind|kinderen|jong)\b")
_MORE = re.compile(
    r"\b(?:nog een|extra|vaker|meer (?:dag|dagen|uur|uren|hulp)|een dag (?:er)?bij|(?:derde|tweede|vierde) dag|erbij)\b"
)
_WAS = re.compile(r"\b(?:was|had|waren|hadden|kreeg)\b")


def vet(text: str, reading: Reading) -> Reading:
    """The reading without what cannot be meant. ``text`` is the message it was made of."""
    folded = fold(text)
    alive = tuple(one for one in reading.loved_ones if not _has_died(folded, one, reading))
    helpers = [
        one.evidence for one in people_in(text, folded) if is_helper(folded, one.evidence.start, one.evidence.end)
    ]
    cared_for = tuple(
        one for one in alive if one.called or not any(_stands_in(one.evidence.start, words) for words in helpers)
    )
    return replace(
        reading,
        loved_ones=cared_for,
        conditions=tuple(cue for cue in reading.conditions if not _is_of_nobody_cared_for(folded, cue, alive)),
        wishes=tuple(cue for cue in reading.wishes if not _is_there_already(folded, cue, reading)),
    )


def _has_died(folded: str, one: LovedOne, reading: Reading) -> bool:
    """Did this person die, while somebody else is named in another sentence as cared for?"""
    return _tells_of_death(folded, one.evidence.start) and any(
        not _tells_of_death(folded, other.evidence.start) for other in reading.loved_ones
    )


def _tells_of_death(folded: str, position: int) -> bool:
    return _DIED.search(folded, sentence_start(folded, position), sentence_end(folded, position)) is not None


def _is_of_nobody_cared_for(folded: str, cue: Cue, alive: tuple[LovedOne, ...]) -> bool:
    start, end = cue.evidence.start, cue.evidence.end
    begin, until = clause_start(folded, start), clause_end(folded, end)
    if _HERSELF.search(folded, begin, until):
        return True
    if _CHILDHOOD.search(folded, begin, until) and _WAS.search(folded, begin, until):
        return True
    return bool(alive) and _tells_of_death(folded, start) and _another_sentence(folded, start, alive)


def _another_sentence(folded: str, position: int, alive: tuple[LovedOne, ...]) -> bool:
    """Are all she cares for named in other sentences than this one?"""
    begin, until = sentence_start(folded, position), sentence_end(folded, position)
    return not any(begin <= one.evidence.start < until for one in alive)


def _is_there_already(folded: str, cue: Cue, reading: Reading) -> bool:
    """Is this help told of as there ("op donderdag gaat hij naar de dagbesteding"), in the same clause?"""
    if _MORE.search(folded):
        return False  # "ik zou er graag een dag bij hebben" asks for more of what there is
    begin, until = clause_start(folded, cue.evidence.start), clause_end(folded, cue.evidence.end)
    return any(
        detail.name == "current_help" and detail.value != "none" and begin <= detail.evidence.start < until
        for detail in reading.details
    )


def _stands_in(position: int, words: Evidence) -> bool:
    return words.start <= position < words.end
