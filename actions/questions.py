"""Side questions: answered at once, at any moment, and then back to the thread."""

from __future__ import annotations

from actions.base import Skill, Turn
from actions.talk import repeat_open_question

ANSWERS = {
    "ask_cost": "answer_cost",
    "ask_who_pays": "answer_who_pays",
    "ask_privacy": "answer_privacy",
    "ask_bot": "answer_bot",
    "ask_duration": "answer_duration",
    "ask_meaning": "answer_meaning",
    "ask_capabilities": "answer_capabilities",
    "ask_entitlement": "answer_entitlement",
    "complaint": "answer_complaint",
    "frustrated": "answer_frustrated",
}


class AnswerQuestion(Skill):
    """A question beside the thread."""

    skill = "answer_question"

    def perform(self, turn: Turn) -> None:
        """Take in what the question tells on the way, answer, and take up the thread again."""
        turn.take_in()
        turn.say(ANSWERS[turn.intent])
        repeat_open_question(turn)


class Courtesy(Skill):
    """Thanks, goodbye, or "say that again"."""

    skill = "courtesy"

    def perform(self, turn: Turn) -> None:
        """Answer in kind; a repeat asks the open question again."""
        turn.take_in()
        if turn.intent == "repeat":
            repeat_open_question(turn)
        elif turn.intent == "goodbye" or not turn.thread.pending:
            turn.say("goodbye" if turn.intent == "goodbye" else "thanks")
        else:
            turn.say("thanks_short")
            repeat_open_question(turn)


class Leave(Skill):
    """She wants to stop, or to begin anew."""

    skill = "leave"

    def perform(self, turn: Turn) -> None:
        """Stop leaves everything as it is; nothing is sent. A restart forgets, so it is asked first."""
        if turn.intent == "restart_talk":
            turn.say("restart_confirm")
            return
        turn.thread.pending = None
        if turn.thread.phase in ("contact", "check", "change"):
            turn.thread.phase = "offers"
        turn.say("stopped")
