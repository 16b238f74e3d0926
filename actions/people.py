"""People who are not (only) carers: each gets a path with a real next step, and nobody is pressed into a role.

A path is one or two turns long: what fits who she is, and then a person to talk to or what there is nearby. Whoever
turns out to care for somebody leaves the path and goes on as a carer.
"""

from __future__ import annotations

from actions.asking import ask
from actions.base import Turn
from actions.handover import start_request
from actions.offers import show_offers
from bot.reading import Role, Stance
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


def answer_other_role(turn: Turn) -> bool:
    """Answer someone who is not a carer; ``True`` when that was the answer.

    A young person gets a young person's answer and a person to talk to (R10), and then goes on.
    """
    thread, profile = turn.thread, turn.profile
    if profile.minor is not None:
        if "minor" not in thread.told_roles:
            thread.told_roles.append("minor")
            turn.say("role_minor")
        return False
    path = path_of(turn)
    if path is None:
        return False
    if path not in thread.told_roles and (not thread.wants_offers or path == Role.FORMER_CARER):
        thread.told_roles.append(path)
        thread.pending = None
        turn.say(_opening(turn, path))
    elif path == Role.FORMER_CARER:
        _stay_with_former_carer(turn)
    else:
        _go_on(turn, path)
    return True


def path_of(turn: Turn) -> str | None:
    """Whose path she is on, or ``None``: a carer, or not known. A loss is answered at any moment before a request."""
    profile, phase = turn.profile, turn.thread.phase
    role = profile.role.value if profile.role else Role.UNKNOWN.value
    if role == Role.FORMER_CARER:
        new = role not in turn.thread.told_roles
        return role if phase == "listening" or (new and phase in ("offers", "sent")) else None
    if phase != "listening" or is_carer(profile):
        return None
    if profile.stance is not None and role not in OWN_TRADE:
        return str(profile.stance.value)
    if role == Role.OTHER and (profile.relation is not None or profile.conditions or profile.tasks):
        return None
    return role if role in OWN_PATH else None


def _opening(turn: Turn, path: str) -> str:
    thread = turn.thread
    if path == Role.FORMER_CARER:
        thread.wants_offers = False
        thread.phase = "sent" if thread.phase == "sent" else "listening"  # no offers after a loss (R111)
        if turn.profile.bereaved is not None:
            return "role_former_carer_lost"
    return OWN_PATH[path][0]


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
        turn.say("offers_declined")
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
    """After a loss nobody is asked whom she cares for, and no offers come (R111); a person can be asked for."""
    if turn.intent == "affirm" or turn.choice == ("offers", "request"):
        start_request(turn)
    elif turn.intent == "deny" or turn.choice == ("offers", "enough"):
        turn.say("former_carer_declined")
    elif turn.intent in ("continue_talk", "greet"):
        turn.say("former_carer_tells")
    else:
        turn.say("former_carer_listens")
