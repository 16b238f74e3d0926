"""How slow this machine is, for tests that hold the product to a time of its processor.

A limit says what may be spent on a quiet core of the machine it was set on. Where the same plain work on words takes
twice as long, because the machine is older or shared, the limit is twice as wide; on a faster one it stays as it is.
"""

from __future__ import annotations

import re
import time

WORDS = [f"{first}{middle}{last}" for first in "bdfgkl" for middle in ("aa", "e", "oe", "ui") for last in "knprst"]
TEXT = " ".join(WORDS * 40)
GROUPS = [frozenset(WORDS[begin : begin + 5]) for begin in range(0, len(WORDS), 2)]
PATTERN = re.compile(r" ([^ ]+) (?:zz|l)ui[a-m]( [^ ]+){0,3}? (?:qq|xx)")
ON_THE_QUIET_CORE = 0.00075
"""Seconds of processor time for this work where the limits were set; reckoned back from a machine that took 1.4 ms for
it, and twice as long as that one to listen for danger."""


def slowness() -> float:
    """How many times longer plain work takes here and now than where the limits were set; never below 1."""

    def once() -> float:
        begin = time.process_time()
        for start in range(0, len(TEXT), 400):
            piece = TEXT[start : start + 400]
            words = set(piece.split())
            sum(not words.isdisjoint(group) for group in GROUPS)
            PATTERN.search(piece)
        return time.process_time() - begin

    return max(1.0, min(once() for _ in range(7)) / ON_THE_QUIET_CORE)
