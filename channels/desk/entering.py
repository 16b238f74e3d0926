"""The moment somebody is let in: a new session, a line in the audit log, and on to where they were going or to their
own work."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from bot.staff.accounts import Permission, Staff
from channels.desk.doors import Hall, Visit


class Entering:
    """Lets people in. ``editors_home``: the catalogue, empty where there is none."""

    def __init__(self, hall: Hall, editors_home: str) -> None:
        self._hall = hall
        self._editors_home = editors_home

    def enter(self, visit: Visit, person: Staff, way: str, wanted: str = "") -> Response:
        """In, to the page that was ``wanted`` if it is one of ours."""
        self._hall.audit.write(person, "sign-in", way)
        self._hall.begin_session(visit, person, way)
        return RedirectResponse(wanted if is_ours(wanted) else self.home(person), 303)

    def ask_code(self, visit: Visit, person: Staff, way: str, wanted: str) -> Response:
        """Not in yet: the second factor comes first."""
        self._hall.begin_session(visit, person, way, half_way=True)
        query = f"?{urlencode({'next': wanted})}" if is_ours(wanted) else ""
        return RedirectResponse(f"/desk/sign-in/code{query}", 303)

    def home(self, person: Staff) -> str:
        """Where the work of this person begins."""
        if person.may(Permission.HANDLE_REQUESTS):
            return "/desk/"
        if person.may(Permission.EDIT_CATALOGUE) and self._editors_home:
            return self._editors_home
        return "/desk/auditlog" if person.may(Permission.READ_AUDIT_LOG) else "/desk/account"


def is_ours(address: str) -> bool:
    """Does it lead to a page of the desk, and nowhere else?"""
    return address.startswith("/desk/") and not set(address) & set("\\\r\n\t") and "//" not in address
