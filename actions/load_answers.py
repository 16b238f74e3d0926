"""What she answers to the questions about how heavy it is: ours, or those of a licensed questionnaire."""

from __future__ import annotations

from actions.handover import BUTTONS
from actions.load_check import begin_load_check
from actions.next_step import go_on_after_offers, go_on_with_load, repeat_open_question, take_up
from actions.questionnaire import answer_questionnaire
from actions.turn import Turn
from bot.talk.thread import LOAD_QUESTIONS

_OTHER_WAYS = ("offers", *BUTTONS)
"""Buttons with which she leaves the questions about the load."""


def answers_on_load(turn: Turn) -> bool:
    """How heavy it is: in a questionnaire of an operator, or in our own questions."""
    return answer_questionnaire(turn) or _answers_load(turn)


def _answers_load(turn: Turn) -> bool:
    """Yes or no to the questions about the load, and the answers to them."""
    thread = turn.thread
    begins = turn.choice == ("load_check", "yes")
    if not begins and not thread.in_load_check:
        return False
    if turn.choice and turn.choice[0] in _OTHER_WAYS:
        thread.in_load_check = False
        return False
    if turn.intent in ("continue_talk", "greet") and not turn.news:
        repeat_open_question(turn)
    elif begins or turn.open_before == "load_check":
        thread.pending = None
        if begins or (turn.choice is None and turn.intent == "affirm"):
            if not begin_load_check(turn):
                repeat_open_question(turn)
        elif turn.choice is None and turn.intent != "deny":  # she tells on: that is no answer to us
            thread.in_load_check = False
            go_on_after_offers(turn)
        else:
            _leave_load(turn)
    elif turn.topic_aside and not turn.answered:
        take_up(turn)
        repeat_open_question(turn)
    elif thread.pending in LOAD_QUESTIONS and not turn.answered and not turn.news:
        turn.profile.refused.append(thread.pending)  # not understood is not asked twice
        turn.say("leave_question")
        go_on_with_load(turn)
    else:
        take_up(turn)
        go_on_with_load(turn)
    return True


def _leave_load(turn: Turn) -> None:
    """She would rather not: back into the talk."""
    turn.thread.in_load_check = False
    if turn.news:
        go_on_after_offers(turn)
    else:
        turn.say("load_check_left")
