"""Coming in and going out: by password, by a link that works once; and choosing one's own password."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.staff import LEAST_PASSWORD_LENGTH, Staff, StaffAccounts, StaffError, StaffRole
from channels.desk.doors import Visit
from channels.desk.forms import RefusedError
from channels.desk.pages import Pages
from channels.desk.sessions import DeskSessions


class SignInViews:
    """Pages around the account of who works here."""

    def __init__(
        self, staff: StaffAccounts, sessions: DeskSessions, pages: Pages, editors_home: str = "/desk/account"
    ) -> None:
        self._editors_home = editors_home
        self._staff = staff
        self._sessions = sessions
        self._pages = pages

    def ask(self, visit: Visit) -> Response:
        """The sign-in form."""
        wanted = visit.request.query_params.get("next", "")
        return self._pages.page(visit, "sign_in.html", wanted=wanted, email="", wrong=False)

    def sign_in(self, visit: Visit) -> Response:
        """Check address and password; one answer for every way in which they can be wrong."""
        email, wanted = visit.form.get("email", ""), visit.form.get("next", "")
        person = self._staff.sign_in(email, visit.form.get("password", ""))
        if person is None:
            return self._pages.page(visit, "sign_in.html", 422, wanted=wanted, email=email, wrong=True)
        return self._enter(visit, person, wanted)

    def show_entrance(self, visit: Visit) -> Response:
        """A button only: programs that preview links open them too, and must not use them up."""
        return self._pages.page(visit, "enter.html", token=visit.path("token"))

    def use_entrance(self, visit: Visit) -> Response:
        """Use the link up and come in."""
        person = self._staff.sign_in_with_token(visit.path("token"))
        if person is None:
            raise RefusedError(410, "entrance")
        return self._enter(visit, person, "")

    def sign_out(self, visit: Visit) -> Response:
        """End the sessions of this person everywhere."""
        self._staff.sign_out(visit.staff.id)
        visit.session = self._sessions.start()
        return RedirectResponse("/desk/sign-in", 303)

    def account(self, visit: Visit) -> Response:
        """Who one is here, and the form for a password."""
        return self._account(visit, problem="", done=visit.request.query_params.get("done") == "password")

    def set_password(self, visit: Visit) -> Response:
        """Choose a password, typed twice."""
        password = visit.form.get("password", "")
        if password != visit.form.get("again", ""):
            return self._account(visit, problem="differs")
        try:
            self._staff.set_password(visit.staff.email, password)
        except StaffError:
            return self._account(visit, problem="short")
        return RedirectResponse("/desk/account?done=password", 303)

    def _account(self, visit: Visit, problem: str, done: bool = False) -> Response:
        status = 422 if problem else 200
        return self._pages.page(
            visit, "account.html", status, problem=problem, done=done, least_length=LEAST_PASSWORD_LENGTH
        )

    def _enter(self, visit: Visit, person: Staff, wanted: str) -> Response:
        visit.session = self._sessions.start(person)
        home = self._editors_home if person.role is StaffRole.EDITOR else "/desk/"
        return RedirectResponse(wanted if _is_ours(wanted) else home, 303)


def _is_ours(address: str) -> bool:
    """Does it lead to a page of the desk, and nowhere else?"""
    return address.startswith("/desk/") and not set(address) & set("\\\r\n\t") and "//" not in address
