"""What lies in a thank-you: that it helped, or that this was all."""

from __future__ import annotations

import re

from bot.understanding.text import fold

_THANKS = re.compile(r"\b(?:dank\w*|bedankt|merci|thanks|thx|thnx)\b")
_HELPED = re.compile(
    r"\b(?:hielp|geholpen|helpt echt|heeft (?:me |mij )?(?:wel |echt |goed )?geholpen|opgelucht|lucht (?:me |mij )?op"
    r"|lief|fijn|goed gedaan|gehoord|luister\w*|wat aan (?:gehad|jou|je|u))\b"
)


def says_thanks(text: str) -> bool:
    """Is there thanks in it?"""
    return _THANKS.search(fold(text)) is not None


def says_it_helped(text: str) -> bool:
    """Does she say that it did her good?"""
    return _HELPED.search(fold(text)) is not None
