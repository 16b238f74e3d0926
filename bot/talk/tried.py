"""What kind of help she tried before, and whether it went wrong, from her own words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bot.profile import Told
from bot.understanding.phrasebook import Phrasebook
from bot.understanding.text import fold
from knowledge.matching.need import Tried
from knowledge.vocabulary import OfferKind
from knowledge.yaml_files import read_yaml

PHRASES = Path(__file__).parent / "tried.yml"


def tried_kinds(told: Iterable[Told]) -> tuple[Tried, ...]:
    """Each kind she tried, once; that it failed only when she said so. What names no kind tells nothing here."""
    found: dict[OfferKind, Tried] = {}
    for one in told:
        words = str(one.value)
        hits = _phrases().find(fold(words))
        failed = True if any(hit.room == "went_wrong" for hit in hits) else None
        for hit in hits:
            if hit.room == "kind" and (failed or OfferKind(hit.value) not in found):
                found[OfferKind(hit.value)] = Tried(OfferKind(hit.value), failed, words)
    return tuple(found.values())


def went_wrong(words: str) -> bool:
    """Do these words of hers say that it went wrong, whatever it was?"""
    return any(hit.room == "went_wrong" for hit in _phrases().find(fold(words)))


@lru_cache(maxsize=1)
def _phrases() -> Phrasebook:
    return Phrasebook(read_yaml(PHRASES.read_text(encoding="utf-8")), {})
