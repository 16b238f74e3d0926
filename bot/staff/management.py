"""What an administrator does with accounts: only of the own municipality, and never so that nobody is left to undo
it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.staff.accounts import Staff, StaffAccounts, StaffError, StaffRole
from bot.staff.second_factor import SecondFactors


class NoSuchStaffError(LookupError):
    """There is nobody with this id, or not for this administrator."""


class ManagementError(ValueError):
    """Not like this; ``code``: ``name``, ``address``, ``known``, ``role``, ``municipality``, ``team``, ``self`` or
    ``off``."""

    def __init__(self, code: str) -> None:
        super().__init__(f"this cannot be done with an account: {code}")
        self.code = code


@dataclass(frozen=True)
class Wanted:
    """An account as it was typed in the form. ``municipality`` empty means every municipality."""

    name: str
    email: str
    role: str
    municipality: str = ""
    team: str = ""


class StaffManagement:
    """Methods raise ``NoSuchStaffError`` and ``ManagementError``. ``official``: the name of a municipality, or
    ``None``."""

    def __init__(self, accounts: StaffAccounts, factors: SecondFactors, official: Callable[[str], str | None]) -> None:
        self._accounts = accounts
        self._factors = factors
        self._official = official

    def people(self, admin: Staff) -> Sequence[Staff]:
        """Everybody this administrator looks after, by name; who is out comes last."""
        theirs = [person for person in self._accounts.list() if _looks_after(admin, person)]
        return sorted(theirs, key=lambda person: person.disabled_at is not None)

    def get(self, admin: Staff, staff_id: str) -> Staff:
        """One of them."""
        is_number = staff_id.isascii() and staff_id.isdigit() and len(staff_id) < 10  # more fits no database
        found = self._accounts.find(int(staff_id)) if is_number else None
        if found is None or not _looks_after(admin, found):
            raise NoSuchStaffError(staff_id)
        return found

    def add(self, admin: Staff, wanted: Wanted) -> tuple[Staff, str]:
        """A new account, and the token of a one-time sign-in."""
        role, municipality = self._place(admin, wanted)
        try:
            person = self._accounts.add(wanted.name, wanted.email, role, municipality, team=wanted.team)
            return person, self._accounts.issue_sign_in(person.email)
        except StaffError as error:
            raise ManagementError(error.code) from None

    def change(self, admin: Staff, person: Staff, wanted: Wanted) -> Staff:
        """Another name, role, municipality or team; the address stays. Nobody takes their own role away."""
        role, municipality = self._place(admin, wanted)
        if person.id == admin.id and (role, municipality) != (admin.role, admin.municipality):
            raise ManagementError("self")
        try:
            changed = self._accounts.change(
                person, name=wanted.name, role=role, municipality=municipality, team=wanted.team
            )
        except StaffError as error:
            raise ManagementError(error.code) from None
        return changed

    def disable(self, admin: Staff, person: Staff) -> None:
        """End every way in, at once. Nobody shuts themselves out."""
        if person.id == admin.id:
            raise ManagementError("self")
        self._accounts.disable(person.email)
        self._accounts.end_sign_ins(person.id)

    def enable(self, person: Staff) -> None:
        """Let somebody in again."""
        self._accounts.enable(person.email)

    def sign_in_link(self, person: Staff) -> str:
        """The token of a one-time sign-in."""
        try:
            return self._accounts.issue_sign_in(person.email)
        except StaffError:
            raise ManagementError("off") from None

    def reset_factor(self, person: Staff) -> None:
        """For who lost telephone and recovery codes: switch the second factor off, and end every session."""
        self._factors.disable(person)

    def sign_out(self, person: Staff) -> None:
        """End every session of somebody; the ways in stay as they are."""
        self._accounts.sign_out(person.id)

    def _place(self, admin: Staff, wanted: Wanted) -> tuple[StaffRole, str | None]:
        if wanted.role not in {role.value for role in StaffRole}:
            raise ManagementError("role")
        named = wanted.municipality.strip()
        municipality = self._official(named) if named else None
        if (named and municipality is None) or (admin.municipality is not None and municipality != admin.municipality):
            raise ManagementError("municipality")
        return StaffRole(wanted.role), municipality


def _looks_after(admin: Staff, person: Staff) -> bool:
    """Who serves every municipality is looked after by an administrator of every municipality."""
    return admin.municipality is None or admin.municipality == person.municipality
