"""Does she ask to go on elsewhere? Read by fixed words: no examples were taught for it, and a miss costs her little,
for the menu has it too. A sentence about somebody else, or about calling, is never taken for it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from knowledge.yaml_files import read_yaml

MOST_WORDS = 20
_WORDS = Path(__file__).with_suffix(".yml")


def asks_to_go_on(text: str) -> bool:
    """Is the whole message a wish to take this talk up on another device or in another place?"""
    said = " ".join(text.casefold().replace("’", "'").split())
    asks, about_another = _patterns()
    if not said or len(said.split()) > MOST_WORDS or about_another.search(said):
        return False
    return bool(asks.search(said))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = read_yaml(_WORDS.read_text(encoding="utf-8"))
    going_on, where, another = (rf"\b(?:{'|'.join(lists[name])})\b" for name in ("going_on", "where", "another"))
    asks = rf"{going_on}.{{0,40}}{where}|{where}.{{0,40}}{going_on}"
    return re.compile(asks), re.compile(another)
