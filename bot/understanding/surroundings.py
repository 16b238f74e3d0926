"""The words around a place: whose it is, whether it is only near it, or whether it is somebody's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading import LovedOne
from bot.understanding import text as words_of
from bot.understanding.gazetteer import place_rules
from bot.understanding.relations import all_person_words
from bot.understanding.text import WORD, clause_end, clause_start, sentence_start

_CARER = {"ik", "wij", "we", "ons", "mij", "hier", "onze", "wy"}
_LOVED_ONE = {"hij", "zij", "ze", "hem", "haar", "die"}
_LIVES = {"woon", "woont", "wonen", "woonde", "woonden"}
_LIVED = {"woonde", "woonden", "oorspronkelijk", "vroeger", "voorheen", "destijds"}
_ONLY_IN = re.compile(r"\W*(?:in|te|uit)?\W*$")
_TAKEN_THERE = re.compile(
    r"\b(?:gaat|gaan|ging|moet|moeten|rij|rijd|rijden|breng|brengen) (?:[\w'-]+ ){0,5}naar (?:[\w'-]+ ){1,3}in $"
    r"|\b(?:gehad|geopereerd|behandeld|bestraald|geholpen) in $|\b(?:huisarts|dokter|arts|tandarts|notaris) in $"
)
"""Where somebody is brought or treated: "ze gaat naar een dagcentrum in Arnhem"."""
_FAR = 200
"""What stands further back, in a clause without an end, tells nothing of this place."""
_PARTICLES = {"de", "den", "der"}


@dataclass(frozen=True)
class Surroundings:
    """One text, asked about positions in it."""

    text: str
    folded: str
    loved_ones: tuple[LovedOne, ...]

    def words_before(self, position: int, count: int) -> list[str]:
        """At most ``count`` words of the sentence before ``position``, nearest last."""
        return words_of.words_before(self.folded, position, count, clause=False)

    def is_surname(self, start: int) -> bool:
        """ "Mevrouw Van Rijssen", "Jan van Delft", "dokter Bakel"; "de kant van Zwolle" is a place."""
        before = list(WORD.finditer(self.folded, max(sentence_start(self.folded, start), start - 40), start))
        while before and before[-1].group() in _PARTICLES:
            before.pop()
        rules = place_rules()
        if before and before[-1].group() == "van":
            van = before.pop()
            previous = before[-1].group() if before else ""
            if self.text[van.start()].isupper() and before:
                return True
            return bool(previous) and previous not in rules.of_place
        return bool(before) and before[-1].group() in rules.titles

    def is_near(self, start: int, end: int) -> bool:
        """ "Vlak bij Ter Apel", "in de buurt van Assen", "Breda en omgeving"."""
        rules = place_rules()
        if rules.near_before.intersection(self.words_before(start, 2)):
            return True
        after = self.folded[end : end + 20].strip(" ,.")
        return after.startswith(rules.near_after)

    def is_between(self, start: int) -> bool:
        """Does "tussen" stand before it?"""
        return self.words_before(start, 1) == ["tussen"]

    def whose(self, start: int) -> str:
        """Who lives there: by the verb "wonen" in the clause, else by the nearest person before the place."""
        begin = clause_start(self.folded, start)
        if begin and self.folded[begin - 1] == ":":  # "mijn moeder: Assen"
            begin = clause_start(self.folded, begin - 1)
        if begin and self.folded[begin - 1] == "," and _ONLY_IN.fullmatch(self.folded, begin, start):
            begin = clause_start(self.folded, begin - 1)  # "zij zorgt voor haar moeder, in Utrecht"
        begin = max(begin, start - _FAR)
        found = list(WORD.finditer(self.folded, begin, start))
        words = [match.group() for match in found]
        after = WORD.findall(self.folded, start, min(clause_end(self.folded, start), start + 40))[1:4]
        if _LIVED.intersection((*words, *after[:1])) or _TAKEN_THERE.search(self.folded, begin, start):
            return "elsewhere"
        person = next((match for match in reversed(found) if match.group() in all_person_words()), None)
        verb = next((index for index in range(len(words) - 1, -1, -1) if words[index] in _LIVES), None)
        if verb is not None:
            return self._by_verb(words, verb, self._is_helper(person.start()) if person else False)
        if place_rules().elsewhere.intersection((*words, *after)):
            return "elsewhere"
        for match in reversed(found):
            word = match.group()
            if word in _CARER:
                return "carer"
            if word in all_person_words():
                return "elsewhere" if self._is_helper(match.start()) else "loved_one"
            if word in _LOVED_ONE:
                return "loved_one"
        return "unknown"

    def _by_verb(self, words: list[str], verb: int, of_helper: bool) -> str:
        with_her = _CARER.intersection(words[verb + 1 :]) or not words[verb].endswith("t")
        elsewhere = words[verb] == "wonen" and not _CARER.intersection(words)
        if with_her and not elsewhere:
            return "carer"
        return "elsewhere" if of_helper else "loved_one"

    def _is_helper(self, start: int) -> bool:
        """Is this somebody who is not among those she cares for, while others are?"""
        if not self.loved_ones:
            return False
        return not any(one.evidence.start <= start < one.evidence.end for one in self.loved_ones)
