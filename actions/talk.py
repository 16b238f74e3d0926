"""The heart of the talk: whatever she tells or answers is taken in first, and then the thread is taken up."""

from __future__ import annotations

from actions.acknowledging import acknowledge
from actions.aftercare import answer_aftercare
from actions.answering import answer_topic, answer_unknown
from actions.asking import ask, ask_again, offer_interpreter
from actions.base import Skill
from actions.handover import BUTTONS, go_on_with_request
from actions.load_answers import answers_on_load
from actions.meeting_loss import meet_loss
from actions.memory import answer_memory, show_what_is_known, welcome_back
from actions.next_step import ask_next, go_on_after_offers, meet_after_danger, repeat_open_question, take_up
from actions.offer_terms import answer_about_terms
from actions.people import answer_other_role, turns_out_young
from actions.reaching import start_request
from actions.remarks import answer_denial, answer_remark, answer_where_we_were, listen_only
from actions.request_after import PENDING
from actions.scope import is_out_of_scope, may_be_a_place, show_door
from actions.turn import Turn
from bot.talk.sharing import KEPT_BACK

AFTER_DANGER = 2
"""Turns after a reply about danger in which words that tell nothing new are met gently."""


class Talk(Skill):
    """Whatever she tells or answers."""

    skill = "talk"

    def another(self, turn: Turn) -> str | None:
        """A long story that also asks for a person is taken up by the step that brings her to one."""
        called = turn.reading.asks_human is not None and turn.intent not in ("deny", "stop", "never_mind")
        wants_person = called and turn.thread.phase in ("listening", "offers")
        return "ask_human" if wants_person else None

    def perform(self, turn: Turn) -> None:
        """Learn first; then the phase decides what comes back."""
        if answer_where_we_were(turn):
            return
        turn.take_in()
        if turn.intent == "silence":
            _stay(turn)
            return
        if not meet_loss(turn):
            _go_on(turn)


def _go_on(turn: Turn) -> None:
    """What comes back, by the phase the talk is in."""
    if KEPT_BACK in turn.news.fields:
        turn.say("kept_back")
    if turn.choice == ("restart", "yes"):
        turn.forget()
        turn.say("restarted")
    elif (
        turns_out_young(turn)
        or answer_aftercare(turn)
        or answer_memory(turn)
        or _answer_by_button(turn)
        or _answers_welcome(turn)
        or _welcomes_back(turn)
        or answers_on_load(turn)
        or answer_remark(turn)
        or answer_about_terms(turn)
        or answer_denial(turn)
    ):
        return
    elif turn.thread.phase in ("contact", "check", "change") or _is_about_request(turn):
        go_on_with_request(turn)
    elif is_out_of_scope(turn) and turn.topic_aside is None:
        send_next_door(turn)
    elif (
        offer_interpreter(turn)
        or _wants_interpreter(turn)
        or answer_other_role(turn)
        or _goes_on_after_danger(turn)
        or _is_met_after_danger(turn)
        or listen_only(turn)
    ):
        return
    elif turn.thread.phase in ("offers", "sent"):
        go_on_after_offers(turn)
    else:
        move_on(turn)


def move_on(turn: Turn) -> None:
    """Acknowledge, and ask the one thing that matters now; or show offers."""
    if _only_greets(turn) and turn.thread.pending:
        ask(turn, turn.thread.pending)
        return
    if _nothing_understood(turn):
        return
    take_up(turn)
    if turn.thread.pending and not turn.answered and turn.thread.reasked != turn.thread.pending:
        turn.thread.reasked = turn.thread.pending  # something else was told: the question waits, once
        if ask_again(turn):
            return
    ask_next(turn)


def _goes_on_after_danger(turn: Turn) -> bool:
    """ "Verder praten" after a reply about danger. What she told before was heard, and she need not tell it again.

    After numbers to call nothing is asked of her: she may tell what she wants, and the open question waits. After a
    question about danger that found none, the talk goes on as it was.
    """
    thread = turn.thread
    goes_on = turn.intent == "continue_talk" and _is_near_danger(turn) and thread.phase in ("listening", "offers")
    if not goes_on:
        return False
    if thread.turn - thread.interrupted <= 1 and turn.profile.quotes:
        turn.say("story_kept")
    if not _was_certain(turn) or turn.profile.minor is not None:
        return False
    thread.put_off()
    turn.say("go_on_after_danger")
    return True


def _is_met_after_danger(turn: Turn) -> bool:
    """Right after numbers to call, what she tells is met with words, and not with a list or a question of ours."""
    thread = turn.thread
    tells = not (turn.is_button or turn.answered or turn.asks or turn.asks_human) and turn.intent != "ask_offers"
    met = tells and thread.phase in ("listening", "offers") and turn.profile.minor is None
    if not (met and _is_near_danger(turn) and _was_certain(turn)):
        return False
    take_up(turn)
    turn.say("after_danger")
    return True


def _is_near_danger(turn: Turn) -> bool:
    interrupted = turn.thread.interrupted
    return bool(interrupted) and turn.thread.turn - interrupted <= AFTER_DANGER


def _was_certain(turn: Turn) -> bool:
    """Did the last reply about danger give numbers to call, and not only ask?"""
    danger = turn.profile.danger
    return danger is not None and danger.turn == turn.thread.interrupted


def send_next_door(turn: Turn) -> None:
    """Something for another desk: where it is at home, and back to where we were. Twice no answer leaves a question."""
    thread = turn.thread
    show_door(turn)
    if offer_interpreter(turn):
        return
    thread.misses += 1
    if thread.pending and thread.misses >= 2:
        turn.profile.refused.append(thread.pending)
        thread.pending, thread.misses = None, 0
        ask_next(turn)
    elif thread.pending:
        turn.say("back_to_thread")
        ask(turn, thread.pending)


def _is_about_request(turn: Turn) -> bool:
    """A button under a request that was sent, or the answer to a question about it."""
    return (turn.choice or ("", ""))[0] in BUTTONS or turn.thread.pending in PENDING


def _answer_by_button(turn: Turn) -> bool:
    """A button that asks something, such as which kind of complaint it is."""
    if turn.choice is None or turn.choice[0] != "topic":
        return False
    if turn.choice[1] == "other":
        answer_unknown(turn)
    else:
        if answer_topic(turn, turn.choice[1]):
            return True
    repeat_open_question(turn)
    return True


def _welcomes_back(turn: Turn) -> bool:
    """The first words after a pause of days: what she tells now comes first, then what she told last time."""
    if turn.choice or not turn.came_back:
        return False
    acknowledge(turn)
    return welcome_back(turn)


def _answers_welcome(turn: Turn) -> bool:
    """Does it still hold what she told last time?"""
    question, value = turn.choice or ("", "")
    if question != "still_true" and turn.thread.pending != "still_true":
        return False
    turn.thread.pending = None
    if value == "changed" or (turn.choice is None and turn.intent == "deny"):
        show_what_is_known(turn)
        return True
    if value == "yes" or turn.intent == "affirm":
        repeat_open_question(turn)
        return True
    return False


def _stay(turn: Turn) -> None:
    """She sends no words. Nobody is pressed; the open question stays open."""
    turn.thread.silences += 1
    turn.say("silence" if turn.thread.silences == 1 else "silence_again")


def _only_greets(turn: Turn) -> bool:
    return turn.intent in ("greet", "continue_talk") and not turn.news and not turn.is_guess


def _nothing_understood(turn: Turn) -> bool:
    """Nothing was learned and nothing answered: say so kindly; after two misses go on without this answer."""
    thread = turn.thread
    if turn.news or turn.answered:
        thread.misses = 0
        return False
    if _only_greets(turn) or turn.topic_aside:
        return False
    if _is_near_danger(turn):
        meet_after_danger(turn)  # whoever just read that is not told that she is hard to follow
        return True
    if thread.denied and thread.turn - thread.denied == 1 and not turn.has_tears:
        turn.say("ack_thanks")  # how it is then, in words that hold nothing new: they are kept as she said them
        return False
    thread.misses += 1
    if turn.has_tears:
        turn.say("tears")
    elif thread.pending and thread.misses >= 2:
        turn.profile.refused.append(thread.pending)
        thread.pending, thread.misses = None, 0
        turn.say("leave_question")
        return False
    elif thread.pending:
        like_a_place = thread.pending == "place" and may_be_a_place(turn)
        turn.say("place_unknown" if like_a_place else "question_unknown_only" if turn.asks else "not_understood")
        if not like_a_place:
            ask(turn, thread.pending)
    elif turn.asks:
        turn.say("question_unknown_only")
    else:
        turn.say("tell_more")
    return True


def _wants_interpreter(turn: Turn) -> bool:
    """A yes to a call with an interpreter goes straight on to who may call her, and where."""
    interpreter = turn.profile.interpreter
    if "interpreter" not in turn.news.fields or interpreter is None or interpreter.value != "yes":
        return False
    turn.say("interpreter_noted")
    start_request(turn)
    return True
