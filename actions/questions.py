"""Side questions and reactions: answered at once, at any moment, and then back to the thread."""

from __future__ import annotations

from actions.acknowledging import acknowledge
from actions.aftercare import answer_aftercare, tell_nothing_heard
from actions.answering import answer_about_offer, answer_topic, answer_unclear, answer_unknown
from actions.base import Skill
from actions.heard import REACTIONS
from actions.load_check import begin_load_check
from actions.next_step import repeat_open_question
from actions.offer_terms import tell_price
from actions.reaching import leaves_request
from actions.remarks import is_remark
from actions.request_steps import tell_status
from actions.turn import Turn
from bot.talk.courtesy import says_it_helped, says_thanks
from bot.talk.third_party import may_ask

LOAD_CHECK = "load_check"
ON_THE_WAY = ("contact", "check", "change")
NO_REPLY = "no_reply"
ABOUT_HER_REQUEST = {NO_REPLY, "who_calls", "how_fast_call"}
"""Questions that, once a request was sent, are about that request."""
CARE = {"relation", "conditions", "tasks", "load_cues", "nights", "others_cared_for"}


class AnswerQuestion(Skill):
    """A question beside the thread, or anger, or "laat maar"."""

    skill = "answer_question"

    def another(self, turn: Turn) -> str | None:
        """Words that neither ask nor mean one thing are told; a question of which the topic is clear is answered."""
        if is_remark(turn):
            return "talk"
        if turn.is_plain_answer or (turn.intent == "ask" and not turn.asks and turn.topic is None):
            return "talk"
        told_more = turn.intent == "frustrated" and bool(turn.reading.conditions)  # "dit is de derde keer" of a fall
        return "talk" if told_more or (turn.is_guess and turn.topic is None) else None

    def perform(self, turn: Turn) -> None:
        """Take in what the question tells on the way, answer, and take up the thread again."""
        turn.take_in()
        if turn.intent == "never_mind" and leaves_request(turn):
            return
        if turn.news.fields & CARE:
            acknowledge(turn)
        if turn.topic == LOAD_CHECK and turn.profile.minor is None:
            if may_ask(turn.thread, LOAD_CHECK):
                turn.say("answer_load_check")
            if not begin_load_check(turn):
                repeat_open_question(turn)
            return
        if answer_aftercare(turn):
            return
        if turn.thread.phase == "sent" and turn.topic in ABOUT_HER_REQUEST:
            tell_nothing_heard(turn) if turn.topic == NO_REPLY else tell_status(turn)
        elif turn.intent == "ask_request_status":  # of a request elsewhere: none was made here
            answer_topic(turn, NO_REPLY, aside=True)
            repeat_open_question(turn)
        elif not _answer(turn) and not _is_reaction(turn):  # whoever is angry is not asked the same again at once
            repeat_open_question(turn)


def _answer(turn: Turn) -> bool:
    """Answer, or say that it is not known; ``True`` when that itself asks something."""
    if tell_price(turn):
        return False
    if answer_about_offer(turn):
        return True
    if turn.topic is not None:
        return answer_topic(turn, turn.topic)
    if answer_unclear(turn):
        return True
    answer_unknown(turn)
    return False


def _is_reaction(turn: Turn) -> bool:
    """Is it thrown at us rather than asked? Only what can be asked has a short name to choose from."""
    if turn.topic is None:
        return turn.intent in REACTIONS
    return not turn.services.wording.has(f"utter_topic_{turn.topic}")


class Courtesy(Skill):
    """Thanks, goodbye, or "say that again"."""

    skill = "courtesy"

    def another(self, turn: Turn) -> str | None:
        """ "Hij was lief", after a death, thanks for nothing."""
        grieves = turn.profile.bereaved is not None and turn.intent == "thanks" and not says_thanks(turn.text)
        return "talk" if grieves else super().another(turn)

    def perform(self, turn: Turn) -> None:
        """Answer in kind; a repeat asks the open question again."""
        turn.take_in()
        if turn.intent == "repeat":
            repeat_open_question(turn)
        elif turn.intent == "thanks" and says_it_helped(turn.text) and turn.thread.phase not in ON_THE_WAY:
            turn.say("thanks_helped")
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
        turn.thread.pending, turn.thread.in_load_check = None, False
        if turn.thread.phase in ("contact", "check", "change"):
            turn.thread.phase = "offers"
        turn.say("stopped")
