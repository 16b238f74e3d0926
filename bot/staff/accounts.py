"""Who works at the desk: local accounts, their roles and places; how they come in is ``bot/staff/ways_in.py``."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bot.staff.roles import Permission, Staff, StaffRole
from bot.staff.rows import PEOPLE, StaffError, address_of, name_of, person_of, row_of, team_of
from bot.staff.tables import staff_accounts
from bot.staff.ways_in import WaysIn

__all__ = ["Permission", "Staff", "StaffAccounts", "StaffError", "StaffRole"]


class StaffAccounts(WaysIn):
    """The accounts. E-mail addresses are compared without regard to capitals."""

    def add(
        self,
        name: str,
        email: str,
        role: StaffRole,
        municipality: str | None = None,
        password: str | None = None,
        *,
        team: str | None = None,
    ) -> Staff:
        """A new account. Raises ``StaffError`` on an empty name, a malformed or known
        address, or a refused password."""
        with self._sessions.begin() as session:
            self.insert(session, name, email, role, municipality, team, password)
            return person_of(row_of(session, address_of(email)))

    def insert(
        self,
        session: Session,
        name: str,
        email: str,
        role: StaffRole,
        municipality: str | None = None,
        team: str | None = None,
        password: str | None = None,
    ) -> int:
        """A new account within a transaction of the caller; gives its id. Raises ``StaffError`` as ``add`` does."""
        address, about = address_of(email), [name, email, municipality or "", team or ""]
        if row_of(session, address) is not None:
            raise StaffError(f"{address} already has an account", "known")
        new = insert(staff_accounts).values(
            name=name_of(name),
            email=address,
            role=StaffRole(role).value,
            municipality=municipality or None,
            team=team_of(team),
            password_hash=self._hashed(password, about) if password is not None else None,
            created_at=self._clock(),
        )
        return int(session.execute(new).inserted_primary_key[0])

    def list(self) -> Sequence[Staff]:
        """Everyone, also the disabled, by name."""
        with self._sessions() as session:
            return [person_of(row) for row in session.execute(PEOPLE.order_by(staff_accounts.c.name))]

    def get(self, staff_id: int) -> Staff | None:
        """The person with this id, or ``None`` if there is none or the account is disabled."""
        person = self.find(staff_id)
        return person if person is not None and person.disabled_at is None else None

    def find(self, staff_id: int) -> Staff | None:
        """The person with this id, also when the account is disabled; ``None`` if there is none."""
        with self._sessions() as session:
            row = session.execute(PEOPLE.where(staff_accounts.c.id == staff_id)).first()
        return person_of(row) if row is not None else None

    def by_address(self, email: str) -> Staff | None:
        """Who has this address, also when the account is disabled; ``None`` if nobody has."""
        with self._sessions() as session:
            row = row_of(session, email.strip().casefold())
        return person_of(row) if row is not None else None

    def disable(self, email: str) -> None:
        """End every way in, at once. Raises ``StaffError`` if nobody has this address."""
        self._change(email, disabled_at=self._clock(), ends_sessions=True)

    def enable(self, email: str) -> None:
        """Let somebody in again who was disabled. Raises ``StaffError`` if nobody has this address."""
        self._change(email, disabled_at=None)

    def change(self, staff: Staff, *, name: str, role: StaffRole, municipality: str | None, team: str | None) -> Staff:
        """Another name, role or place. Sessions go on; what they may is asked anew at every page. Raises
        ``StaffError``."""
        changed = {"role": StaffRole(role).value, "municipality": municipality or None, "team": team_of(team)}
        self._change(staff.email, name=name_of(name), **changed)
        found = self.find(staff.id)
        assert found is not None
        return found

    def ensure_local_staff(self) -> Sequence[tuple[Staff, str]]:
        """For a start on one's own machine: a coordinator and an editor if nobody has an account, and a fresh way in.

        Empty as soon as there are only accounts that somebody made on purpose.
        """
        with self._sessions() as session:
            nobody = session.execute(select(func.count()).select_from(staff_accounts)).scalar_one() == 0
        if nobody:
            for name, email, role in _LOCAL_STAFF:
                self.add(name, email, role)
        people = [person for person in self.list() if is_local(person) and person.disabled_at is None]
        return [(person, self.issue_sign_in(person.email)) for person in people]


def is_local(staff: Staff) -> bool:
    """Is this one of the two people that a first start makes, to try everything on one's own machine?"""
    return staff.email in {email for _, email, _ in _LOCAL_STAFF}


_LOCAL_STAFF = (
    ("Coördinator (lokaal)", "coordinator@localhost", StaffRole.COORDINATOR),
    ("Redacteur (lokaal)", "editor@localhost", StaffRole.EDITOR),
)
