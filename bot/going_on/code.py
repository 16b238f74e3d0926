"""How a code of hers looks, and how it is read from what she typed. No database here.

Twelve signs in three groups. Left out are the signs that look like another (0 and O, 1 and I, 8 and B ...) and every
vowel, so that no code is a word. What is left out counts as the sign it looks like: whoever reads a 5 as an S is
understood. 23 signs make 54 bits (ADR 14 has the sum).
"""

from __future__ import annotations

import re
import secrets

SIGNS = "23456789CDFHJKLMNPRTVWX"
LENGTH, GROUP = 12, 4
_LOOKS_LIKE = str.maketrans({"0": "D", "O": "D", "Q": "D", "1": "L", "I": "L", "B": "8", "S": "5", "Z": "2"})
_ALSO_LIKE = str.maketrans({"G": "6", "U": "V", "Y": "V"})
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015_.,:;/'\"“”‘’()]+")


def new_code() -> str:
    """A code nobody can guess, with at least one letter and one digit."""
    while True:
        code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        if _is_mixed(code):
            return code


def shown(code: str) -> str:
    """The code as she reads it: ``K7M4-RXP2-T9HF``."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read_code(text: str) -> str | None:
    """The code in what was typed in a field for it, however it was typed; ``None`` when it can be none."""
    if len(text) > 10 * LENGTH:
        return None
    signs = _BETWEEN.sub("", text).upper().translate(_LOOKS_LIKE).translate(_ALSO_LIKE)
    return signs if len(signs) == LENGTH and all(sign in SIGNS for sign in signs) else None


def code_in_message(text: str) -> str | None:
    """The code, when a whole message is one. A telephone number or a word of twelve letters is none."""
    return read_code(text) if _is_mixed(text) and len(text.split()) <= LENGTH // GROUP else None


def _is_mixed(text: str) -> bool:
    has_digit = any(sign.isascii() and sign.isdigit() for sign in text)
    return has_digit and any(sign.isascii() and sign.isalpha() for sign in text)
