"""The own account: who one is here, and choosing one's own password."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.staff.accounts import StaffAccounts, StaffError
from bot.staff.passwords import LEAST_LENGTH
from bot.staff.sessions import OpenSession
from channels.desk.doors import Hall, Visit
from channels.desk.sessions import BY_LINK, BY_PASSWORD, BY_PROVIDER

DONE = ("password", "factor_off", "session", "session_gone")


class AccountViews:
    """Pages of the own account."""

    def __init__(self, staff: StaffAccounts, hall: Hall) -> None:
        self._staff = staff
        self._hall = hall

    def account(self, visit: Visit) -> Response:
        """Who one is here, and the form for a password."""
        return self._page(visit, problem="", done=visit.request.query_params.get("done", ""))

    def set_password(self, visit: Visit) -> Response:
        """Choose a password, typed twice; with the old one, unless one came in by a link because it was forgotten.

        Every session ends, also with whoever knew the old password; this browser goes on in a new one.
        """
        person, password = visit.staff, visit.form.get("password", "")
        if visit.session.way == BY_PROVIDER:
            return self._page(visit, problem="provider")
        if password != visit.form.get("again", ""):
            return self._page(visit, problem="differs")
        if _asks_old(visit) and not self._knows_old(visit):
            return self._page(visit, problem="old")
        try:
            self._staff.set_password(person.email, password)
        except StaffError as error:
            return self._page(visit, problem=error.code)
        self._staff.end_sign_ins(person.id)
        self._hall.begin_session(visit, person, BY_PASSWORD)
        return RedirectResponse("/desk/account?done=password", 303)

    def end_session(self, visit: Visit) -> Response:
        """End one session of one's own; ending that of this browser is signing out here."""
        open_now = self._hall.sessions.rows
        here = [each for each in open_now.of(visit.staff.id) if self._hall.sessions.is_here(visit.session, each)]
        if not open_now.end(visit.staff.id, visit.path("number")):
            return RedirectResponse("/desk/account?done=session_gone", 303)
        if str(here[0].id if here else "") == visit.path("number"):
            return RedirectResponse("/desk/sign-in", 303)
        return RedirectResponse("/desk/account?done=session", 303)

    def _knows_old(self, visit: Visit) -> bool:
        with self._hall.audit.apart():
            return self._staff.sign_in(visit.staff.email, visit.form.get("old", "")) is not None

    def _page(self, visit: Visit, problem: str, done: str = "") -> Response:
        return self._hall.pages.page(
            visit,
            "account.html",
            422 if problem else 200,
            problem=problem,
            done=done if done in DONE else "",
            open_sessions=self._open_sessions(visit),
            least_length=LEAST_LENGTH,
            asks_old=_asks_old(visit),
            by_provider=visit.session.way == BY_PROVIDER,
        )

    def _open_sessions(self, visit: Visit) -> list[tuple[OpenSession, bool]]:
        """Where one is signed in, and whether it is here; here comes first."""
        sessions = self._hall.sessions
        found = [(each, sessions.is_here(visit.session, each)) for each in sessions.rows.of(visit.staff.id)]
        return sorted(found, key=lambda one: not one[1])


def _asks_old(visit: Visit) -> bool:
    return visit.staff.has_password and visit.session.way != BY_LINK
