"""Long texts in pieces that Telegram takes: cut between paragraphs, else after a sentence, else between words."""

from __future__ import annotations

import re

MOST = 4000
"""Telegram takes 4096, counted as it counts: in UTF-16, so that a picture sign is two."""

_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.?!…])[\"'”’)]*\s"), re.compile(r"\s"))


def length(text: str) -> int:
    """How long Telegram finds a text."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def cut(text: str, most: int = MOST) -> list[str]:
    """The text in pieces of at most ``most``, none of them empty; nothing but white space at a cut is lost."""
    pieces, rest = [], text.strip()
    while rest:
        end = _end(rest, most)
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return pieces


def _end(text: str, most: int) -> int:
    """Where the first piece ends: at the best kind of break in its second half, else at any, else at the limit."""
    if length(text) <= most:
        return len(text)
    fits = _fitting(text, most)
    for least in (fits // 2, 1):
        for kind in _BREAKS:
            ends = [found.end() for found in kind.finditer(text, 0, fits)]
            if ends and ends[-1] > least:
                return ends[-1]
    return fits


def _fitting(text: str, most: int) -> int:
    """How many signs of the text fit; at least one."""
    used = 0
    for place, sign in enumerate(text):
        used += 2 if sign > "\uffff" else 1
        if used > most:
            return max(place, 1)
    return len(text)
