"""What comes next in the thread: the question that matters now, the offers, or back to where we were."""

from __future__ import annotations

from actions.acknowledging import acknowledge
from actions.answering import answer_topic, answer_unknown
from actions.asking import ask, ask_again, may_ask_again, offer_interpreter
from actions.handover import go_on_with_request
from actions.load_check import go_on_with_load_check, offer_load_check
from actions.local_rules import ask_what_fell_away, tell_what_cannot_wait
from actions.memory import FORGET, ask_known_value, ask_still_true, ask_to_forget
from actions.offers import show_offers
from actions.people import answer_other_role, path_of
from actions.questionnaire import offer_questionnaire, repeat_questionnaire
from actions.reaching import start_request
from actions.request_steps import draft, reopen_or_tell, say_where_it_stands, show_request
from actions.scope import show_door_beside
from actions.turn import Turn
from bot.talk.after_answers import hears_nothing
from bot.talk.agenda import SHOW_OFFERS, may_name, next_question
from bot.talk.courtesy import says_thanks
from bot.talk.groups import AT_ONCE, line_for
from bot.talk.thread import LOAD_QUESTIONS

NO_REPLY = "no_reply"
MOST_INVITATIONS, LONGEST_YES = 3, 6
RENEWING = {"wishes", "conditions", "relation", "carer_place", "loved_one_place", "day_parts", "palliative"}
"""News that can change which offers fit."""


def take_up(turn: Turn) -> None:
    """Begin with what she told, and answer what she asked inside it."""
    acknowledge(turn)
    tell_what_cannot_wait(turn)
    if "sent_around" in turn.news.fields:
        turn.say("answer_sent_around")
    show_door_beside(turn)
    topic = turn.topic_aside
    if topic is None and _waits_elsewhere(turn):
        topic = NO_REPLY
    if topic:
        answer_topic(turn, topic, aside=True)


def _waits_elsewhere(turn: Turn) -> bool:
    """Does she wait for a desk that stays silent, and was that not answered yet?"""
    told = turn.thread.said.get(f"answer_{NO_REPLY}", 0) or turn.thread.phase == "sent" or turn.is_button
    told = told or "sent_around" in turn.news.fields
    return not told and bool(turn.profile.asked_at) and hears_nothing(turn.text)


def ask_next(turn: Turn) -> None:
    """The next question, or the offers; knowledge for her situation comes just before these."""
    thread, profile = turn.thread, turn.profile
    tell_what_cannot_wait(turn)
    if ask_what_fell_away(turn):
        return
    question = next_question(profile, turn.load, thread)
    _tell_group(turn, cannot_wait=question != SHOW_OFFERS)
    if may_name(profile, thread):
        thread.named = True
        if not profile.explicit_term:
            turn.say("naming")
    if thread.in_a_home and "in_a_home" not in thread.told_groups:
        thread.told_groups.append("in_a_home")
        turn.say("told_in_a_home")
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
    elif (question, value) == ("offers", "request") or _says_yes(turn):
        start_request(turn)
    elif value == "enough" or (turn.intent == "deny" and not turn.news.fields & RENEWING):
        _respect_no(turn)
    elif value == "more":
        show_offers(turn, more=True)
    elif question.startswith("place") or turn.news.fields & RENEWING or (thread.place_options and turn.reading.places):
        _renew_offers(turn)
    else:
        _listen(turn)


def _respect_no(turn: Turn) -> None:
    """A no is a no; whoever thanks and goes is not asked anything more."""
    turn.thread.declined = True
    if says_thanks(turn.text):
        turn.say("thanks")
        return
    turn.say("offers_declined")
    offer_load_check(turn)


def _listen(turn: Turn) -> None:
    """What she tells after the offers: taken up, or at least received, before a person is offered again."""
    if turn.news:
        take_up(turn)
        _tell_group(turn, after_offers=True)
    elif turn.thread.interrupted and turn.thread.turn - turn.thread.interrupted <= 1:
        meet_after_danger(turn)
        return
    elif turn.asks and turn.choice is None:
        answer_unknown(turn)
        return
    elif turn.choice is None and turn.intent not in ("affirm", "deny", "greet", "continue_talk", "skip"):
        turn.say("tears" if turn.has_tears else "received")
    _invite(turn)


def meet_after_danger(turn: Turn) -> None:
    """Words for who just read whom to call; and for who was only asked, nothing that takes danger for certain."""
    turn.say("after_danger" if turn.profile.danger is not None else "after_danger_question")


def _says_yes(turn: Turn) -> bool:
    """A yes to a call by a person is short; in a longer message it is a yes to something else."""
    short = turn.means_otherwise or len(turn.text.split()) <= LONGEST_YES
    return turn.intent == "affirm" and not turn.reading.places and short


def go_on_with_load(turn: Turn) -> None:
    """The next of the questions about the load; after them to the request, or back into the talk."""
    in_request = turn.thread.phase in ("contact", "check", "change")
    if go_on_with_load_check(turn) or (not in_request and offer_questionnaire(turn)):
        return
    if turn.thread.phase in ("check", "change"):
        draft(turn)
        show_request(turn)
    elif in_request:
        go_on_with_request(turn)
    elif turn.thread.phase == "listening":
        ask_next(turn)
    else:
        _invite(turn)


def repeat_open_question(turn: Turn) -> None:
    """Back to the thread: the open question again, or the place where we were."""
    thread = turn.thread
    if repeat_questionnaire(turn):
        return
    if thread.in_load_check and thread.pending in (None, "load_check", *LOAD_QUESTIONS):
        _ask_load_again(turn)
    elif thread.pending in _OF_MEMORY:
        _OF_MEMORY[thread.pending](turn)
    elif thread.phase in ("contact", "check", "change"):
        go_on_with_request(turn, asked_aside=True)
    elif offer_interpreter(turn) or _stays_silent(turn):
        return
    elif thread.pending:
        _ask_open_question(turn)
    elif thread.phase in ("offers", "sent"):
        _invite(turn) if thread.phase == "offers" else say_where_it_stands(turn)
    elif (path := path_of(turn)) is None:
        ask_next(turn)
    elif path not in thread.told_roles:  # whoever is no carer is not asked whom she cares for
        answer_other_role(turn)
    else:
        turn.say("still_here")


def _stays_silent(turn: Turn) -> bool:
    """Who only wants to tell is asked nothing after an answer either."""
    if turn.thread.only_listens:
        turn.say("only_listens")
    return turn.thread.only_listens


def _ask_open_question(turn: Turn) -> None:
    """Once more, with a word that leads back to it; a question that was passed over twice gives way to the next."""
    if may_ask_again(turn):
        turn.say("back_to_thread")
    if not ask_again(turn):
        ask_next(turn)


def _ask_load_again(turn: Turn) -> None:
    thread = turn.thread
    if thread.pending is None:
        go_on_with_load(turn)
        return
    turn.say("back_to_thread")
    turn.say("ask_load_check" if thread.pending == "load_check" else f"ask_load_{thread.pending}")


_OF_MEMORY = {"known_value": ask_known_value, "still_true": ask_still_true, FORGET: ask_to_forget}


def _renew_offers(turn: Turn) -> None:
    if turn.thread.place_options:
        if turn.news:
            acknowledge(turn)
        ask(turn, "place_which")
        return
    if "wishes" in turn.news.fields and not turn.choice:
        turn.profile.wishes = [wish for wish in turn.profile.wishes if wish.turn == turn.thread.turn]
    take_up(turn)
    show_offers(turn)


def _tell_group(turn: Turn, *, cannot_wait: bool = False, after_offers: bool = False) -> None:
    """Knowledge for her situation, each line once; between two questions only what cannot wait."""
    group = line_for(turn.profile, turn.load, turn.thread.told_groups, after_offers=after_offers)
    if group is not None and (group in AT_ONCE or not cannot_wait):
        turn.thread.told_groups.append(group.value)
        turn.say(f"group_{group.value}")


def _invite(turn: Turn) -> None:
    """A call by a person is offered a few times, and never again after a no (R4)."""
    thread = turn.thread
    if turn.profile.minor is not None:
        turn.say("after_offers_minor")
    elif thread.declined or thread.said.get("after_offers", 0) >= MOST_INVITATIONS:
        turn.say("still_here")
    else:
        turn.say("after_offers")
