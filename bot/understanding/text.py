"""Text as the readers see it: folded to plain lower case, character for character, so that offsets stay true."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.reading import Evidence

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_CLAUSE_END = re.compile(r"[.!?;,:()\n]| maar | en | want | omdat | dus ")
_SENTENCE_END = re.compile(r"[.!?\n]")
_SAME = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "\u00a0": " ", "ß": "s", "ø": "o", "ł": "l"}


class _Fold(dict[int, str]):
    """A translation table that fills itself; every character becomes exactly one character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _SAME.get(char) or unicodedata.normalize("NFD", char)[0].lower()[:1] or char
        self[code] = plain
        return plain


_FOLD = _Fold()


def fold(text: str) -> str:
    """Lower case without accents, exactly as long as ``text``."""
    return text.translate(_FOLD)


def evidence(text: str, start: int, end: int) -> Evidence:
    """The words at this place, as typed."""
    return Evidence(words=text[start:end], start=start, end=end)


@lru_cache(maxsize=64)
def _ends(folded: str, clause: bool) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in (_CLAUSE_END if clause else _SENTENCE_END).finditer(folded))


def clause_start(folded: str, position: int) -> int:
    """Where the clause around ``position`` begins."""
    return _last_end(_ends(folded, True), position)


def sentence_start(folded: str, position: int) -> int:
    """Where the sentence around ``position`` begins."""
    return _last_end(_ends(folded, False), position)


def clause_end(folded: str, position: int) -> int:
    """Where the clause around ``position`` ends."""
    return _next_start(_ends(folded, True), position, len(folded))


def sentence_end(folded: str, position: int) -> int:
    """Where the sentence around ``position`` ends."""
    return _next_start(_ends(folded, False), position, len(folded))


def _last_end(spans: tuple[tuple[int, int], ...], position: int) -> int:
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        if spans[middle][1] <= position:
            low = middle + 1
        else:
            high = middle
    return spans[low - 1][1] if low else 0


def _next_start(spans: tuple[tuple[int, int], ...], position: int, length: int) -> int:
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        if spans[middle][0] < position:
            low = middle + 1
        else:
            high = middle
    return spans[low][0] if low < len(spans) else length


def words_before(folded: str, position: int, count: int, clause: bool = True) -> list[str]:
    """At most ``count`` words before ``position``, nearest last, within the clause (or the sentence)."""
    start = max(clause_start(folded, position) if clause else sentence_start(folded, position), position - count * 24)
    return WORD.findall(folded, start, position)[-count:]


def words_after(folded: str, position: int, count: int) -> list[str]:
    """At most ``count`` words after ``position``, nearest first, within the clause."""
    return WORD.findall(folded, position, min(clause_end(folded, position), position + count * 24))[:count]
