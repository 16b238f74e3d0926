"""People who are not (only) carers: each gets a path with a real next step, and nobody is pressed into a role.

A path is one or two turns long: what fits who she is, and then a person to talk to or what there is nearby. Whoever
turns out to care for somebody leaves the path and goes on as a carer; so does a professional with the carer beside her.
"""

from __future__ import annotations

from actions.acknowledging import condole
from actions.asking import ask
from actions.loss import invite_later
from actions.offers import show_offers
from actions.reaching import start_request
from actions.turn import Turn
from bot.reading import Role, Stance
from bot.request.vocabulary import RequestState
from bot.talk.roles import is_carer

OWN_PATH: dict[str, tuple[str, str]] = {
    Role.CARED_FOR.value: ("role_cared_for", "cared_for_listens"),
    Role.PROFESSIONAL.value: ("role_professional", "professional_listens"),
    Role.FORMER_CARER.value: ("role_former_carer", "former_carer_listens"),
    Role.VOLUNTEER.value: ("role_volunteer", "volunteer_listens"),
    Role.OTHER.value: ("role_other", "other_listens"),
    Stance.THIRD_PERSON.value: ("role_third_person", "third_person_listens"),
    Stance.HYPOTHETICAL.value: ("role_hypothetical", "hypothetical_listens"),
}
"""The first answer on each path, and the one after."""
OWN_TRADE = {Role.PROFESSIONAL.value, Role.VOLUNTEER.value, Role.CARED_FOR.value}
"""Who tells of others as a matter of course: that somebody else cares says nothing new about her."""
LOVED_ONE_LIVES_THERE = {Role.PROFESSIONAL.value, Stance.THIRD_PERSON.value, Stance.HYPOTHETICAL.value}
"""Paths on which the place that is asked is that of the person who is, or will be, cared for."""

TOGETHER = "together"
"""The question whether the carer is there and agrees, before a professional prepares a request with her."""
_LEFT_IN_PEACE, _TOLD_OF_AFTER = "left_in_peace", "after"  # beside the roles in ``thread.told_roles``
_LISTEN_FIRST = 3  # turns: only then is the empty time spoken of
_RENEWS = {"carer_place", "loved_one_place", "wishes"}


def answer_other_role(turn: Turn) -> bool:
    """Answer someone who is not a carer; ``True`` when that was the answer."""
    thread = turn.thread
    if turn.profile.minor is not None:
        return _answer_young_person(turn)
    path = path_of(turn)
    if path is None:
        return False
    if path not in thread.told_roles and (not thread.wants_offers or path == Role.FORMER_CARER):
        thread.told_roles.append(path)
        thread.pending = None
        turn.say(_opening(turn, path))
    elif path == Role.FORMER_CARER:
        _stay_with_former_carer(turn)
    elif path != Role.PROFESSIONAL or not _prepare_together(turn):
        _go_on(turn, path)
    return True


def path_of(turn: Turn) -> str | None:
    """Whose path she is on, or ``None``: a carer, or not known. A loss is answered at any moment before a request."""
    profile, phase = turn.profile, turn.thread.phase
    role = profile.role.value if profile.role else Role.UNKNOWN.value
    if role == Role.FORMER_CARER:
        new = role not in turn.thread.told_roles
        return role if phase == "listening" or new or turn.profile.bereaved is not None else None
    if phase != "listening" or is_carer(profile) or turn.thread.with_professional:
        return None
    if profile.stance is not None and role not in OWN_TRADE:
        return str(profile.stance.value)
    if role == Role.OTHER and (profile.relation is not None or profile.conditions or profile.tasks):
        return None
    return role if role in OWN_PATH else None


def turns_out_young(turn: Turn) -> bool:
    """She tells that she is young while a request is made: it is gone, and she hears who is there for her (R10)."""
    thread = turn.thread
    if turn.profile.minor is None or thread.phase not in ("contact", "check", "change"):
        return False
    request = turn.services.requests.for_conversation(turn.conversation_id)
    if request is not None and request.state is RequestState.DRAFTED:
        turn.services.requests.erase(turn.conversation_id)
    turn.profile.contact.clear()
    thread.phase, thread.pending, thread.changing = "offers", None, None
    first = "minor" not in thread.told_roles
    if first:
        thread.told_roles.append("minor")
    turn.say("role_minor" if first else "minor_listens")
    return True


def listen_to_young_person(turn: Turn) -> bool:
    """Somebody young tells that the one she cared for died: words for her, people to talk to, and no question."""
    turn.thread.pending, turn.thread.phase = None, "offers"
    condole(turn)
    turn.say("minor_listens" if "minor" in turn.thread.told_roles else "role_minor")
    return True


def _answer_young_person(turn: Turn) -> bool:
    """A young person's answer and people to talk to (R10), then the talk goes on; after the offers we only listen."""
    thread = turn.thread
    if "minor" not in thread.told_roles:
        thread.told_roles.append("minor")
        turn.say("role_minor")
        if thread.pending not in (None, "place", "place_which", "place_confirm"):
            thread.pending = None  # she is not questioned, only helped on
        return False
    if thread.phase != "offers" or thread.place_options or turn.news.fields & _RENEWS:
        return False
    turn.say("minor_listens")
    return True


def _opening(turn: Turn, path: str) -> str:
    thread = turn.thread
    if path == Role.FORMER_CARER:
        thread.wants_offers = False
        thread.phase = "sent" if thread.phase == "sent" else "listening"  # no offers after a loss (R111)
        if turn.profile.bereaved is not None and not thread.condoled_lately:
            thread.condoled = thread.turn
            return "role_former_carer_lost"
        if turn.profile.bereaved is not None:
            return "role_former_carer_lost_met"
    return OWN_PATH[path][0]


def _prepare_together(turn: Turn) -> bool:
    """A request that the professional makes with the carer beside her; ``True`` when that was the answer.

    Only with the carer's yes: from then on everything said is hers, and the talk goes on as with any carer.
    """
    thread = turn.thread
    if turn.choice == ("path", TOGETHER):
        turn.ask(TOGETHER)
        return True
    agrees = _says_the_carer_agrees(turn)
    if TOGETHER in thread.asked:  # answered or passed over: a later yes answers something else
        thread.asked.remove(TOGETHER)
        thread.pending = None if thread.pending == TOGETHER else thread.pending
    if agrees is None:
        return False
    thread.with_professional, thread.wants_offers = agrees, False
    turn.say("professional_agreed" if agrees else "professional_not_agreed")
    return True


def _says_the_carer_agrees(turn: Turn) -> bool | None:
    question, value = turn.choice or ("", "")
    if question == TOGETHER:
        return value == "yes"
    if TOGETHER in turn.thread.asked and turn.intent in ("affirm", "deny"):
        return turn.intent == "affirm"
    return None


def _go_on(turn: Turn, path: str) -> None:
    """The second turn: what there is nearby, a person who calls, or listening with both at hand."""
    thread = turn.thread
    offers_are_asked = turn.choice == ("path", "offers") or (path == Role.PROFESSIONAL and turn.intent == "affirm")
    if offers_are_asked or (thread.wants_offers and thread.pending is None) or thread.place_options:
        thread.wants_offers = True
        _show_nearby(turn, path)
    elif thread.wants_offers and thread.pending == "place":
        _place_not_known(turn, path)
    elif turn.intent == "affirm" or turn.choice == ("offers", "request"):
        start_request(turn)
    elif turn.intent == "deny" or turn.choice == ("offers", "enough"):
        _leave_in_peace(turn, "offers_declined")
    elif _LEFT_IN_PEACE in thread.told_roles:
        turn.say("path_stays")
    else:
        turn.say(OWN_PATH[path][1])


def _show_nearby(turn: Turn, path: str) -> None:
    """What there is, once it is known where."""
    thread, profile = turn.thread, turn.profile
    if thread.place_options:
        ask(turn, "place_which")
    elif profile.carer_place or profile.loved_one_place or "place" in profile.refused:
        show_offers(turn)
    else:
        thread.place_of = "loved_one" if path in LOVED_ONE_LIVES_THERE else "carer"
        turn.ask("place", "place_around")


def _place_not_known(turn: Turn, path: str) -> None:
    """Asked once more, and then without the place."""
    turn.thread.misses += 1
    if turn.thread.misses < 2:
        turn.say("place_unknown")
        return
    turn.thread.misses, turn.thread.pending = 0, None
    turn.profile.refused.append("place")
    _show_nearby(turn, path)


def _stay_with_former_carer(turn: Turn) -> None:
    """After a loss nobody is asked whom she cares for, and no offers come (R111); a person can be asked for.

    First we listen; after some turns she reads once what there is for the time after the care.
    """
    told = turn.thread.told_roles
    if turn.intent == "affirm" or turn.choice == ("offers", "request"):
        start_request(turn)
    elif turn.intent == "deny" or turn.choice == ("offers", "enough"):
        _leave_in_peace(turn, "former_carer_declined")
    elif turn.intent in ("continue_talk", "greet"):
        turn.say("former_carer_tells")
    elif invite_later(turn, _turns_on_this_path(turn)):
        return
    elif _TOLD_OF_AFTER not in told and _turns_on_this_path(turn) >= _LISTEN_FIRST:
        told.append(_TOLD_OF_AFTER)
        turn.say("former_carer_after")
    else:
        turn.say("former_carer_stays" if _LEFT_IN_PEACE in told else "former_carer_listens")


def _turns_on_this_path(turn: Turn) -> int:
    role = turn.profile.role
    return 0 if role is None else turn.thread.turn - role.turn


def _leave_in_peace(turn: Turn, sentence: str) -> None:
    """A no is a no: a call is not offered again (R4)."""
    if _LEFT_IN_PEACE not in turn.thread.told_roles:
        turn.thread.told_roles.append(_LEFT_IN_PEACE)
    turn.say(sentence)
