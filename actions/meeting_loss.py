"""A death she tells of is met first, whatever else stands in the message and whatever was being asked.

Of the one she cares for: the care is over, so the form that was open is gone and nothing about it is asked any more.
Of somebody else: a word of condolence, and then the talk goes on where it was.
"""

from __future__ import annotations

from actions.acknowledging import acknowledge, condole
from actions.answering import GRIEF, answer_topic
from actions.handover import go_on_with_request
from actions.next_step import repeat_open_question
from actions.people import answer_other_role, listen_to_young_person
from actions.reaching import start_request
from actions.turn import Turn
from bot.reading import Role
from bot.request.vocabulary import RequestState

ON_THE_WAY = ("contact", "check", "change")


def meet_loss(turn: Turn) -> bool:
    """Meet a death told in this message; ``True`` when that was the answer."""
    if not turn.tells_of_death:
        return False
    role = turn.profile.role
    over = role is not None and role.value == Role.FORMER_CARER and role.turn == turn.thread.turn
    if turn.profile.minor is not None:
        return over and listen_to_young_person(turn)
    if over:
        _let_go(turn)
        _answer_what_was_asked(turn)
        return True
    condole(turn)
    if turn.thread.phase in ON_THE_WAY:
        go_on_with_request(turn, asked_aside=True)
        return True
    return _goes_on(turn)


def _goes_on(turn: Turn) -> bool:
    """After a word about somebody else who died: what she asked, and where we were. What she told is taken up there."""
    asked = turn.topic if turn.topic not in GRIEF else None
    if asked is None and (turn.news or turn.thread.phase not in ("listening", "offers")):
        return False
    acknowledge(turn)
    topic = asked or turn.topic_aside
    if topic is not None and answer_topic(turn, topic, aside=True):
        return True
    repeat_open_question(turn)
    return True


def _let_go(turn: Turn) -> None:
    """The form that was open is no use any more; what was sent is asked about after the condolence."""
    if turn.thread.phase in ON_THE_WAY:
        request = turn.services.requests.for_conversation(turn.conversation_id)
        if request is not None and request.state is RequestState.DRAFTED:
            turn.services.requests.erase(turn.conversation_id)
        turn.thread.phase = "listening"
    turn.thread.pending, turn.thread.in_load_check = None, False
    turn.thread.place_options = []
    answer_other_role(turn)


def _answer_what_was_asked(turn: Turn) -> None:
    topic = turn.topic or turn.topic_aside
    if turn.asks_human and turn.thread.phase == "listening":
        start_request(turn)
    elif topic is not None and topic not in GRIEF:
        answer_topic(turn, topic, aside=True)
