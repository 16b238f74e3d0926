"""At most four short questions that make a request worth more: asked once, all to be skipped, none when urgent."""

from __future__ import annotations

from actions.request_steps import show_request
from actions.turn import Turn
from bot.request.urgency import urgency_of
from bot.talk.details import next_detail, take_detail, take_detail_choice, wants_it_sent
from bot.talk.thread import DETAILS

REST = "details"
"""The button that skips all the rest ("Stuur maar zo")."""


def ask_detail_or_show(turn: Turn) -> None:
    """The next question, or the request."""
    thread = turn.thread
    question = next_detail(turn.profile, urgency_of(turn.profile, turn.load)[0], thread)
    if question is None:
        show_request(turn)
    else:
        thread.misses = 0
        turn.ask(question)


def take_detail_answer(turn: Turn) -> None:
    """Her answer, a skip, or enough of it: then the request as it is now. Nothing is asked twice."""
    thread, name = turn.thread, turn.open_before or turn.thread.pending or ""
    question, value = turn.choice or ("", "")
    if (question, value) == ("skip", REST) or (turn.choice is None and wants_it_sent(turn.text)):
        leave_details(turn)
        return
    if question in DETAILS:
        take_detail_choice(turn.profile, thread, question, value, turn.text, turn.news)
    elif question != "skip" and turn.choice is None and not _is_passed_over(turn):
        take_detail(turn.profile, thread, turn.text, turn.news)
    if not turn.profile.knows(name) and name in DETAILS:
        turn.profile.refused = list(dict.fromkeys([*turn.profile.refused, name]))
    thread.pending = None
    ask_detail_or_show(turn)


def leave_details(turn: Turn) -> None:
    """No more questions, now or later: she wants it on its way, which is no refusal to tell."""
    thread = turn.thread
    turn.profile.refused = [name for name in turn.profile.refused if name != REST]
    thread.pending, thread.details_done = None, True
    show_request(turn)


def _is_passed_over(turn: Turn) -> bool:
    """Words that answer nothing: a greeting after days, "weet ik niet", "sla over"."""
    about_wlz = turn.thread.pending == "wlz" and turn.intent != "skip"
    refused = turn.reading.refuses is not None and not about_wlz
    return refused or turn.intent in ("greet", "continue_talk", "skip", "silence", "thanks", "goodbye")
