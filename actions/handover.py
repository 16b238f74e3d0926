"""From "I want a person" to a sent request: a few questions, the request as she sees it, her changes, her yes."""

from __future__ import annotations

import re

from actions.aftercare import answer_aftercare
from actions.asking import ask, offer_interpreter, place_for_request
from actions.base import Skill
from actions.local_rules import tell_what_cannot_wait
from actions.request_after import take_health, take_word_to_owner
from actions.request_details import ask_detail_or_show, leave_details, take_detail_answer
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
from bot.talk.agenda import whose_place
from bot.talk.contact import read_contact
from bot.talk.thread import CONTACT, DETAILS
from bot.understanding.text import fold

BUTTONS = ("request", "field", "field_out", "field_in", HEALTH, TELL_OWNER, FORM)
"""Questions of buttons under a request, also after it was sent."""
_NOT_ANY_MORE = re.compile(
    r"\b(?:laat maar|hoeft niet|toch (?:maar )?niet|geen aanvraag|wil niet meer|liever niet|nee nee)\b"
)


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

    def perform(self, turn: Turn) -> None:
        """The intent says what; without a request there is first one to make."""
        turn.take_in()
        if answer_aftercare(turn):
            return
        request = turn.services.requests.for_conversation(turn.conversation_id)
        if turn.intent == "ask_request_status" or (request is not None and request.state is not RequestState.DRAFTED):
            _handle_sent(turn, request)
        elif turn.thread.phase == "contact":
            leave(turn) if turn.intent == "withdraw_request" else _press_on(turn)
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


def start_request(turn: Turn) -> None:
    """Begin with what is still missing for a person to call her; nothing is sent yet."""
    if turn.profile.minor is not None:
        turn.say("human_minor")
        return
    if turn.thread.pending in DETAILS:  # she was on her way, and says it once more
        leave_details(turn)
        return
    turn.thread.phase = "contact"
    turn.thread.pending, turn.thread.in_load_check = None, False
    _ask_missing(turn)


def _press_on(turn: Turn) -> None:
    """She wants it sent while something is still asked: what is not there is asked once more, then left."""
    question = turn.thread.pending
    if question in CONTACT:
        _miss(turn, question)
    elif question in DETAILS:
        leave_details(turn)
    else:
        _take_place(turn)


def go_on_with_request(turn: Turn, *, asked_aside: bool = False) -> None:
    """The next step of the request. ``asked_aside``: a side question came between, so the open step is asked again."""
    thread = turn.thread
    question, value = turn.choice or ("", "")
    if asked_aside:
        _ask_again(turn)
    elif question in BUTTONS:
        _press(turn, question, value)
    elif thread.pending == HEALTH:
        if not take_health(turn, ""):
            _talk_over_request(turn)
    elif thread.pending == TELL_OWNER:
        take_word_to_owner(turn, "")
    elif question in DETAILS or turn.open_before in DETAILS:
        take_detail_answer(turn)
    elif thread.pending == "change_value":
        change_field(turn, turn.text)
    elif thread.pending in CONTACT:
        _take_contact(turn)
    elif thread.phase == "contact":
        _take_place(turn)
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
        turn.ask("change_value", field=field_label(value))
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


def _take_place(turn: Turn) -> None:
    """Without a place nobody knows who should call: it is asked once more, and then she hears who can be called."""
    thread, profile = turn.thread, turn.profile
    if thread.place_options or profile.loved_one_place or profile.carer_place:
        _ask_missing(turn)
        return
    if "place" not in profile.refused and thread.misses == 0:
        thread.misses = 1
        turn.say("place_unknown")
        return
    thread.phase, thread.pending, thread.misses = "offers", None, 0
    turn.say("request_without_place")


def _ask_missing(turn: Turn) -> None:
    profile, thread = turn.profile, turn.thread
    tell_what_cannot_wait(turn)
    if thread.place_options:
        ask(turn, "place_which")
    elif not (profile.loved_one_place or profile.carer_place):
        turn.profile.refused = [name for name in profile.refused if name != "place"]
        thread.place_of = whose_place(profile)
        turn.ask("place", place_for_request(turn.profile))
    elif "name" not in profile.contact and "name" not in profile.refused:
        turn.ask("name")
    elif not {"phone", "email"} & set(profile.contact) and "phone" not in profile.refused:
        turn.ask("phone")
    elif turn.thread.phase == "contact":
        ask_detail_or_show(turn)
    else:
        draft(turn)
        show_request(turn)


def _ask_again(turn: Turn) -> None:
    thread = turn.thread
    if thread.pending == "change_value" and thread.changing:
        turn.ask("change_value", field=field_label(thread.changing))
    elif thread.pending == TELL_OWNER:
        show_request(turn)
    elif thread.pending:
        ask(turn, thread.pending)
    elif thread.phase == "contact":  # offers came between, and put the open question away
        _ask_missing(turn)
    else:
        turn.say("request_waits")


def _take_contact(turn: Turn) -> None:
    """A name or a way to reach her. What does not look like it is asked once more, then left."""
    thread, profile = turn.thread, turn.profile
    question = thread.pending or ""
    if turn.intent == "skip" or (turn.reading.refuses is not None):
        profile.refused.append(question)
    else:
        found = read_contact(question, turn.text)
        if not found.keys() - {"name"} and (_NOT_ANY_MORE.search(fold(turn.text)) or turn.intent == "stop"):
            leave(turn)
            return
        if not found:
            _miss(turn, question)
            return
        profile.contact.update(found)
    thread.pending, thread.misses = None, 0
    _ask_missing(turn)


def _miss(turn: Turn, question: str) -> None:
    """No name or number in her words: asked once more, then left."""
    if turn.thread.misses == 0:
        turn.thread.misses = 1
        turn.say(f"{question}_odd")
        return
    turn.profile.refused.append(question)
    turn.thread.pending, turn.thread.misses = None, 0
    _ask_missing(turn)
