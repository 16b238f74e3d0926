"""The heart of the talk: take in what she tells, acknowledge it, name it once, ask what is missing, or show offers."""

from __future__ import annotations

from actions.asking import acknowledge, ask, offer_interpreter
from actions.base import Skill, Turn
from actions.handover import go_on_with_request, start_request
from actions.offers import show_offers
from actions.people import answer_other_role
from actions.request_steps import reopen_or_tell, say_where_it_stands
from actions.scope import is_out_of_scope, show_door, show_door_beside
from bot.talk.agenda import SHOW_OFFERS, may_name, next_question

RENEWING = {"wishes", "conditions", "relation", "carer_place", "loved_one_place", "day_parts", "palliative"}
"""News that can change which offers fit."""


class Talk(Skill):
    """Whatever she tells or answers."""

    skill = "talk"

    def another(self, turn: Turn) -> str | None:
        """A long story that also asks for a person is taken up by the step that brings her to one."""
        wants_person = turn.reading.asks_human is not None and turn.thread.phase in ("listening", "offers")
        return "ask_human" if wants_person else None

    def perform(self, turn: Turn) -> None:
        """Learn first; then the phase decides what comes back."""
        turn.take_in()
        if turn.choice == ("restart", "yes"):
            turn.forget()
            turn.say("restarted")
        elif turn.thread.phase in ("contact", "check", "change"):
            go_on_with_request(turn)
        elif is_out_of_scope(turn):
            send_next_door(turn)
        elif offer_interpreter(turn) or _wants_interpreter(turn) or answer_other_role(turn):
            return
        elif turn.thread.phase in ("offers", "sent"):
            go_on_after_offers(turn)
        else:
            move_on(turn)


def move_on(turn: Turn) -> None:
    """Acknowledge, and ask the one thing that matters now; or show offers."""
    if _nothing_understood(turn):
        return
    acknowledge(turn)
    show_door_beside(turn)
    ask_next(turn)


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


def ask_next(turn: Turn) -> None:
    """The next question, or the offers."""
    thread, profile = turn.thread, turn.profile
    if may_name(profile, thread):
        thread.named = True
        if not profile.explicit_term:
            turn.say("naming")
    question = next_question(profile, turn.load, thread)
    if question == SHOW_OFFERS:
        show_offers(turn)
    else:
        ask(turn, question)


def go_on_after_offers(turn: Turn) -> None:
    """After offers: a yes goes to the request, a no is respected, news renews the offers."""
    thread = turn.thread
    question, value = turn.choice or ("", "")
    if question == "reopen":
        reopen_or_tell(turn) if value == "yes" else turn.say("request_solved")
    elif thread.phase == "sent" and not turn.news:
        say_where_it_stands(turn)
    elif (question, value) == ("offers", "request") or turn.intent == "affirm":
        start_request(turn)
    elif turn.intent == "deny" or value == "enough":
        turn.say("offers_declined")
    elif value == "more":
        show_offers(turn, more=True)
    elif question.startswith("place") or turn.news.fields & RENEWING:
        if thread.place_options:
            ask(turn, "place_which")
            return
        if "wishes" in turn.news.fields and not turn.choice:
            turn.profile.wishes = [wish for wish in turn.profile.wishes if wish.turn == thread.turn]
        acknowledge(turn)
        show_door_beside(turn)
        show_offers(turn)
    elif turn.news:
        acknowledge(turn)
        show_door_beside(turn)
        turn.say("after_offers")
    else:
        turn.say("after_offers")


def repeat_open_question(turn: Turn) -> None:
    """Back to the thread: the open question again, or the place where we were."""
    thread = turn.thread
    if thread.phase in ("contact", "check", "change"):
        go_on_with_request(turn, asked_aside=True)
    elif offer_interpreter(turn):
        return
    elif thread.pending:
        turn.say("back_to_thread")
        ask(turn, thread.pending)
    elif thread.phase in ("offers", "sent"):
        turn.say("after_offers") if thread.phase == "offers" else say_where_it_stands(turn)
    else:
        ask_next(turn)


def _nothing_understood(turn: Turn) -> bool:
    """Nothing was learned and nothing answered: say so kindly; after two misses go on without this answer."""
    thread = turn.thread
    if turn.news or turn.answered:
        thread.misses = 0
        return False
    if turn.intent in ("greet", "continue_talk"):
        return False
    thread.misses += 1
    if thread.pending and thread.misses >= 2:
        turn.profile.refused.append(thread.pending)
        thread.pending, thread.misses = None, 0
        turn.say("leave_question")
        return False
    if thread.pending:
        turn.say("place_unknown" if thread.pending == "place" else "not_understood")
        if thread.pending != "place":
            ask(turn, thread.pending)
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
