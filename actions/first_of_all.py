"""What the talk itself meets, whatever skill the message seems to ask for: a death, and "dat klopt niet"."""

from __future__ import annotations

from actions.turn import Turn
from bot.talk.remarks import denies_what_was_heard
from bot.talk.thread import CONTACT

_DENIED_AT = (None, "relation", "situation", "nights", "place", "helpers", "wish", "fell_away", *CONTACT)
"""Open questions to which "dat klopt niet" is no answer."""


def is_for_the_talk(turn: Turn) -> bool:
    """Must the talk meet this first?"""
    return turn.tells_of_death or is_denial(turn)


def is_denial(turn: Turn) -> bool:
    """Does she say that what she read back is not so, where that is no answer to a yes-or-no question of ours?"""
    thread = turn.thread
    busy = thread.in_load_check or bool(thread.questionnaire) or thread.pending not in _DENIED_AT
    return not (turn.is_button or busy) and denies_what_was_heard(turn.text)
