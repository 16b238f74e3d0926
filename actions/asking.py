"""Asking one thing, in the words that fit."""

from __future__ import annotations

from actions.acknowledging import acknowledge
from actions.turn import Turn
from bot.profile import CarerProfile
from bot.reading import Role
from bot.talk.agenda import whose_place
from bot.talk.answers import refuse
from bot.talk.thread import BEFORE_OFFERS, MOST_TIMES
from bot.understanding.called import stands_for_several
from bot.understanding.language import DUTCH


def ask(turn: Turn, question: str) -> None:
    """Ask ``question`` in the words that fit who it is about."""
    thread, profile = turn.thread, turn.profile
    if question == "place":
        thread.place_of = whose_place(profile)
        turn.ask("place", _place_sentence(profile, thread.place_of))
    elif question == "place_confirm":
        _ask_to_confirm(turn)
    elif question == "place_which":
        spoken, first = turn.services.regions.spoken, thread.place_options[0]
        names = [option["municipality"] for option in thread.place_options]
        turn.ask(
            "place_which",
            "place_which_near" if first.get("near") else "place_which",
            choices=[(spoken(name), f"place_which:{name}") for name in names],
            place=first["place"],
        )
    elif question == "wish" and thread.in_a_home:
        turn.ask("wish", "wish_in_a_home")
    else:
        turn.ask(question)


def ask_again(turn: Turn) -> bool:
    """Put the open question once more; ``False`` when she passed it over often enough, and it is let go (R18).

    It stays asked, and is not noted as refused: she never said so. A question of hers in between counts less than words
    that pass ours over. The place is not let go for questions of hers: without it nothing nearby is found. It waits.
    """
    thread = turn.thread
    question = thread.pending
    if question is None:
        return False
    if question not in BEFORE_OFFERS or may_ask_again(turn):
        ask(turn, question)
    elif question == "place" and _asks_aside(turn):
        turn.say("place_waits")
    else:
        if thread.place_options:
            refuse(turn.profile, thread, "place_which")
        thread.pending = None
        return False
    return True


def may_ask_again(turn: Turn) -> bool:
    """Was the open question not put too often yet? After a question of hers it may be put once more."""
    return turn.thread.times.get(turn.thread.pending or "", 0) < MOST_TIMES + _asks_aside(turn)


def _asks_aside(turn: Turn) -> bool:
    return turn.asks or turn.topic is not None


def place_for_request(profile: CarerProfile) -> str:
    """The sentence that asks which municipality may call: where the care is, or where she lives when there is none."""
    alone = profile.role is not None and profile.role.value in (Role.FORMER_CARER.value, Role.CARED_FOR.value)
    return "place_request_own" if alone else "place_request"


def offer_interpreter(turn: Turn) -> bool:
    """Who writes in another language reads, once, that she may, and is asked about a call with an interpreter.

    ``True`` when that was the answer to this message; what she told was acknowledged first. A question of ours that
    was open is asked again later.
    """
    thread, language = turn.thread, turn.reading.language
    asked_enough = thread.interpreter_offered or thread.phase not in ("listening", "offers")
    if language == DUTCH or asked_enough or turn.profile.minor is not None or turn.must_be_taken_as_typed:
        return False
    if not turn.answered:
        thread.put_off()
    thread.interpreter_offered = True
    acknowledge(turn)
    known = turn.services.wording.has(f"utter_ask_interpreter_{language}")
    turn.ask("interpreter", f"interpreter_{language if known else 'other'}")
    return True


def _ask_to_confirm(turn: Turn) -> None:
    """One short line: a village is named with its municipality; what is only near, or spelt alike, is asked."""
    places = (turn.profile.loved_one_place, turn.profile.carer_place)
    unsure = next(place.value for place in places if place is not None and not place.confirmed)
    municipality = turn.services.regions.spoken(unsure["municipality"])
    derived = not unsure.get("near") and unsure["place"] not in (unsure["municipality"], municipality)
    turn.ask(
        "place_confirm",
        "place_confirm_derived" if derived else "place_confirm",
        place=unsure["place"],
        municipality=municipality,
    )


def _place_sentence(profile: CarerProfile, place_of: str) -> str:
    if profile.minor is not None:
        return "place_minor"
    if place_of == "loved_one" and stands_for_several(profile.called):
        return "place_loved_ones"
    return f"place_{place_of}"
