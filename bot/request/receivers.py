"""Whom a request can be passed on to: those who can say yes, and the desks outside."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.request.record import Receiver, Request
from bot.request.states import IN_HAND
from bot.request.vocabulary import ReceiverKind
from bot.staff import Permission, Staff
from bot.staff_roles import who_may
from bot.staff_tables import staff_accounts
from knowledge.desks import Body

_HANDLING = sorted(role.value for role in who_may(Permission.HANDLE_REQUESTS))


def possible_receivers(session: Session, request: Request, staff: Staff) -> list[Receiver]:
    """Colleagues and teams of the municipality, other municipalities that are served here, and, when somebody has the
    request, desks outside. Who has it now is not among them."""
    accounts = staff_accounts.c
    columns = (accounts.id, accounts.name, accounts.municipality, accounts.team)
    handling = (accounts.disabled_at.is_(None), accounts.role.in_(_HANDLING))
    here = or_(accounts.municipality == request.municipality, accounts.municipality.is_(None))
    colleagues = session.execute(select(*columns).where(*handling, here).order_by(accounts.name)).all()
    elsewhere = select(accounts.municipality).where(*handling, accounts.municipality != request.municipality).distinct()
    has_it = request.owner_id if request.state in IN_HAND else staff.id
    teams = sorted({row.team for row in colleagues if row.team} - {request.team})
    found = [Receiver(ReceiverKind.COLLEAGUE, row.name, staff_id=row.id) for row in colleagues if row.id != has_it]
    found += [Receiver(ReceiverKind.TEAM, f"het team {team}", team=team) for team in teams]
    found += [
        Receiver(ReceiverKind.MUNICIPALITY, f"de gemeente {name}", municipality=name)
        for name in sorted(session.scalars(elsewhere))
    ]
    if request.state in IN_HAND:
        found += [Receiver(ReceiverKind.DESK, body.label) for body in Body if body is not Body.MUNICIPALITY]
    return found
