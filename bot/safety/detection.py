"""Hears danger in what people write: fixed patterns and the words around them, without any model.

The order is always the same: read the words, take out figures of speech, search the patterns sentence by sentence,
then weigh what stands around a finding: a "niet" that belongs to it, long ago, a joke, who it is about.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise

from bot.safety.kinds import Danger, DangerKind
from bot.safety.lexicon import Entry, Lexicon, read_lexicon
from bot.safety.phrases import Phrase
from bot.safety.tokens import Words

_ORDER = {kind: place for place, kind in enumerate(DangerKind)}
_MINORS_TELL = {DangerKind.VIOLENCE, DangerKind.NEGLECT}
_CLAUSES = (" . ", " , ", " maar ", " en ")
_LONGEST, _OVERLAP = 60, 20  # words of one piece, and what two pieces share: more than a phrase spans
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


class PhraseIndex:
    """Finds phrases fast: only those of which an anchor word is in the text are searched."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = phrases
        self._by_word: dict[str, list[int]] = {}
        self._by_beginning: dict[str, list[int]] = {}
        for number, phrase in enumerate(phrases):
            for anchor in phrase.anchors:
                index = self._by_beginning if anchor.endswith("*") else self._by_word
                index.setdefault(anchor.rstrip("*"), []).append(number)
        self._numbers = lru_cache(maxsize=20_000)(self._numbers_of)

    def _numbers_of(self, word: str) -> tuple[int, ...]:
        beginnings = [self._by_beginning.get(word[:length], []) for length in range(1, len(word) + 1)]
        return (*self._by_word.get(word, ()), *chain.from_iterable(beginnings))

    def search(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """The number of each phrase that is met, with where."""
        for number in sorted(set(chain.from_iterable(map(self._numbers, set(text.split()))))):
            for match in self._phrases[number].pattern.finditer(text):
                yield number, match

    def meets(self, text: str) -> bool:
        """Is any of the phrases in the text?"""
        return next(self.search(text), None) is not None


class DangerHearing:
    """The patterns of a lexicon, ready to hear."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._speller = lexicon.speller
        pairs = [(entry, phrase) for entry in lexicon.entries for phrase in entry.says]
        self._owners = [entry for entry, _ in pairs]
        self._negative = [not _NO_IN_PHRASE.isdisjoint(re.split(r"[ |()]+", phrase.source)) for _, phrase in pairs]
        self._index = PhraseIndex([phrase for _, phrase in pairs])
        self._unless = {entry.name: PhraseIndex(entry.unless) for entry in lexicon.entries if entry.unless}
        self._softer = {entry.name: PhraseIndex(entry.softer) for entry in lexicon.entries if entry.softer}
        self._figures = PhraseIndex(lexicon.figures)
        self._long_ago = PhraseIndex(lexicon.long_ago)
        self._still = PhraseIndex(lexicon.still)
        self._jokes = PhraseIndex(lexicon.jokes)
        self._young = PhraseIndex(lexicon.young_speaker)
        self._no = lexicon.lists["no"]
        self._transparent = lexicon.lists["transparent"]

    def hear(self, text: str) -> Danger | None:
        """As ``detect_danger``."""
        heard = self.hear_all(text)
        return min(heard, key=lambda danger: (not danger.certain, _ORDER[danger.kind], danger.start), default=None)

    def hear_all(self, text: str) -> list[Danger]:
        """Every way in which a message tells of danger, each once, in the order in which it was told."""
        words = self._speller.read(text)
        found: dict[tuple[str, bool], Finding] = {}
        for begin, end in _stretches(words):
            for finding in self._find(words.text[begin:end], begin):
                found.setdefault((finding.entry.name, finding.certain), finding)
        if not found:
            return []
        joke, young = self._jokes.meets(words.text), self._young.meets(words.text)
        dangers = [self._danger(text, words, finding, joke, young) for finding in _without_contained(found.values())]
        return sorted(dangers, key=lambda danger: danger.start)

    def _find(self, stretch: str, offset: int) -> Iterator[Finding]:
        stretch = self._without_figures(stretch)
        settled: set[int] = set()
        for number, match in self._index.search(stretch):
            entry = self._owners[number]
            if number in settled or self._is_denied(stretch, match, entry, self._negative[number]):
                continue
            settled.add(number)
            if entry.name in self._unless and self._unless[entry.name].meets(stretch):
                continue
            certain = entry.certain
            if not entry.past and self._is_over(stretch, match):
                if entry.kind is not DangerKind.SUICIDE or entry.other:
                    continue
                certain = False
            if certain and entry.name in self._softer:
                certain = not self._softer[entry.name].meets(stretch)
            edge = len(match.group()) - len(match.group().lstrip(" .,"))  # a clause begin is not part of the words
            yield Finding(entry, offset + match.start() + edge, offset + match.end(), certain)

    def _without_figures(self, sentence: str) -> str:
        """Figures of speech made unreadable, every other word left in its place."""
        for _, match in self._figures.search(sentence):
            gone = re.sub(r"[^ .,]", "~", match.group())
            sentence = sentence[: match.start()] + gone + sentence[match.end() :]
        return sentence

    def _is_over(self, sentence: str, match: re.Match[str]) -> bool:
        """Told as long ago, with nothing in the clause of the finding that says it goes on."""
        if not self._long_ago.meets(sentence):
            return False
        begin = max(sentence.rfind(boundary, 0, match.start() + 1) for boundary in _CLAUSES)
        ends = [sentence.find(boundary, match.end()) for boundary in _CLAUSES]
        end = min((place for place in ends if place >= 0), default=len(sentence))
        return not self._still.meets(f"{sentence[max(begin, 0):end]} ")

    def _is_denied(self, sentence: str, match: re.Match[str], entry: Entry, negative: bool) -> bool:
        """Does a "niet" belong to the finding: inside its gaps, right before it, or (when it has none itself) after it?"""
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
            if word not in self._transparent:
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
