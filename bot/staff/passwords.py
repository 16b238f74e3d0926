"""Which passwords are refused, judged here and told to nobody: short ones, leaked ones, guessable ones, own words.

Leaked: the list of marks beside this file (``scripts/leaked_passwords.py`` says where it comes from). Guessable: what
the zxcvbn library puts together from well-known passwords, words, names, dates and rows of keys. Own words: names of
this house and its work, of municipalities, and of the person: a password must be long enough without these
(OWASP ASVS 6.1.2, 6.2.4, 6.2.11, 6.2.12).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from zxcvbn import zxcvbn

from bot.understanding.text import fold

LEAST_LENGTH = 12
LEAST_BESIDE_OWN_WORDS = 8
"""So many letters and figures stand beside the words that anybody here could think of."""
LEAST_GUESSES = 10**10
"""More than a thief with the stolen hash tries in years: one argon2 hash takes tens of milliseconds."""
LEAKED = Path(__file__).with_name("leaked_passwords.bin")
HOUSE_WORDS = (
    "adempauze", "respijtzorg", "respijt", "mantelzorger", "mantelzorg", "zorgloket", "loket", "gemeente", "consulent",
    "coordinator", "redacteur", "beheerder", "teamleider", "steunpunt", "wachtwoord", "password", "welkom", "inloggen",
    "zomer", "winter", "herfst", "lente", "voorjaar", "najaar", "vakantie",
)  # fmt: skip
_MARK_BYTES = 5
_LONGEST = 72  # what the library looks at; what follows only makes a password stronger


class RefusedPasswordError(ValueError):
    """Not this one; ``code``: ``short``, ``leaked``, ``guessable`` or ``own``."""

    def __init__(self, code: str) -> None:
        super().__init__(f"this password is refused: {code}")
        self.code = code


def check_password(password: str, about: Iterable[str] = ()) -> None:
    """Raises ``RefusedPasswordError``. ``about``: name, address, municipality and team of the person."""
    own = own_words(about)
    if len(password) < LEAST_LENGTH:
        raise RefusedPasswordError("short")
    if is_leaked(password):
        raise RefusedPasswordError("leaked")
    if _is_mostly(own, password):
        raise RefusedPasswordError("own")
    if zxcvbn(password[:_LONGEST], user_inputs=own)["guesses"] < LEAST_GUESSES:
        raise RefusedPasswordError("guessable")


def own_words(about: Iterable[str]) -> list[str]:
    """The words of the house and of this person, longest first; parts of a name too, from three letters."""
    told = {word for text in about for word in re.findall(r"[a-z0-9]{3,}", fold(text))}
    return sorted({*HOUSE_WORDS, *told}, key=lambda word: (-len(word), word))


def is_leaked(password: str) -> bool:
    """Is it one that leaked elsewhere, whatever its capitals?"""
    marks, mark = _leaked(), mark_of(password)
    place = bisect_left(range(len(marks) // _MARK_BYTES), mark, key=lambda number: _nth(marks, number))
    return _nth(marks, place) == mark


def mark_of(password: str) -> bytes:
    """What is kept of a leaked password; one in ten million others has the same as one of the list."""
    return hashlib.sha256(password.lower().encode("utf-8", "replace")).digest()[:_MARK_BYTES]


def _is_mostly(own: list[str], password: str) -> bool:
    typed = "".join(sign for sign in fold(password) if sign.isalnum())
    left, found = re.subn("|".join(map(re.escape, own)), "", typed)
    return bool(found) and len(left) < LEAST_BESIDE_OWN_WORDS


def _nth(marks: bytes, number: int) -> bytes:
    return marks[number * _MARK_BYTES : (number + 1) * _MARK_BYTES]


@lru_cache(maxsize=1)
def _leaked() -> bytes:
    return LEAKED.read_bytes()
