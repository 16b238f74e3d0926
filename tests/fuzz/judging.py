"""What must hold whatever somebody sends: it is kept, she is answered, and the answer leads somewhere."""

from __future__ import annotations

import re

from bot.conversations.records import Message, storable
from bot.privacy import without_bsn

_A_NUMBER = re.compile(r"\b(?:112|113|0[\d -]{6,})\b")


def as_kept(text: str) -> str:
    """A text as it must be stored."""
    return without_bsn(storable(text))[0]


def leads_on(said: list[Message]) -> bool:
    """Is there a way on: something to press, to look at, to answer, or to call?"""
    return any(one.buttons or one.card or "?" in one.text or _A_NUMBER.search(one.text) for one in said)


def check_turn(text: str, new: list[Message]) -> None:
    """``new``: what a conversation got by this text."""
    hers = [one.text for one in new if one.author == "person"]
    ours = [one for one in new if one.author != "person"]
    assert hers == [as_kept(text)], "what was taken in is stored, once, and nothing else"
    assert ours, "she is answered"
    assert all(one.text.strip() or one.card for one in ours), "with something in it"
    assert leads_on(ours), f"and with a way on: {[one.text[:80] for one in ours]}"
