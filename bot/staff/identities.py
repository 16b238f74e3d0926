"""People who sign in with the account of their municipality: found by issuer and subject, made at their first visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from bot.staff.accounts import Staff, StaffAccounts, StaffError
from bot.staff.sign_in_settings import ClaimMapping, Place, UnknownPersonError
from bot.staff.tables import staff_accounts, staff_identities


class StaffIdentities:
    """Opens the account that belongs to what a provider says of somebody. ``official``: the name of a municipality,
    or ``None``."""

    def __init__(self, accounts: StaffAccounts, mapping: ClaimMapping, official: Callable[[str], str | None]) -> None:
        self._accounts = accounts
        self._mapping = mapping
        self._official = official

    def enter(self, issuer: str, claims: Mapping[str, Any]) -> Staff:
        """Who this is here, with the role and place that the claims give now. Raises ``UnknownPersonError``.

        An account that already has the address is taken over only when the provider says that the address was
        verified; its password is then gone, so that the provider decides who comes in.
        """
        place, subject = self._mapping.place(claims, self._official), str(claims["sub"])
        with self._accounts.sessions.begin() as session:
            known = _of(session, issuer, subject)
            if known is None:
                known = self._first_visit(session, issuer, subject, claims, place)
        person = self._accounts.get(known)
        if person is None:
            raise UnknownPersonError("disabled")
        return self._brought_up_to_date(person, _name(claims, person.name), place)

    def _first_visit(self, session: Session, issuer: str, subject: str, claims: Mapping[str, Any], place: Place) -> int:
        address = str(claims.get("email") or "").strip().casefold()
        columns = staff_accounts.c
        found = session.execute(select(columns.id).where(columns.email == address)).scalar() if address else None
        if found is None:
            try:
                found = self._accounts.insert(
                    session, _name(claims, address), address, place.role, place.municipality, place.team
                )
            except StaffError:
                raise UnknownPersonError("address") from None
        elif claims.get("email_verified") is not True:
            raise UnknownPersonError("taken")
        else:
            session.execute(update(staff_accounts).where(columns.id == found).values(password_hash=None))
        session.execute(insert(staff_identities).values(issuer=issuer, subject=subject, staff_id=found))
        return int(found)

    def _brought_up_to_date(self, person: Staff, name: str, place: Place) -> Staff:
        now = {"name": name, "role": place.role, "municipality": place.municipality, "team": place.team}
        if now == {key: getattr(person, key) for key in now}:
            return person
        return self._accounts.change(
            person, name=name, role=place.role, municipality=place.municipality, team=place.team
        )


def _of(session: Session, issuer: str, subject: str) -> int | None:
    columns = staff_identities.c
    found = select(columns.staff_id).where(columns.issuer == issuer, columns.subject == subject)
    return session.execute(found).scalar()


def _name(claims: Mapping[str, Any], otherwise: str) -> str:
    """What carers read when this person takes up a request."""
    return " ".join(str(claims.get("name") or claims.get("preferred_username") or otherwise).split())[:120] or otherwise
