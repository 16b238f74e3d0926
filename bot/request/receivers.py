"""Whom a request can be passed on to: those who can say yes, and the desks outside."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.request.record import Receiver, Request
from bot.request.states import IN_HAND
from bot.request.teams import answering
from bot.request.vocabulary import ReceiverKind
from bot.staff.accounts import Staff
from knowledge.bodies import Body


def possible_receivers(session: Session, request: Request, staff: Staff) -> list[Receiver]:
    """Colleagues and teams of the municipality, other municipalities that are served here, and, when somebody has the
    request, desks outside. Who has it now is not among them."""
    everybody, here = answering(session), (request.municipality, None)
    colleagues = [person for person in everybody if person.municipality in here]
    elsewhere = {person.municipality for person in everybody if person.municipality} - {request.municipality}
    has_it = request.owner_id if request.state in IN_HAND else staff.id
    teams = sorted({person.team for person in colleagues if person.team} - {request.team})
    found = [Receiver(ReceiverKind.COLLEAGUE, one.name, staff_id=one.id) for one in colleagues if one.id != has_it]
    found += [Receiver(ReceiverKind.TEAM, f"het team {team}", team=team) for team in teams]
    found += [
        Receiver(ReceiverKind.MUNICIPALITY, f"de gemeente {name}", municipality=name) for name in sorted(elsewhere)
    ]
    if request.state in IN_HAND:
        found += [Receiver(ReceiverKind.DESK, body.label) for body in Body if body is not Body.MUNICIPALITY]
    return found
