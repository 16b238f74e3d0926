"""Switching the second factor on with an authenticator app, new codes for on paper, and switching it off.

Nothing needs JavaScript: the picture to scan is drawn into the page, the key stands under it to type, and until the
first code the secret travels sealed in the form.
"""

from __future__ import annotations

import segno
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from bot.staff.accounts import StaffAccounts
from bot.staff.second_factor import Proposal, SecondFactorError, SecondFactors
from channels.desk.doors import Hall, Visit
from channels.desk.sessions import BY_PROVIDER

GROUP = 4


class FactorViews:
    """Pages of the second factor of the own account."""

    def __init__(self, staff: StaffAccounts, factors: SecondFactors, hall: Hall) -> None:
        self._staff = staff
        self._factors = factors
        self._hall = hall

    def show(self, visit: Visit) -> Response:
        """How to set it up; or, when it is on, what can be done with it."""
        if visit.staff.second_factor or visit.session.way == BY_PROVIDER:
            return self._page(visit)
        return self._page(visit, proposal=self._factors.propose(visit.staff))

    def enable(self, visit: Visit) -> Response:
        """Switch it on with the first code, and show the recovery codes this once. Other browsers are signed out."""
        if visit.session.way == BY_PROVIDER:
            return self._page(visit, problem="provider")
        sealed, person = visit.form.get("sealed", ""), visit.staff
        try:
            codes = self._factors.enable(person, sealed, visit.form.get("code", ""))
        except SecondFactorError as error:
            again = self._factors.propose(person) if error.code == "old" else None
            again = self._factors.reopen(person, sealed) if error.code == "code" else again
            return self._page(visit, problem=error.code, proposal=again)
        self._hall.begin_session(visit, person, visit.session.way)
        visit.form_token = self._hall.sessions.form_token(visit.session)
        return self._page(visit, codes=codes)

    def renew_codes(self, visit: Visit) -> Response:
        """New codes for on paper, for who has a code of now."""
        if not self._passes(visit):
            return self._page(visit, problem="code")
        return self._page(visit, codes=self._factors.renew_codes(visit.staff))

    def disable(self, visit: Visit) -> Response:
        """Switch it off, for who has a code of now and is not obliged to have it."""
        person = visit.staff
        if self._hall.sessions.obliges(person):
            return self._page(visit, problem="obliged")
        if not self._passes(visit):
            return self._page(visit, problem="code")
        self._factors.disable(person)
        self._hall.begin_session(visit, person, visit.session.way)
        return RedirectResponse("/desk/account?done=factor_off", 303)

    def _passes(self, visit: Visit) -> bool:
        with self._hall.audit.apart():
            return self._factors.passes(visit.staff, visit.form.get("code", ""))

    def _page(
        self, visit: Visit, problem: str = "", proposal: Proposal | None = None, codes: list[str] | None = None
    ) -> Response:
        person = visit.staff
        return self._hall.pages.page(
            visit,
            "second_factor.html",
            422 if problem else 200,
            problem=problem,
            proposal=proposal,
            picture=_picture(proposal.uri) if proposal else "",
            key_in_groups=_in_groups(proposal.key) if proposal else "",
            codes=codes or [],
            left=self._factors.codes_left(person),
            obliged=self._hall.sessions.obliges(person),
            by_provider=visit.session.way == BY_PROVIDER,
        )


def _picture(uri: str) -> Markup:
    """The QR code as part of the page: no address to fetch, so nothing but this page ever holds it."""
    drawn = segno.make(uri, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=False)
    return Markup(drawn)  # noqa: S704 - drawn by the library from squares; the text is in no tag


def _in_groups(key: str) -> str:
    """The key as people type it over."""
    return " ".join(key[start : start + GROUP] for start in range(0, len(key), GROUP))
