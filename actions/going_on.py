"""When she asks to go on elsewhere: how that is done, with a card that leads to her code.

The code itself is never said in the talk: what is said is kept, and a code is known to her alone (ADR 14).
"""

from __future__ import annotations

from actions.turn import Turn
from bot.going_on.asking import asks_to_go_on

CARD = {"kind": "going_on"}


def answer_going_on(turn: Turn) -> bool:
    """Say how, and leave everything as it was; ``True`` when that was what she asked."""
    if turn.is_button or turn.must_be_taken_as_typed or not asks_to_go_on(turn.text):
        return False
    turn.say("going_on", CARD)
    return True
