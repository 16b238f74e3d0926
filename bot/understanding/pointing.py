"""Which of the offers on screen she means ("die eerste", "dat logeerhuis"), and whether she asks what it costs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.text import fold

_ORDINALS = (
    r"eerste|1e|1ste|bovenste|nummer (?:een|1)|nr 1",
    r"tweede|2e|2de|middelste|nummer (?:twee|2)|nr 2",
    r"derde|3e|3de|nummer (?:drie|3)|nr 3",
)
_POINT = r"\b(?:de|die|dat|deze|dit|het|da|den)\s+"
_NOT_A_TIME = r"\b(?! (?:keer|week|weken|tijd|maand|dag|avond|nacht|jaar))"
_NTH = tuple(re.compile(rf"\b(?:{words}){_NOT_A_TIME}") for words in _ORDINALS)
_LAST = re.compile(rf"{_POINT}(?:laatste|onderste){_NOT_A_TIME}")
_ALL = re.compile(r"\b(?:kosten|zijn|betaal (?:je|ik) voor) (?:ze|die|deze|zij)(?! \w{5})\b|\b(?:die|deze) drie\b")
_COST = re.compile(r"\b(?:kost(?:en|te)?|prijs|prijzen|duur|betaal(?:t|en)?|tarief|euro)\b|€")
_NOUN = re.compile(r"\b(?:dat|die|deze|dit|da)\s+([a-z][a-z-]{4,})")
_ALIKE = 4
"""Letters that "logeerhuis" and "logeren" must share at least."""


def asks_price(text: str) -> bool:
    """Does she ask what something costs?"""
    return _COST.search(fold(text)) is not None


def pointed_at(text: str, offers: Sequence[str]) -> list[int]:
    """Which of ``offers`` is meant, by their kind and name as they stand on screen; it may be several, or none.

    A word for its kind is enough: of two places to stay "dat logeerhuis" may be either.
    """
    folded = fold(text)
    for at, pattern in enumerate(_NTH):
        if pattern.search(folded):
            return [at] if at < len(offers) else []
    if _LAST.search(folded):
        return [len(offers) - 1] if offers else []
    if _ALL.search(folded):
        return list(range(len(offers)))
    for noun in _NOUN.findall(folded):
        alike = [max((_shared(noun, word) for word in fold(one).split()), default=0) for one in offers]
        best = max(alike, default=0)
        if best >= _ALIKE:
            return [at for at, letters in enumerate(alike) if letters == best]
    return []


def _shared(one: str, other: str) -> int:
    letters = 0
    for left, right in zip(one, other):  # noqa: B905
        if left != right:
            break
        letters += 1
    return letters
