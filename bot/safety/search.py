"""Finds many phrases in a text at once, fast enough to run before every message."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from bot.safety.phrases import Phrase


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
        groups = {group: number for number, group in enumerate({need for phrase in phrases for need in phrase.needs})}
        self._needs = [sum(1 << groups[need] for need in phrase.needs) for phrase in phrases]
        self._groups_with: dict[str, int] = {}
        for group, number in groups.items():
            for word in group:
                self._groups_with[word] = self._groups_with.get(word, 0) | 1 << number
        self._known_of = lru_cache(maxsize=20_000)(self._look_up)

    def _look_up(self, word: str) -> tuple[int, tuple[int, ...]]:
        """Which groups a word is of, and which phrases it is an anchor of."""
        beginnings = [self._by_beginning.get(word[:length], []) for length in range(1, len(word) + 1)]
        return self._groups_with.get(word, 0), (*self._by_word.get(word, ()), *chain.from_iterable(beginnings))

    def _worth_searching(self, words: set[str]) -> list[int]:
        """The numbers of the phrases of which every part that is a whole word is there, in order.

        Which groups of words are there is one number, a bit for each group: thousands of phrases are asked at once.
        """
        there = 0
        called: set[int] = set()
        for groups, numbers in map(self._known_of, words):
            there |= groups
            called.update(numbers)
        lacking, needs = ~there, self._needs
        return sorted(number for number in called if not needs[number] & lacking)

    def search(
        self, text: str, settled: Container[int] = (), only: Container[int] | None = None
    ) -> Iterator[tuple[int, re.Match[str]]]:
        """The number of each phrase that is met, with where; without phrases that are ``settled``, also meanwhile.
        ``only``: those that matter; ``None`` for all."""
        for number in self._worth_searching(set(text.split())):
            if number not in settled and (only is None or number in only):
                pattern, match = self._phrases[number].pattern, None
                while match := pattern.search(text, match.start() + 1 if match else 0):
                    if number in settled:
                        break
                    yield number, match

    def which(self, text: str, only: Container[int]) -> set[int]:
        """The numbers of those of ``only`` that are met."""
        met: set[int] = set()
        for number, _ in self.search(text, met, only):
            met.add(number)
        return met

    def compile(self) -> None:
        """Compile every phrase."""
        for phrase in self._phrases:
            phrase.pattern  # noqa: B018 - reading it is what compiles it

    def meets(self, text: str) -> bool:
        """Is any of the phrases in the text?"""
        return next(self.search(text), None) is not None
