"""From "I want a person" to a sent request: a few questions, the request as she sees it, her changes, her yes."""

from __future__ import annotations

from actions.aftercare import answer_aftercare
from actions.asking import offer_interpreter
from actions.base import Skill
from actions.reaching import ask_again, leaves_request, press_on, start_request, take_contact, take_place
from actions.request_after import take_health, take_word_to_owner
from actions.request_details import take_detail_answer
from actions.request_form import FORM, take_form
from actions.request_steps import (
    HEALTH,
    TELL_OWNER,
    change_field,
    changeable_request,
    choose_change,
    draft,
    field_label,
    include_field,
    leave,
    reopen_or_tell,
    send,
    show_request,
    tell_status,
    tell_taken,
    withdraw,
)
from actions.turn import Turn
from bot.request.record import Request
from bot.request.vocabulary import RequestState
from bot.talk.in_context import speaks_of_request
from bot.talk.thread import CONTACT, DETAILS

BUTTONS = ("request", "field", "field_out", "field_in", HEALTH, TELL_OWNER, FORM)
"""Questions of buttons under a request, also after it was sent."""


class AskHuman(Skill):
    """She wants a person: from anywhere, mid-question too."""

    skill = "ask_human"

    def another(self, turn: Turn) -> str | None:
        """Asked what would help, "iemand om mee te praten" is a wish: it leads to offers, with a person beside them."""
        wishes_only = turn.thread.pending == "wish" and turn.reading.wishes and turn.reading.asks_human is None
        return "talk" if wishes_only and not turn.is_button else super().another(turn)

    def perform(self, turn: Turn) -> None:
        """Young people get a person to talk to; everyone else starts, or goes on with, the request."""
        turn.take_in()
        if turn.profile.minor is not None:
            turn.say("human_minor")
            return
        if turn.thread.phase == "sent":
            reopen_or_tell(turn)
            return
        if offer_interpreter(turn):
            return
        turn.say("human")
        start_request(turn)


class HandleRequest(Skill):
    """She speaks of the request itself: see it, change it, send it, take it back, or ask how it stands."""

    skill = "handle_request"

    def another(self, turn: Turn) -> str | None:
        """ "Ik stuur haar de link" sends no request: without one under way, sending must be said of a request."""
        under_way = turn.thread.phase in ("contact", "check", "change", "sent")
        sends = turn.intent == "send_request" and not turn.is_button
        other = sends and not under_way and not speaks_of_request(turn.text)
        if other:
            return "talk"
        elsewhere = turn.intent == "ask_request_status" and turn.thread.phase == "listening" and not turn.is_button
        if elsewhere and turn.services.requests.for_conversation(turn.conversation_id) is None:
            return "answer_question"  # the request she waits for was not made here
        return super().another(turn)

    def perform(self, turn: Turn) -> None:
        """The intent says what; without a request there is first one to make."""
        turn.take_in()
        if answer_aftercare(turn):
            return
        request = turn.services.requests.for_conversation(turn.conversation_id)
        if turn.intent == "ask_request_status" or (request is not None and request.state is not RequestState.DRAFTED):
            _handle_sent(turn, request)
        elif turn.thread.phase == "contact":
            leave(turn) if turn.intent == "withdraw_request" else press_on(turn)
        elif turn.thread.phase not in ("check", "change"):
            start_request(turn)
        elif turn.intent == "send_request":
            send(turn)
        elif turn.intent == "change_request":
            choose_change(turn)
        elif turn.intent == "withdraw_request":
            leave(turn)
        else:
            show_request(turn)


def _handle_sent(turn: Turn, request: Request | None) -> None:
    """A request that was sent: shown, changed, taken back, or told how it stands."""
    if turn.thread.pending == TELL_OWNER and turn.intent == "change_request":
        take_word_to_owner(turn, "")
    elif turn.intent == "withdraw_request" and request is not None:
        withdraw(turn, request)
    elif turn.intent == "change_request" and request is not None and request.state is not RequestState.WITHDRAWN:
        choose_change(turn)
    elif turn.intent == "show_request" and request is not None and request.state is not RequestState.WITHDRAWN:
        show_request(turn)
    else:
        tell_status(turn)


def go_on_with_request(turn: Turn, *, asked_aside: bool = False) -> None:
    """The next step of the request. ``asked_aside``: a side question came between, so the open step is asked again."""
    question, value = turn.choice or ("", "")
    if asked_aside:
        ask_again(turn)
    elif question in BUTTONS:
        _press(turn, question, value)
    elif not leaves_request(turn):
        _take_answer(turn, question)


def _take_answer(turn: Turn, question: str) -> None:
    """Her answer to what is open, or her words beside it."""
    thread = turn.thread
    if thread.pending == HEALTH:
        if not take_health(turn, ""):
            _talk_over_request(turn)
    elif thread.pending == TELL_OWNER:
        take_word_to_owner(turn, "")
    elif question in DETAILS or turn.open_before in DETAILS:
        take_detail_answer(turn)
    elif thread.pending == "change_value":
        change_field(turn, turn.text)
    elif thread.pending in CONTACT:
        take_contact(turn)
    elif thread.phase == "contact":
        take_place(turn)
    else:
        _talk_over_request(turn)


def _press(turn: Turn, question: str, value: str) -> None:
    """A button under the request; one of a request that is no longer there begins it anew."""
    if question == TELL_OWNER:
        take_word_to_owner(turn, value)
    elif changeable_request(turn) is None:
        _press_late(turn, question)
    elif question == FORM:
        take_form(turn, value)
    elif question == HEALTH:
        take_health(turn, value)
    elif question == "field":
        turn.thread.phase, turn.thread.changing = "change", value
        turn.ask("change_value", field=field_label(turn, value))
    elif question == "field_out":
        change_field(turn, None)
    elif question == "field_in":
        include_field(turn, value)
    else:
        {"send": send, "change": choose_change, "leave": leave, "show": show_request}[value](turn)


def _press_late(turn: Turn, question: str) -> None:
    """A button of a request that somebody took up, or that is no longer there."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    if request is None or request.state is RequestState.WITHDRAWN:
        start_request(turn)
    elif question == "request" and (turn.choice or ("", ""))[1] != "change":
        show_request(turn)
    else:
        tell_taken(turn, request)


def _talk_over_request(turn: Turn) -> None:
    """Words while the request is on screen: a yes is asked to be pressed, a no is a no, news goes into the request."""
    if turn.intent == "affirm":
        turn.say("request_press_send")
    elif turn.intent == "deny":
        leave(turn)
    elif turn.news:
        draft(turn)
        show_request(turn)
    else:
        turn.thread.misses += 1
        turn.say("request_waits") if turn.thread.misses % 2 else show_request(turn)
