"""Her answers around the request that are no part of it: the health of the loved one, and a word to who has it."""

from __future__ import annotations

import re

from actions.request_drafting import HEALTH_VERSION, draft, version_of
from actions.request_steps import HEALTH, TELL_OWNER, changeable_request, send, show_request, tell_status
from actions.turn import Turn
from bot.request.base import TextError
from bot.request.record import Request
from bot.request.states import NotAllowedError
from bot.request.vocabulary import RequestState
from bot.understanding.text import fold

_YES = re.compile(
    r"^\W*(?:ja+|jawel|jazeker|prima|goed|ok|oke|okee|akkoord|dat mag|mag|doe maar|natuurlijk)\b(?! maar\b)"
)
_NO = re.compile(r"^\W*(?:nee+n?|neen|liever niet|laat (?:dat |het )?weg|niet|weglaten)\b")
_NOTHING = re.compile(r"^\W*(?:toch niets|toch niks|laat maar|niets|niks|hoeft niet)\W*$")


def take_health(turn: Turn, value: str) -> bool:
    """Her answer about the loved one's health, pressed or typed; only a clear yes is a yes. ``False``: no answer."""
    answer = value or ("yes" if _YES.match(fold(turn.text)) else "no" if _NO.match(fold(turn.text)) else "")
    if answer not in ("yes", "no"):
        return False
    request = changeable_request(turn)
    turn.thread.pending = None
    if request is None:
        tell_status(turn)
        return True
    note_health(turn, request, answer == "yes")
    drafted = request.state is RequestState.DRAFTED
    if answer == "yes" and drafted:
        send(turn)
        return True
    turn.say("health_noted" if answer == "yes" else "health_left_out" if drafted else "health_taken_out")
    show_request(turn)
    return True


def note_health(turn: Turn, request: Request, agreed: bool) -> None:
    """Keep the answer; a draft is written anew with it. A no takes it out of what was sent too."""
    turn.thread.health = "yes" if agreed else "no"
    if not agreed:
        turn.thread.question = ""  # her own wording may name it; what she told before is sifted
    if request.state is RequestState.DRAFTED:
        if agreed:
            turn.services.requests.answer_health(request.stored_id, True, HEALTH_VERSION)
        else:
            draft(turn)
        return
    request.loved_one_health_agreed = agreed
    try:
        turn.services.requests.answer_health(request.stored_id, agreed, version_of(request))
    except NotAllowedError:
        return


def take_word_to_owner(turn: Turn, value: str) -> None:
    """What she wants to say to who has her request; "toch niets" leaves it."""
    turn.thread.pending = None
    request = turn.services.requests.for_conversation(turn.conversation_id)
    if request is None or value == "stop" or _NOTHING.match(fold(turn.text)):
        tell_status(turn)
        return
    try:
        turn.services.requests.write_to_holder(request.stored_id, turn.text)
    except (TextError, NotAllowedError):
        tell_status(turn)
        return
    turn.say("told_owner", holder=request.holder)


PENDING = (HEALTH, TELL_OWNER)
