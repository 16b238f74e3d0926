"""Her answers after a loss: may the desk know, may somebody still call, is one later message welcome (R111)?"""

from __future__ import annotations

from actions.request_steps import tell_status, withdraw
from actions.turn import Turn
from bot.request.states import CLOSED
from bot.request.vocabulary import EventKind

_KIND = {"tell_death": EventKind.LOSS_TOLD, "tell_end": EventKind.CARE_OVER}


def answer_loss(turn: Turn, value: str) -> None:
    """May the desk know, and may somebody still call?"""
    desk = turn.services.requests
    request = desk.for_conversation(turn.conversation_id)
    if request is None or request.state in CLOSED:
        tell_status(turn)
    elif value == "withdraw":
        withdraw(turn, request)
    elif value == "call":
        turn.say("loss_call", holder=request.spoken_holder)
    elif value in _KIND and desk.tell_of_loss(turn.conversation_id, _KIND[value]) is not None:
        turn.thread.follow_up = "loss_call"
        turn.say("loss_told")
    else:
        turn.say("loss_self")


def answer_later(turn: Turn, value: str) -> None:
    """Her answer to whether one later message is welcome."""
    agrees = value == "yes"
    kept = turn.services.requests.agree_to_later(turn.conversation_id, agrees)
    turn.say("later_noted" if kept and agrees else "later_declined")
