"""When she tells that somebody died, or that the care is over: nothing is asked about her request any more (R111).

The condolence comes first, in the step that hears of it. Only then, and only while a person still has her request, she
is asked whether the desk may know; without her yes it does not (invariant 3). No list of offers follows.
"""

from __future__ import annotations

from actions.turn import Turn
from bot.reading import Role

_LISTEN_FIRST = 2
"""Turns after a loss before she is asked whether one later message is welcome."""


def keep_quiet_after_loss(turn: Turn) -> None:
    """At the end of a turn: stop all questions when she told of a loss, and ask once whether the desk may know."""
    if not _tells_of_loss(turn):
        return
    request = turn.services.requests.stop_asking(turn.conversation_id)
    if request is None or turn.thread.pending is not None:
        return
    died = turn.profile.bereaved is not None
    turn.thread.follow_up = "loss" if died else "care_over"
    name = "loss_tell_desk" if died else "care_over_tell_desk"
    turn.say(name, reference=request.reference, holder=request.spoken_holder)


def invite_later(turn: Turn, turns_since: int) -> bool:
    """One careful message after a longer time, if she wants it; ``True`` when that was asked now, which is once."""
    if turn.profile.bereaved is None or turns_since < _LISTEN_FIRST or turn.thread.follow_up:
        return False
    if not turn.services.requests.invite_later(turn.conversation_id):
        return False
    turn.thread.follow_up = "later"
    turn.say("later_invite")
    return True


def _tells_of_loss(turn: Turn) -> bool:
    """Is the care over, or did she tell now, or in the message that danger answered, that somebody died?"""
    role, bereaved = turn.profile.role, turn.profile.bereaved
    if role is not None and role.value == Role.FORMER_CARER:
        return True
    return bereaved is not None and bereaved.turn in {turn.thread.turn, turn.thread.interrupted} - {0}
