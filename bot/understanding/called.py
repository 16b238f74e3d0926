"""What we call the people she cares for ("uw vader"): whether it stands for several, and which of two says more."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from bot.understanding.phrasebook import LEXICON
from knowledge.yaml_files import read_yaml


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    data: dict[str, Any] = read_yaml((LEXICON / "called.yml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in data.items()}


def stands_for_several(called: str) -> bool:
    """Is this more than one person ("uw ouders")?"""
    plain = called.removeprefix("uw ")
    return plain in _words()["several"] or " en " in plain


def says_little(called: str) -> bool:
    """Could a later word be the same person said more exactly ("uw kind": "uw zoon"), or is nothing known?"""
    return not called or called.removeprefix("uw ") in _words()["general"]
