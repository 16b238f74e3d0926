"""An account as it is stored: what may stand in it, and how it is read."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.staff.roles import Staff, StaffRole
from bot.staff.tables import staff_accounts, staff_second_factors

PEOPLE = select(staff_accounts, staff_second_factors.c.since.label("second_factor_since")).outerjoin(
    staff_second_factors, staff_second_factors.c.staff_id == staff_accounts.c.id
)
"""Everybody, with since when they have a second factor."""


class StaffError(ValueError):
    """An account cannot be made or changed as asked; the message says what to do, ``code`` names it for a page."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def address_of(email: str) -> str:
    """The address as it is kept, in small letters. Raises ``StaffError`` when it is none."""
    address = email.strip().casefold()
    if len(address) > 254 or not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise StaffError(f"{email!r} is not an e-mail address such as naam@gemeente.nl", "address")
    return address


def name_of(typed: str) -> str:
    """The name with single spaces. Raises ``StaffError`` when it is empty or over 120 characters."""
    name = " ".join(typed.split())
    if not name:
        raise StaffError("a name is needed: carers read it when somebody takes up their request", "name")
    if len(name) > 120:
        raise StaffError("a name has at most 120 characters", "name")
    return name


def team_of(typed: str | None) -> str | None:
    """The name of a team, ``None`` for none. Raises ``StaffError`` over 120 characters."""
    team = " ".join((typed or "").split())
    if len(team) > 120:
        raise StaffError("the name of a team has at most 120 characters", "team")
    return team or None


def row_of(session: Session, address: str) -> Any:
    """The account with this address, already in small letters; ``None`` if there is none."""
    return session.execute(PEOPLE.where(staff_accounts.c.email == address)).first()


def person_of(row: Any) -> Staff:
    """The person of a row of ``PEOPLE``."""
    return Staff(
        row.id,
        row.name,
        row.email,
        StaffRole(row.role),
        row.municipality,
        row.disabled_at,
        row.team,
        second_factor=row.second_factor_since is not None,
        has_password=row.password_hash is not None,
    )
