"""Who works here, for administrators: add, change, shut out, let in again, and a way in that works once."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.staff.accounts import Staff, StaffRole
from bot.staff.management import ManagementError, NoSuchStaffError, StaffManagement, Wanted
from channels.desk.doors import Hall, Visit
from channels.desk.forms import Form, RefusedError

DONE = ("changed", "disabled", "enabled", "factor_off", "session", "session_gone", "signed_out")


class StaffViews:
    """Pages of the accounts."""

    def __init__(self, management: StaffManagement, hall: Hall, base_url: str) -> None:
        self._management = management
        self._hall = hall
        self._base_url = base_url

    def show(self, visit: Visit) -> Response:
        """Everybody, and the form for somebody new."""
        return self._list(visit, Wanted("", "", StaffRole.COORDINATOR.value, visit.staff.municipality or ""))

    def add(self, visit: Visit) -> Response:
        """Somebody new; the page shows the way in, once."""
        wanted = _wanted(visit.form)
        try:
            person, token = self._management.add(visit.staff, wanted)
        except ManagementError as error:
            return self._list(visit, wanted, error.code)
        return self._one(visit, person, link=self._link(token))

    def show_one(self, visit: Visit) -> Response:
        """One account."""
        done = visit.request.query_params.get("done", "")
        return self._one(visit, self._person(visit), done=done if done in DONE else "")

    def change(self, visit: Visit) -> Response:
        """Another name, role or place."""
        person, wanted = self._person(visit), _wanted(visit.form)
        try:
            self._management.change(visit.staff, person, wanted)
        except ManagementError as error:
            return self._one(visit, person, wanted=wanted, problem=error.code)
        return self._done(person, "changed")

    def disable(self, visit: Visit) -> Response:
        """Shut out."""
        person = self._person(visit)
        try:
            self._management.disable(visit.staff, person)
        except ManagementError as error:
            return self._one(visit, person, problem=error.code)
        return self._done(person, "disabled")

    def enable(self, visit: Visit) -> Response:
        """Let in again."""
        person = self._person(visit)
        self._management.enable(person)
        return self._done(person, "enabled")

    def sign_in_link(self, visit: Visit) -> Response:
        """A way in that works once, shown once."""
        person = self._person(visit)
        try:
            return self._one(visit, person, link=self._link(self._management.sign_in_link(person)))
        except ManagementError as error:
            return self._one(visit, person, problem=error.code)

    def reset_factor(self, visit: Visit) -> Response:
        """Switch the second factor of somebody off."""
        person = self._person(visit)
        self._management.reset_factor(person)
        return self._done(person, "factor_off")

    def end_session(self, visit: Visit) -> Response:
        """End one session of somebody."""
        person = self._person(visit)
        ended = self._hall.sessions.rows.end(person.id, visit.path("number"))
        return self._done(person, "session" if ended else "session_gone")

    def end_every_session(self, visit: Visit) -> Response:
        """Sign somebody out everywhere."""
        person = self._person(visit)
        self._management.sign_out(person)
        return self._done(person, "signed_out")

    def _person(self, visit: Visit) -> Staff:
        try:
            return self._management.get(visit.staff, visit.path("staff_id"))
        except NoSuchStaffError:
            raise RefusedError(404, "page") from None

    def _link(self, token: str) -> str:
        return f"{self._base_url}/desk/enter/{token}"

    def _done(self, person: Staff, code: str) -> Response:
        return RedirectResponse(f"/desk/medewerkers/{person.id}?done={code}", 303)

    def _list(self, visit: Visit, wanted: Wanted, problem: str = "") -> Response:
        people = self._management.people(visit.staff)
        return self._page(visit, "staff.html", problem, people=people, wanted=wanted)

    def _one(
        self,
        visit: Visit,
        one: Staff,
        *,
        wanted: Wanted | None = None,
        problem: str = "",
        done: str = "",
        link: str = "",
    ) -> Response:
        typed = wanted or Wanted(one.name, one.email, one.role.value, one.municipality or "", one.team or "")
        open_now = [(each, False) for each in self._hall.sessions.rows.of(one.id)]
        return self._page(
            visit, "staff_one.html", problem, one=one, wanted=typed, done=done, link=link, open_sessions=open_now
        )

    def _page(self, visit: Visit, template: str, problem: str, **values: Any) -> Response:
        values = {"problem": problem, "roles": list(StaffRole), **values}
        return self._hall.pages.page(visit, template, 422 if problem else 200, **values)


def _wanted(form: Form) -> Wanted:
    return Wanted(*(form.get(name)[:300] for name in ("name", "email", "role", "municipality", "team")))
