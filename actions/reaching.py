"""What is still missing for a person to reach her: a place, what to call her, and a number or an address.

Each is asked once, and once more when the words do not look like it; then the request goes on without it.
"""

from __future__ import annotations

from actions.asking import ask, place_for_request
from actions.local_rules import tell_what_cannot_wait
from actions.request_details import ask_detail_or_show, leave_details
from actions.request_steps import TELL_OWNER, draft, field_label, leave, show_request
from actions.turn import Turn
from bot.talk.agenda import whose_place
from bot.talk.contact import read_contact
from bot.talk.details import wants_it_sent
from bot.talk.in_context import leaves
from bot.talk.thread import CONTACT, DETAILS

_PLACES = ("place", "place_which", "place_confirm")


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
    ask_missing(turn)


def press_on(turn: Turn) -> None:
    """She wants it sent while something is still asked: what is not there is asked once more, then left."""
    question = turn.thread.pending
    if question in CONTACT:
        _miss(turn, question)
    elif question in DETAILS:
        leave_details(turn)
    else:
        take_place(turn)


def take_place(turn: Turn) -> None:
    """Without a place nobody knows who should call: it is asked once more, and then she hears who can be called."""
    thread, profile = turn.thread, turn.profile
    if thread.place_options or profile.loved_one_place or profile.carer_place:
        ask_missing(turn)
        return
    if "place" not in profile.refused and thread.misses == 0:
        thread.misses = 1
        turn.say("place_unknown")
        return
    thread.phase, thread.pending, thread.misses = "offers", None, 0
    turn.say("request_without_place")


def ask_missing(turn: Turn) -> None:
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


def ask_again(turn: Turn) -> None:
    thread = turn.thread
    if thread.pending == "change_value" and thread.changing:
        turn.ask("change_value", field=field_label(turn, thread.changing))
    elif thread.pending == TELL_OWNER:
        show_request(turn)
    elif thread.pending:
        ask(turn, thread.pending)
    elif thread.phase == "contact":  # offers came between, and put the open question away
        ask_missing(turn)
    else:
        turn.say("request_waits")


def take_contact(turn: Turn) -> None:
    """A name or a way to reach her. What does not look like it is asked once more, then left."""
    thread, profile = turn.thread, turn.profile
    question = thread.pending or ""
    if turn.intent == "skip" or (turn.reading.refuses is not None):
        profile.refused.append(question)
    else:
        found = read_contact(question, turn.text)
        if not found:
            _miss(turn, question)
            return
        profile.contact.update(found)
    thread.pending, thread.misses = None, 0
    ask_missing(turn)


def _miss(turn: Turn, question: str) -> None:
    """No name or number in her words: asked once more, then left."""
    if turn.thread.misses == 0:
        turn.thread.misses = 1
        turn.say(f"{question}_odd")
        return
    turn.profile.refused.append(question)
    turn.thread.pending, turn.thread.misses = None, 0
    ask_missing(turn)


def leaves_request(turn: Turn) -> bool:
    """ "Laat maar", typed while something is asked for the request: she would rather not. ``True`` when it was left."""
    asked = turn.open_before in (*_PLACES, *CONTACT, *DETAILS) and turn.thread.phase == "contact"
    called_off = (turn.intent == "stop" or leaves(turn.text)) and not wants_it_sent(turn.text)
    if turn.choice or not asked or not called_off or turn.intent in ("thanks", "goodbye", "send_request", "greet"):
        return False
    if turn.open_before in CONTACT and read_contact("phone", turn.text):
        return False
    leave(turn)
    return True
