"""People who are not (only) carers: nobody meets a closed door, and nobody is pressed into a role."""

from __future__ import annotations

from actions.base import Turn
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
    if path is None or role in thread.told_roles or thread.phase != "listening":
        return False
    if role != Role.FORMER_CARER.value and profile.relation is not None and (profile.tasks or profile.load_cues):
        return False
    thread.told_roles.append(role)
    thread.pending = None
    turn.say(path)
    return True
