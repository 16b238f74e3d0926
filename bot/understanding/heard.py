"""The phrases heard in a text: this product's phrasebook, looked up once per text however many readers ask."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from bot.understanding.phrasebook import Hit, Phrasebook


@lru_cache(maxsize=1)
def phrasebook() -> Phrasebook:
    """The phrasebook of this product, read once."""
    return Phrasebook.load()


@lru_cache(maxsize=256)
def phrases_in(folded: str) -> tuple[Hit, ...]:
    """The phrases of this product's lexicon in a folded text; a text that was read just now is not read again."""
    return tuple(phrasebook().find(folded))


@lru_cache(maxsize=256)
def _lists(folded: str) -> dict[str, list[Hit]]:
    lists: dict[str, list[Hit]] = {}
    for hit in phrases_in(folded):
        if hit.room == "amounts":
            lists.setdefault(hit.value, []).append(hit)
    return lists


def marks(folded: str, value: str) -> list[Hit]:
    """Where the words of one list of ``lexicon/amounts.yml`` stand, in order."""
    return _lists(folded).get(value, [])


def is_marked(folded: str, value: str, start: int, end: int) -> bool:
    """Do words of this list begin between ``start`` and ``end``?"""
    hits = marks(folded, value)
    first = bisect_left(hits, start, key=_start)
    return first < len(hits) and hits[first].start < end


def _start(hit: Hit) -> int:
    return hit.start
