"""What each role at the desk may do, as one table, and the person who has the role.

The doors of the desk are made from this table (``channels/desk/doors.py``); nothing else decides on roles. Choices
that would be argued again:

- An **auditor** reads the audit log and nothing of any request, not even one without the carer's words: who cares for
  whom, how urgent it is and what help was asked are data on health too, and the log names the reference that a
  question can be asked with.
- An **administrator** may handle requests: in a small municipality that is one of the coordinators. What she opens is
  in the audit log like everybody else's, and the auditor is somebody else.
- What every role may see (the own account, the catalogue as carers see it) is in no permission: being signed in is
  enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from knowledge.vocabulary import Term


class StaffRole(Term):
    """What somebody is at the desk."""

    COORDINATOR = "coordinator", "coördinator"
    TEAM_LEAD = "team_lead", "teamleider"
    EDITOR = "editor", "redacteur"
    ADMIN = "admin", "beheerder"
    AUDITOR = "auditor", "toezichthouder"


class Permission(str, Enum):
    """One thing that a role may or may not do."""

    HANDLE_REQUESTS = "handle_requests"
    """Read and take up requests of the own municipality, write to the carer, close with an outcome."""
    SEE_TEAM = "see_team"
    """See what everybody in the team has in hand, and hand on what a colleague has."""
    FORWARD_OUT = "forward_out"
    """Hand a request on outside the own municipality."""
    EDIT_CATALOGUE = "edit_catalogue"
    PUBLISH = "publish"
    """Show a change of the catalogue to carers."""
    MANAGE_STAFF = "manage_staff"
    """Add, change and disable accounts, and see what could not be delivered."""
    READ_AUDIT_LOG = "read_audit_log"
    INSIGHT = "insight"
    """Figures without a person."""
    ANSWER_RIGHTS = "answer_rights"
    """Give a person all that the desk has of her request, and erase it when she asks (R115)."""


_HANDLING = {Permission.HANDLE_REQUESTS, Permission.FORWARD_OUT, Permission.INSIGHT}
_EDITING = {Permission.EDIT_CATALOGUE, Permission.PUBLISH}

MAY: dict[StaffRole, frozenset[Permission]] = {
    StaffRole.COORDINATOR: frozenset(_HANDLING),
    StaffRole.TEAM_LEAD: frozenset({*_HANDLING, Permission.SEE_TEAM, Permission.ANSWER_RIGHTS}),
    StaffRole.EDITOR: frozenset({*_EDITING, Permission.INSIGHT}),
    StaffRole.ADMIN: frozenset(Permission),
    StaffRole.AUDITOR: frozenset({Permission.READ_AUDIT_LOG}),
}


def who_may(permission: Permission) -> frozenset[StaffRole]:
    """The roles that have this permission."""
    return frozenset(role for role, permissions in MAY.items() if permission in permissions)


@dataclass(frozen=True)
class Staff:
    """A member of staff. ``municipality`` limits what they see; ``None`` means every municipality served here.

    ``team`` is a name within the municipality. ``second_factor``: a code of an authenticator is asked after the
    password.
    """

    id: int
    name: str
    email: str
    role: StaffRole
    municipality: str | None = None
    disabled_at: datetime | None = None
    team: str | None = None
    second_factor: bool = False
    has_password: bool = False

    def serves(self, municipality: str) -> bool:
        """May this person see what came in for ``municipality``?"""
        return self.municipality is None or self.municipality == municipality

    def may(self, permission: Permission | str) -> bool:
        """Does the role of this person have this permission?"""
        return Permission(permission) in MAY[self.role]
