"""Quick search at the desk: a reference, a name, or words, within what somebody may see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text, and_, bindparam, or_

from bot.request.record import Request
from bot.request.tables import requests
from bot.understanding.text import fold
from knowledge.sealed import Keyring

MOST_WORDS = 8
MOST_TYPED = 200


def searchable(request: Request) -> str:
    """What can be found of a request: its reference (also without dashes), her question, and what she shared."""
    shared = [item.value for item in request.fields if item.is_shared]
    return fold(" ".join([request.reference, request.reference.replace("-", ""), request.question, *shared]))


def holds_words(typed: str, ring: Keyring) -> Any:
    """A condition on requests: every word that was typed stands in it, in any order; ``None`` when nothing was typed.

    Signs that mean something to the database are words like any other.
    """
    words = fold(typed[:MOST_TYPED]).split()[:MOST_WORDS]
    if not words:
        return None
    return and_(*(or_(*(_holds(pattern) for pattern in ring.patterns_of(word))) for word in words))


def _holds(pattern: str) -> Any:
    return requests.c.search_text.like(bindparam(None, pattern, type_=Text(), unique=True), escape="/")
