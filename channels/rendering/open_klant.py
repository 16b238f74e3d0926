"""The request as Open Klant can hold it: a subject, and text in pieces that fit, together everything.

Klantinteracties 0.9 takes an ``onderwerp`` of at most 200 characters and an ``inhoud`` (as the ``toelichting`` of an
interne taak) of at most 1000. What does not fit in the first piece follows in ``rest``; nothing is cut off.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MOST_SUBJECT = 200
MOST_CONTENT = 1000
_JOINER = "\u200d"


@dataclass(frozen=True)
class OpenKlantText:
    """``onderwerp`` (at most 200), ``inhoud`` (at most 1000) and the pieces after it, each at most 1000 characters.

    Every piece of several begins with one line that says which it is: "AP-7K3M-2Q, deel 2 van 3".
    """

    onderwerp: str
    inhoud: str
    rest: tuple[str, ...] = ()

    @property
    def pieces(self) -> tuple[str, ...]:
        """Everything, in order."""
        return (self.inhoud, *self.rest)


def in_pieces(subject: str, text: str, reference: str) -> OpenKlantText:
    """Divide ``text`` so that the pieces without their first lines, one after the other, are the text again."""
    text = text.strip()
    if len(text) <= MOST_CONTENT:
        return OpenKlantText(_shortened(subject), text)
    parts = _divided(text, MOST_CONTENT - len(_head(reference, 9999, 9999)))
    pieces = [_head(reference, number, len(parts)) + part for number, part in enumerate(parts, 1)]
    return OpenKlantText(_shortened(subject), pieces[0], tuple(pieces[1:]))


def _head(reference: str, number: int, of: int) -> str:
    return f"{reference}, deel {number} van {of}\n"


def _divided(text: str, most: int) -> list[str]:
    """Pieces of at most ``most`` characters, cut after a line where that can be, else after a word, else anywhere."""
    parts = []
    while len(text) > most:
        cut = _cut(text, most)
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def _cut(text: str, most: int) -> int:
    """Where to cut. A late space is better than an early new line: half a piece at least is filled."""
    for sign in ("\n", " "):
        found = text.rfind(sign, most // 2, most)
        if found >= 0:
            return found + 1
    cut = most
    while cut > most - 20 and _belongs_to_the_sign_before(text, cut):
        cut -= 1
    return cut


def _belongs_to_the_sign_before(text: str, at: int) -> bool:
    """Would a cut here part an accent from its letter, or halve an emoji of several signs?"""
    return unicodedata.category(text[at])[0] == "M" or _JOINER in text[at - 1 : at + 1]


def _shortened(subject: str) -> str:
    """The subject names no facts, so what is cut from a very long one is no loss."""
    line = " ".join(subject.split())
    return line if len(line) <= MOST_SUBJECT else f"{line[: MOST_SUBJECT - 1].rstrip()}…"
