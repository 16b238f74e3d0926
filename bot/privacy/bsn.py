"""What we refuse to keep: the citizen service number (BSN) is taken out before a message is stored (invariant 10)."""

from __future__ import annotations

import re

TAKEN_OUT = "[…]"
_NINE_DIGITS = re.compile(r"(?<![\d+])(?:\d[ .-]?){8}\d(?!\d)")


def without_bsn(text: str) -> tuple[str, bool]:
    """The text with every BSN taken out, and whether there was one.

    A BSN has nine digits of which the weighed sum is a multiple of eleven (the "elfproef"). One in eleven other numbers
    of nine digits passes too; a Dutch telephone number has ten digits and is never touched.
    """
    found = False

    def take_out(match: re.Match[str]) -> str:
        nonlocal found
        if not is_bsn(re.sub(r"\D", "", match.group(0))):
            return match.group(0)
        found = True
        return TAKEN_OUT

    return _NINE_DIGITS.sub(take_out, text), found


def is_bsn(digits: str) -> bool:
    """Do nine digits pass the test for a BSN?"""
    if len(digits) != 9 or not digits.isdigit() or digits == "0" * 9:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0
