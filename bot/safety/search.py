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
        self._numbers = lru_cache(maxsize=20_000)(self._numbers_of)

    def _numbers_of(self, word: str) -> tuple[int, ...]:
        beginnings = [self._by_beginning.get(word[:length], []) for length in range(1, len(word) + 1)]
        return (*self._by_word.get(word, ()), *chain.from_iterable(beginnings))

    def search(self, text: str, settled: Container[int] = ()) -> Iterator[tuple[int, re.Match[str]]]:
        """The number of each phrase that is met, with where; without phrases that are ``settled``, also meanwhile."""
        words = set(text.split())
        for number in sorted(set(chain.from_iterable(map(self._numbers, words)))):
            needs = self._phrases[number].needs
            if number not in settled and not any(map(words.isdisjoint, needs)):
                pattern, match = self._phrases[number].pattern, None
                while match := pattern.search(text, match.start() + 1 if match else 0):
                    if number in settled:
                        break
                    yield number, match

    def compile(self) -> None:
        """Compile every phrase."""
        for phrase in self._phrases:
            phrase.pattern  # noqa: B018 - reading it is what compiles it

    def meets(self, text: str) -> bool:
        """Is any of the phrases in the text?"""
        return next(self.search(text), None) is not None
