"""A licensed questionnaire in the talk: offered once, asked word for word, its outcome told and kept apart (R32).

Only what the operator switched on (ADR 7). The outcome is hers: it never changes the load signal and goes into no
request.
"""

from __future__ import annotations

from actions.acknowledging import acknowledge
from actions.answering import answer_topic
from actions.questionnaire_asking import (
    OFFER,
    QUESTIONNAIRE,
    STOP,
    YES,
    ask_again,
    ask_item,
    ask_to_fill_in,
    buttons_of,
    close_questionnaire,
    end_early,
    is_open,
    is_under_way,
    stored_run,
    takes_back_refusal,
)
from actions.scope import is_out_of_scope, show_door
from actions.turn import Turn
from bot.load import LoadBand
from bot.talk.roles import is_carer
from knowledge.instruments import SKIPPED, Instrument, InstrumentError

_IN_REQUEST = ("contact", "check", "change")


def offer_questionnaire(turn: Turn) -> bool:
    """Offer the first that fits her, each once; ``True`` when that was asked."""
    instrument = _fitting(turn)
    if instrument is None:
        return False
    turn.thread.questionnaires_offered.append(instrument.pack.key)
    ask_to_fill_in(turn, instrument)
    return True


def answer_questionnaire(turn: Turn) -> bool:
    """Take the answer to the offer or to the open item; ``True`` when that was the answer to this message."""
    try:
        return _take(turn)
    except InstrumentError:
        end_early(turn)
        return True


def repeat_questionnaire(turn: Turn) -> bool:
    """After a side question: the offer or the same item again; ``True`` when one of these was open."""
    if not is_open(turn):
        return False
    try:
        ask_again(turn)
    except InstrumentError:
        end_early(turn)
    return True


def _fitting(turn: Turn) -> Instrument | None:
    """Not for the young, the bereaved and whoever is no carer, nor when it cannot go on like this (R37), nor
    where another company carries the messages (R117)."""
    profile, thread = turn.profile, turn.thread
    cares = profile.role is None or is_carer(profile) or thread.with_professional
    spared = profile.minor is not None or profile.bereaved is not None or profile.stance is not None
    if spared or not cares or thread.third_party or turn.load.band is LoadBand.CRISIS:
        return None
    relation = profile.relation.value if profile.relation else None
    fitting = (
        each
        for each in turn.services.instruments.available()
        if each.pack.key not in thread.questionnaires_offered and each.pack.assumes_relation in (None, relation)
    )
    return next(fitting, None)


def _may_resume(turn: Turn) -> bool:
    """She left it for something else, and now wants to go on where she was."""
    free = turn.thread.pending is None and turn.thread.phase not in _IN_REQUEST
    return is_under_way(turn) and free and turn.intent == "continue_talk"


def _take(turn: Turn) -> bool:
    if pressed := _pressed(turn):
        _take_button(turn, *pressed)
    elif turn.choice or not is_open(turn):
        if not _may_resume(turn):
            return False
        ask_again(turn)
    elif is_under_way(turn):
        _take_words(turn)
    else:
        return _take_words_to_offer(turn)
    return True


def _pressed(turn: Turn) -> tuple[str, int, str] | None:
    """Which questionnaire, which item and what was chosen, also when she types the words of a button."""
    question, value = turn.choice or ("", "")
    if turn.choice is None and is_under_way(turn) and is_open(turn):
        typed = turn.text.strip().casefold()
        choice = next((choice for title, choice in buttons_of(turn, stored_run(turn)) if title.casefold() == typed), "")
        question, _, value = choice.partition(":")
    if question != QUESTIONNAIRE:
        return None
    key, number, step = value.split(":")
    return key, int(number), step


def _take_button(turn: Turn, key: str, number: int, step: str) -> None:
    if number == OFFER:
        _answer_offer(turn, key, agrees=step == YES)
    elif not is_under_way(turn) or turn.thread.questionnaire["pack"] != key:
        turn.say("questionnaire_over")
    elif step == STOP:
        close_questionnaire(turn)
        turn.say("questionnaire_stopped")
    else:
        run = stored_run(turn)
        ask_item(turn, run.skip(number) if step == SKIPPED else run.answer(step, number))


def _take_words_to_offer(turn: Turn) -> bool:
    """A yes or a no. Anything else is not pressed: the offer lapses, and what she says is taken up."""
    key, refuses = turn.thread.questionnaire["pack"], takes_back_refusal(turn)
    if not refuses and turn.intent not in ("affirm", "deny"):
        close_questionnaire(turn)
        return False
    if turn.news:
        acknowledge(turn)
    _answer_offer(turn, key, agrees=not refuses and turn.intent == "affirm")
    return True


def _answer_offer(turn: Turn, key: str, *, agrees: bool) -> None:
    if is_under_way(turn):  # pressed once more
        ask_again(turn)
    elif agrees:
        instrument = turn.services.instruments.get(key)
        turn.say("questionnaire_begin")
        if instrument.text.introduction:
            turn.say("questionnaire_introduction", introduction=instrument.text.introduction)
        ask_item(turn, instrument.start())
    else:
        close_questionnaire(turn)
        turn.say("questionnaire_left")


def _take_words(turn: Turn) -> None:
    """Words that are no answer: that is said once, then the item is skipped. Asking or pausing costs nothing."""
    if takes_back_refusal(turn):
        ask_item(turn, stored_run(turn).skip())
    elif turn.topic_aside:
        answer_topic(turn, turn.topic_aside)
        ask_again(turn)
    elif is_out_of_scope(turn):
        show_door(turn)
        ask_again(turn)
    elif turn.came_back or turn.intent in ("greet", "continue_talk"):
        ask_again(turn)
    elif turn.thread.misses:
        run = stored_run(turn).skip()
        turn.say("leave_question")
        ask_item(turn, run)
    else:
        ask_item(turn, stored_run(turn), unclear=True)
