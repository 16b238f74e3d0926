"""People who are not (only) carers: nobody meets a closed door, and nobody is pressed into a role."""

from __future__ import annotations

from actions.base import Turn
from actions.handover import start_request
from bot.reading import Role

OWN_PATH = {
    Role.CARED_FOR.value: "role_cared_for",
    Role.PROFESSIONAL.value: "role_professional",
    Role.FORMER_CARER.value: "role_former_carer",
    Role.VOLUNTEER.value: "role_volunteer",
}


def answer_other_role(turn: Turn) -> bool:
    """Answer someone who is not a carer, once for each role; ``True`` when that was the answer.

    Whoever also names someone she cares for at home goes on as a carer. A young person gets a young person's answer
    and a person to talk to (R10), and then goes on.
    """
    thread, profile = turn.thread, turn.profile
    if profile.minor is not None and "minor" not in thread.told_roles:
        thread.told_roles.append("minor")
        turn.say("role_minor")
        return False
    role = profile.role.value if profile.role else Role.UNKNOWN.value
    path = OWN_PATH.get(role)
    if path is None or thread.phase != "listening":
        return False
    if role == Role.FORMER_CARER.value and role in thread.told_roles:
        return _stay_with_former_carer(turn)
    if role == Role.CARED_FOR.value and role in thread.told_roles:
        return _stay_with_cared_for(turn)
    if role in thread.told_roles:
        return False
    if role != Role.FORMER_CARER.value and profile.relation is not None and (profile.tasks or profile.load_cues):
        return False
    thread.told_roles.append(role)
    thread.pending = None
    turn.say(path)
    return True


def _stay_with_cared_for(turn: Turn) -> bool:
    """Who is cared for is not asked whom she cares for; a person can be asked for, for both of them."""
    if turn.intent == "affirm" or turn.choice == ("offers", "request"):
        start_request(turn)
    else:
        turn.say("cared_for_listens")
    return True


def _stay_with_former_carer(turn: Turn) -> bool:
    """After a loss nobody is asked whom she cares for, and no offers come (R111); a person can be asked for."""
    if turn.profile.others_cared_for:
        return False
    if turn.intent == "affirm" or turn.choice == ("offers", "request"):
        start_request(turn)
    else:
        turn.say("former_carer_listens")
    return True
