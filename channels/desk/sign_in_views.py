"""Coming in and going out: by password or by a link that works once, with a code of the telephone after it."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.audit.log import Outcome
from bot.staff.accounts import Staff, StaffAccounts
from bot.staff.second_factor import SecondFactors
from channels.desk.doors import Hall, Visit
from channels.desk.entering import Entering, is_ours
from channels.desk.forms import RefusedError
from channels.desk.sessions import BY_LINK, BY_PASSWORD, BY_PROVIDER
from channels.web.guards import TokenBuckets, address_of


class SignInViews:
    """Pages of signing in. ``provider``: is there also the account of the municipality?"""

    def __init__(
        self, staff: StaffAccounts, factors: SecondFactors, hall: Hall, entering: Entering, provider: bool
    ) -> None:
        self._staff = staff
        self._factors = factors
        self._hall = hall
        self._entering = entering
        self._provider = provider
        self._rate = TokenBuckets(most=30, per_second=0.1)  # tries from one address; an office shares one

    def ask(self, visit: Visit) -> Response:
        """The sign-in form."""
        return self._form(visit, visit.request.query_params.get("next", ""))

    def sign_in(self, visit: Visit) -> Response:
        """Check address and password; one answer for every way in which they can be wrong."""
        self._slow_down(visit)
        email, wanted = visit.form.get("email", ""), visit.form.get("next", "")
        person = self._staff.sign_in(email, visit.form.get("password", ""))
        if person is None:
            known = self._staff.by_address(email)
            if known is not None:
                self._hall.audit.write(known, "sign-in", BY_PASSWORD, Outcome.NOT_DONE)
            return self._form(visit, wanted, email, wrong=True)
        return self._next_step(visit, person, BY_PASSWORD, wanted)

    def ask_code(self, visit: Visit) -> Response:
        """The form for the second factor; who gave no password yet goes there first."""
        if self._hall.sessions.half_way(visit.session) is None:
            return RedirectResponse("/desk/sign-in", 303)
        return self._code_form(visit, visit.request.query_params.get("next", ""))

    def check_code(self, visit: Visit) -> Response:
        """Check the code; in when it is right."""
        self._slow_down(visit)
        person, wanted = self._hall.sessions.half_way(visit.session), visit.form.get("next", "")
        if person is None:
            return RedirectResponse("/desk/sign-in", 303)
        if not self._factors.passes(person, visit.form.get("code", "")):
            self._hall.audit.write(person, "sign-in", "code", Outcome.NOT_DONE)
            return self._code_form(visit, wanted, wrong=True)
        return self._entering.enter(visit, person, visit.session.way, wanted)

    def show_entrance(self, visit: Visit) -> Response:
        """A button only: programs that preview links open them too, and must not use them up."""
        return self._hall.pages.page(visit, "enter.html", token=visit.path("token"))

    def use_entrance(self, visit: Visit) -> Response:
        """Use the link up and come in. It replaces the password, not the second factor."""
        self._slow_down(visit)
        person = self._staff.sign_in_with_token(visit.path("token"))
        if person is None:
            raise RefusedError(410, "entrance")
        return self._next_step(visit, person, BY_LINK, "")

    def sign_out(self, visit: Visit) -> Response:
        """End the sessions of this person everywhere."""
        self._staff.sign_out(visit.staff.id)
        by_provider = visit.session.way == BY_PROVIDER
        visit.session = self._hall.sessions.start()
        return RedirectResponse("/desk/uitgelogd" if by_provider else "/desk/sign-in", 303)

    def _slow_down(self, visit: Visit) -> None:
        if self._rate.take(address_of(visit.request)):
            raise RefusedError(429, "too_many")

    def _next_step(self, visit: Visit, person: Staff, way: str, wanted: str) -> Response:
        step = self._entering.ask_code if person.second_factor else self._entering.enter
        return step(visit, person, way, wanted)

    def _form(self, visit: Visit, wanted: str, email: str = "", *, wrong: bool = False) -> Response:
        wanted = wanted if is_ours(wanted) else ""
        values = {"wanted": wanted, "email": email, "wrong": wrong, "provider": self._provider}
        return self._hall.pages.page(visit, "sign_in.html", 422 if wrong else 200, **values)

    def _code_form(self, visit: Visit, wanted: str, *, wrong: bool = False) -> Response:
        wanted = wanted if is_ours(wanted) else ""
        return self._hall.pages.page(visit, "sign_in_code.html", 422 if wrong else 200, wanted=wanted, wrong=wrong)
