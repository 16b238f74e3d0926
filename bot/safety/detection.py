"""Hears danger in what people write: fixed patterns and the words around them, without any model.

The order is always the same: read the words, take out figures of speech, search the patterns sentence by sentence,
then weigh what stands around a finding: a "niet" that belongs to it, long ago, a joke, who it is about.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise

from bot.safety.kinds import Danger, DangerKind
from bot.safety.lexicon import Entry, Lexicon, read_lexicon
from bot.safety.search import PhraseIndex
from bot.safety.tokens import Words

_ORDER = {kind: place for place, kind in enumerate(DangerKind)}
_MINORS_TELL = {DangerKind.VIOLENCE, DangerKind.NEGLECT}
_CLAUSES = (" . ", " , ", " maar ", " en ")
_LONGEST, _OVERLAP = 60, 20  # words of one piece, and what two pieces share: more than a phrase spans
_NEAR_BY = 300  # characters around a finding in which what belongs beside it must stand
_ENOUGH_SIGNS = 2  # weak signs (a pressing word counts as one) that are asked about; with more there is no doubt
_REACH = 6  # words that are looked at on either side for a "niet" that belongs to a finding


def detect_danger(text: str) -> Danger | None:
    """The most pressing danger in a message, certain before uncertain, or nothing. Never raises on any text."""
    return hearing().hear(text)


@lru_cache(maxsize=1)
def hearing() -> DangerHearing:
    """The patterns of the project, read once."""
    return DangerHearing(read_lexicon())


@dataclass(frozen=True)
class Finding:
    """A pattern that was met, in canonical words: ``begin`` and ``end`` are offsets in ``Words.text``."""

    entry: Entry
    begin: int
    end: int
    certain: bool


class DangerHearing:
    """The patterns of a lexicon, ready to hear."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._speller = lexicon.speller
        pairs = [(entry, phrase) for entry in lexicon.entries for phrase in entry.says]
        self._owners = [entry for entry, _ in pairs]
        self._negative = [not _NO_IN_PHRASE.isdisjoint(re.split(r"[ |()]+", phrase.source)) for _, phrase in pairs]
        self._phrases_of: dict[str, set[int]] = {}
        for number, entry in enumerate(self._owners):
            self._phrases_of.setdefault(entry.name, set()).add(number)
        self._index = PhraseIndex([phrase for _, phrase in pairs])
        circumstances = chain(lexicon.long_ago, *(entry.unless + entry.softer for entry in lexicon.entries))
        around = {phrase.source: phrase for phrase in circumstances}
        self._around = PhraseIndex(list(around.values()))
        numbers = {source: number for number, source in enumerate(around)}
        self._unless = {entry.name: {numbers[phrase.source] for phrase in entry.unless} for entry in lexicon.entries}
        self._softer = {entry.name: {numbers[phrase.source] for phrase in entry.softer} for entry in lexicon.entries}
        self._long_ago = {numbers[phrase.source] for phrase in lexicon.long_ago}
        self._counts_for = {
            entry.name: self._long_ago | self._unless[entry.name] | self._softer[entry.name]
            for entry in lexicon.entries
        }
        self._figures = PhraseIndex(lexicon.figures)
        self._still = PhraseIndex(lexicon.still)
        self._pressing = PhraseIndex(lexicon.pressing)
        self._near_by = {
            entry.name: [PhraseIndex(group) for group in (*entry.beside, entry.not_beside)] for entry in lexicon.entries
        }
        self._jokes = PhraseIndex(lexicon.jokes)
        self._young = PhraseIndex(lexicon.young_speaker)
        self._explained = {kind: PhraseIndex(phrases) for kind, phrases in lexicon.explained.items()}
        self._no = lexicon.lists["no"]
        self._transparent = lexicon.lists["transparent"]
        self._transparent_after = self._transparent | lexicon.lists["transparent_after"]

    def warm_up(self) -> None:
        """Compile every pattern that a message can call for."""
        for index in (self._index, self._around, self._figures):
            index.compile()

    def hear(self, text: str) -> Danger | None:
        """As ``detect_danger``."""
        heard = self.hear_all(text)
        return min(heard, key=lambda danger: (not danger.certain, _ORDER[danger.kind], danger.start), default=None)

    def explains(self, text: str) -> frozenset[DangerKind]:
        """The kinds of danger of which a message says itself that they are something else; for ``judge``."""
        words = self._speller.read(text).text
        return frozenset(kind for kind, phrases in self._explained.items() if phrases.meets(words))

    def hear_all(self, text: str) -> list[Danger]:
        """Every way in which a message tells of danger, each once, in the order in which it was told."""
        words = self._speller.read(text)
        found: list[Finding] = []
        settled: set[int] = set()  # phrases of entries that were found for certain need no second search
        for begin, end in _stretches(words):
            for finding in self._find(words.text[begin:end], begin, settled):
                if not self._stands_beside(words.text, finding):
                    continue
                found.append(finding)
                if finding.certain == finding.entry.certain:
                    settled |= self._phrases_of[finding.entry.name]
        found = self._strong_enough(words.text, found)
        if not found:
            return []
        joke, young = self._jokes.meets(words.text), self._young.meets(words.text)
        dangers = [self._danger(text, words, finding, joke, young) for finding in _without_contained(found)]
        return sorted(dangers, key=lambda danger: danger.start)

    def _find(self, stretch: str, offset: int, settled: set[int]) -> Iterator[Finding]:
        stretch = self._without_figures(stretch)
        circumstances: dict[str, set[int]] = {}  # of each entry that was found
        for number, match in self._index.search(stretch, settled):
            entry = self._owners[number]
            if self._is_denied(stretch, match, entry, self._negative[number]):
                continue
            if entry.name not in circumstances:
                circumstances[entry.name] = self._around.which(stretch, self._counts_for[entry.name])
            around = circumstances[entry.name]
            if not around.isdisjoint(self._unless[entry.name]):
                continue
            certain = entry.certain and around.isdisjoint(self._softer[entry.name])
            if not entry.past and not around.isdisjoint(self._long_ago) and not self._goes_on(stretch, match):
                if entry.kind is not DangerKind.SUICIDE or entry.other:
                    continue
                certain = False
            edge = len(match.group()) - len(match.group().lstrip(" .,"))  # a clause begin is not part of the words
            yield Finding(entry, offset + match.start() + edge, offset + match.end(), certain)

    def _stands_beside(self, text: str, finding: Finding) -> bool:
        """Is near by what an entry needs beside it, and not what takes it away?"""
        if not (finding.entry.beside or finding.entry.not_beside):
            return True
        *needed, unwanted = self._near_by[finding.entry.name]
        around = self._without_figures(_surroundings(text, finding))
        return all(group.meets(around) for group in needed) and not unwanted.meets(around)

    def _strong_enough(self, text: str, found: list[Finding]) -> list[Finding]:
        """Without the weak signs that stand alone; those in strong company become certain, the others are asked."""
        weak = [finding for finding in found if finding.entry.weak]
        if not weak:
            return found
        kept = [finding for finding in found if not finding.entry.weak]
        pressing = self._pressing.meets(self._without_figures(text))
        for finding in weak:
            of_kind = {other.entry.name for other in weak if other.entry.kind is finding.entry.kind}
            company = len(of_kind) + pressing
            if company > 1:
                kept.append(replace(finding, certain=finding.certain and company > _ENOUGH_SIGNS))
        return kept

    def _without_figures(self, sentence: str) -> str:
        """Figures of speech made unreadable, every other word left in its place."""
        for _, match in self._figures.search(sentence):
            gone = re.sub(r"[^ .,]", "~", match.group())
            sentence = sentence[: match.start()] + gone + sentence[match.end() :]
        return sentence

    def _goes_on(self, stretch: str, match: re.Match[str]) -> bool:
        """Does the clause of the finding say that it still goes on, or goes on again?"""
        begin = max(stretch.rfind(boundary, 0, match.start() + 1) for boundary in _CLAUSES)
        ends = [stretch.find(boundary, match.end()) for boundary in _CLAUSES]
        end = min((place for place in ends if place >= 0), default=len(stretch))
        return self._still.meets(f"{stretch[max(begin, 0) : end]} ")

    def _is_denied(self, sentence: str, match: re.Match[str], entry: Entry, negative: bool) -> bool:
        """Does a "niet" belong to the finding: in its gaps, right before it, or (when it has none itself) after it?"""
        if entry.no_in_gaps and any(word in self._no for gap in match.groups() if gap for word in gap.split()):
            return True
        before = sentence[: match.start()].split()[-_REACH:]
        if match.group()[1] not in ".," and self._reaches_no(reversed(before)):
            return True
        return not negative and self._reaches_no(iter(sentence[match.end() :].split()[:_REACH]), after=True)

    def _reaches_no(self, words: Iterator[str], after: bool = False) -> bool:
        for word in words:
            if word in self._no:
                return not (after and next(words, "") in ("alleen", "normaal", "eens"))
            if word not in (self._transparent_after if after else self._transparent):
                return False
        return False

    def _danger(self, text: str, words: Words, finding: Finding, joke: bool, young: bool) -> Danger:
        first = bisect_right(words.starts, finding.begin) - 1
        last = bisect_right(words.starts, finding.end) - 1
        start, end = words.spans[first][0], words.spans[last][1]
        danger = Danger(finding.entry.kind, finding.certain, text[start:end], start, end, finding.entry.other)
        if joke and danger.kind in (DangerKind.SUICIDE, DangerKind.VIOLENCE, DangerKind.NEGLECT):
            danger = replace(danger, certain=False)
        if young and danger.kind in _MINORS_TELL:
            danger = replace(danger, kind=DangerKind.CHILD, certain=danger.certain, other=False)
        return danger


_NO_IN_PHRASE = {"niet", "geen", "nooit", "niets", "niks", "niemand", "zonder", "not", "nicht", "<no>"}


def _stretches(words: Words) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, with its ``.`` on both sides; very long ones in pieces that overlap."""
    stops = [place for place, start in enumerate(words.starts) if words.text[start] == "."]
    for first, last in pairwise(stops):
        for begin in range(first, max(last - _OVERLAP, first + 1), _LONGEST - _OVERLAP):
            end = min(begin + _LONGEST, last)
            yield words.starts[begin] - 1, words.text.index(" ", words.starts[end]) + 1


def _surroundings(text: str, finding: Finding) -> str:
    """The words around a finding, whole, at most ``_NEAR_BY`` characters on either side."""
    begin = text.rfind(" ", 0, max(finding.begin - _NEAR_BY, 1))
    end = text.find(" ", min(finding.end + _NEAR_BY, len(text) - 1))
    return text[begin : end + 1]


def _without_contained(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings of one kind inside each other the widest: "mijn vader zegt dat hij dood wil" is about him."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda found: (found.begin - found.end, not found.certain)):
        if not any(
            other.entry.kind is finding.entry.kind
            and other.begin <= finding.begin
            and finding.end <= other.end
            and other.certain >= finding.certain
            for other in kept
        ):
            kept.append(finding)
    return kept
