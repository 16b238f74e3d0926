"""What she says about the talk itself: where we were, what must go along, whom to call, that she only wants to tell."""

from __future__ import annotations

from actions.acknowledging import acknowledge
from actions.first_of_all import is_denial
from actions.memory import show_what_is_known
from actions.next_step import repeat_open_question
from actions.request_steps import choose_change
from actions.turn import Turn
from bot.talk.learn import keep_quote
from bot.talk.remarks import (
    asks_to_call,
    asks_where_we_were,
    only_tells,
    wants_it_to_go_along,
)
from bot.talk.thread import CAPTURED

_FREE = ("listening", "offers")


def is_remark(turn: Turn) -> bool:
    """Is this about the talk itself, whatever question it sounds like?"""
    if turn.is_button or turn.asks_human or turn.thread.pending in CAPTURED or turn.thread.phase not in _FREE:
        return False
    text = turn.text
    return asks_where_we_were(text) or wants_it_to_go_along(text) or only_tells(text) or asks_to_call(text)


def answer_denial(turn: Turn) -> bool:
    """What was written down, and a way to put it right; a correction in the same words is simply learned.

    ``True`` when that was the answer.
    """
    if not is_denial(turn):
        return False
    phase, told_more = turn.thread.phase, bool(turn.news)
    if phase in ("check", "change", "sent"):
        if not told_more:
            choose_change(turn)
        return not told_more
    if phase == "contact":
        turn.say("misheard_in_request")
        repeat_open_question(turn)
        return True
    if told_more:
        return False
    turn.thread.put_off()
    turn.thread.denied = turn.thread.turn
    show_what_is_known(turn, "misheard", "misheard_nothing")
    return True


def answer_where_we_were(turn: Turn) -> bool:
    """ "Waar waren we?": the open question again, as often as she asks; ``True`` when that was the answer."""
    if not (is_remark(turn) and asks_where_we_were(turn.text)):
        return False
    turn.thread.times.pop(turn.thread.pending or "", None)
    repeat_open_question(turn)
    return True


def answer_remark(turn: Turn) -> bool:
    """Something to put in the request, or a wish to call; ``True`` when that was answered."""
    if not is_remark(turn):
        return False
    if wants_it_to_go_along(turn.text):
        if all(quote.turn != turn.thread.turn for quote in turn.profile.quotes):
            keep_quote(turn.profile, turn.text, turn.thread.turn)
        turn.say("goes_along")
    elif asks_to_call(turn.text):
        turn.say("call_yourself")
    else:
        return False
    repeat_open_question(turn)
    return True


def listen_only(turn: Turn) -> bool:
    """Say back what she tells and ask nothing, when that is what she wants; ``True`` when that was the answer.

    It ends when she presses a button, asks something, or says yes; the open question waits until then.
    """
    thread = turn.thread
    if thread.only_listens and (turn.is_button or turn.asks or turn.intent in ("ask_offers", "affirm")):
        thread.only_listens = False
        if not (
            turn.is_button or turn.asks or turn.news
        ):  # "ok, zoek maar iets": on with what we need to know for that
            repeat_open_question(turn)
            return True
    elif thread.phase in _FREE and turn.profile.minor is None and not turn.is_button and only_tells(turn.text):
        thread.only_listens = True
    if not thread.only_listens:
        return False
    thread.put_off()
    acknowledge(turn)
    turn.say("only_listens")
    return True
