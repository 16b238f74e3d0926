"""Messages without words: a thumb up, a question mark, a row of dots."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from bot.understanding.phrasebook import LEXICON
from bot.understanding.text import fold
from knowledge.yaml_files import read_yaml

_NO_LETTER, _DRAWN_OUT = re.compile(r"\W+"), re.compile(r"(.)\1+")


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    content: dict[str, Any] = read_yaml((LEXICON / "wordless.yml").read_text(encoding="utf-8"))
    return content


def wordless_intent(text: str) -> str | None:
    """The intent of a text without a letter or digit, or of a mere sigh; ``None`` when there are words to read."""
    if any(char.isalnum() for char in text):
        sigh = _DRAWN_OUT.sub(r"\1", _NO_LETTER.sub("", fold(text)))
        return str(_lexicon()["otherwise"]) if sigh in _lexicon()["sighs"] else None
    found = [
        (text.index(sign), intent) for intent, signs in _lexicon()["signs"].items() for sign in signs if sign in text
    ]
    return min(found)[1] if found else str(_lexicon()["otherwise"])
