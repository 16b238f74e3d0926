"""A message as plain words: without capitals, accents, chat shorthand and usual typing errors, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u0652"
_TOKEN = re.compile(
    rf"(?P<word>[^\W_][\w{_INVISIBLE}{_MARKS}'’`´]*)"
    r"|(?P<laugh>[\U0001F600-\U0001F606\U0001F609\U0001F61C\U0001F602\U0001F605\U0001F923]|[:;]-?[)D])"
    r"|(?P<pause>\.{2,}|…|[,:()\r\n]|\s[-–—]\s)"
    r"|(?P<stop>[.!?;؟]+(?=\s|$|[\"'”’)])|[!?؟]+)"
)
_DROPPED = re.compile(rf"[{_INVISIBLE}'’`´]")
_STRETCHED = re.compile(r"(.)\1{2,}")
_REPEATED = re.compile(r"(.)\1+")
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})
_DIGITS_FOR_LETTERS = str.maketrans("013457", "oieast")
_FORGIVES_FROM, _FORGIVES_TWO_FROM, _SWAPS_FROM = 6, 9, 4
_SWAPS_TO = 40
"""Letters of the longest word with a swap: one sign can unfold to eighteen, and every swap copies the word."""


@dataclass(frozen=True)
class Words:
    """Canonical words of a message: ``text`` is ``" . ik wil rust . "``; ``starts`` are the offsets of each word in it.

    ``spans`` are the places of the same words in the message as it was typed.
    """

    text: str
    starts: list[int]
    spans: list[tuple[int, int]]


def fold(word: str) -> str:
    """One word without capitals, accents, apostrophes and invisible characters."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.casefold())
        word = "".join(char for char in word if not unicodedata.combining(char)).translate(_LETTERS)
    word = _DROPPED.sub("", word).lower()
    if word[:1].isalpha() and not word.isalpha() and word.isascii() and len(word) > 3:
        return word.translate(_DIGITS_FOR_LETTERS)
    return word


class Speller:
    """Brings a typed word back to the words the patterns are written in.

    ``short_forms`` maps a folded short form or common typing error to one or more words; ``distinctive`` are words so
    unlike others that one wrong letter is forgiven. ``known`` is filled with the words of the patterns.
    """

    def __init__(self, short_forms: Mapping[str, str], distinctive: Iterable[str]) -> None:
        self._short_forms = {fold(str(short)): full.split() for short, full in short_forms.items()}
        self._distinctive: dict[str, list[str]] = {}
        for word in map(fold, distinctive):
            self._distinctive.setdefault(word[0], []).append(word)
        self.known: set[str] = {word for words in self._distinctive.values() for word in words}
        self.spell = lru_cache(maxsize=20_000)(self._spell)

    def read(self, message: str) -> Words:
        """The canonical words of a message, sentence ends as ``.`` and pauses as ``,``."""
        words, spans = ["."], [(0, 0)]
        for found in _TOKEN.finditer(message):
            group = found.lastgroup
            if group == "word":
                spelled: list[str] | tuple[str, ...] = self.spell(found.group())
            else:
                spelled = ["haha" if group == "laugh" else "," if group == "pause" else "."]
            for word in spelled:
                words.append(word)
                spans.append(found.span())
        words.append(".")
        spans.append((len(message), len(message)))
        starts, offset = [], 1
        for word in words:
            starts.append(offset)
            offset += len(word) + 1
        return Words(f" {' '.join(words)} ", starts, spans)

    def _spell(self, typed: str) -> tuple[str, ...]:
        word = _STRETCHED.sub(r"\1\1", fold(typed))
        for shape in (word, _REPEATED.sub(r"\1", word)):
            if shape in self._short_forms:
                return tuple(self._short_forms[shape])
            if shape in self.known:
                return (shape,)
            for meant in _swallowed_or_swapped(shape):
                if meant in self.known:
                    return (meant,)
        return (self._nearest(word) if len(word) >= _FORGIVES_FROM else word,) if word else ()

    def _nearest(self, word: str) -> str:
        for other in self._distinctive.get(word[0], ()):
            allowed = 2 if len(other) >= _FORGIVES_TWO_FROM else 1
            if OSA.distance(word, other, score_cutoff=allowed) <= allowed:
                return other
        return word


def _swallowed_or_swapped(word: str) -> Iterator[str]:
    """What a word may stand for: "slape", "buitn", and from four letters on two letters in the wrong order ("dnek")."""
    if word.endswith("e"):
        yield f"{word}n"
    elif word.endswith("n"):
        yield f"{word[:-1]}en"
    if _SWAPS_FROM <= len(word) <= _SWAPS_TO:
        for place in range(1, len(word)):
            yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
