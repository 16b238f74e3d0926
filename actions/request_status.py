"""How a request stands, in plain words: told when she asks, and after it was closed asked whether it is solved."""

from __future__ import annotations

from datetime import datetime

from actions.request_card import day_of, spoken_moment
from actions.turn import Turn
from bot.request.clock import moment_in_words
from bot.request.record import Request
from bot.request.states import CLOSED, IN_HAND, RUNNING
from bot.request.vocabulary import RequestState
from bot.wording import Wording

AHEAD = ("offered", "planned", "late")
"""What is said before the state a request is in: each is about what comes next, or should have come."""


def tell_status(turn: Turn) -> None:
    """How the request stands, in plain words."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    if request is None or request.state is RequestState.DRAFTED:
        turn.thread.phase, turn.thread.pending = "offers", None  # so that a "ja" makes one
        turn.say("request_none")
        return
    found = standing(request, turn.services.now())
    values = standing_values(turn.services.wording, request)
    turn.say(f"request_now_{found}" if found in AHEAD else f"request_status_{found}", **values)
    if request.investigation_by is not None and request.state not in CLOSED:
        turn.say("request_investigation", day=day_of(request.investigation_by))


def say_where_it_stands(turn: Turn) -> None:
    """After sending: a closed request asks whether it is solved; a running one can be asked about or taken back."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    if request is not None and request.state in CLOSED:
        tell_status(turn)
    else:
        turn.say("thread_sent")


def reopen_or_tell(turn: Turn) -> None:
    """A request that was closed and is not solved for her opens again; any other is told how it stands."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    if request is None or request.state is RequestState.WITHDRAWN:
        turn.thread.phase = "offers"
        turn.say("request_none")
    elif request.state in (RequestState.RESOLVED, RequestState.FORWARDED):
        reopened = turn.services.requests.reopen(request.stored_id, turn.text)
        moment = spoken_moment(turn.services.wording, reopened.answer_by)
        turn.say("request_reopened", reference=reopened.reference, moment=moment)
    else:
        tell_status(turn)


def standing(request: Request, now: datetime) -> str:
    """How it stands, in one word: the nearest thing that will happen (``AHEAD``), else the state it is in."""
    if request.state in RUNNING and request.forward is not None:
        return "offered"
    if request.state in IN_HAND and request.callback_at is not None and request.callback_at > now:
        return "planned"
    if request.state in RUNNING and request.contacted_at is None and request.answer_by and request.answer_by < now:
        return "late"
    return str(request.state)


def standing_values(wording: Wording, request: Request) -> dict[str, str]:
    """What a sentence about how it stands can name."""
    callback = request.callback_at
    return {
        "reference": request.reference,
        "recipient": request.recipient,
        "owner": request.owner,
        "holder": request.spoken_holder,
        "receiver": request.forward_to,
        "moment": spoken_moment(wording, request.answer_by),
        "callback": moment_in_words(callback) if callback is not None else "",
    }
