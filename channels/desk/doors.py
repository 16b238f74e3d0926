"""The door of every desk page: who comes in, what they may, whether the form is ours; then the view, in a thread.

Each route names the roles it is for (``EVERYONE`` for what is seen before signing in). There is no default, and a test
reads the route table to prove that none was forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from bot.request.base import NoSuchRequestError
from bot.request.staff_side import TakenError
from bot.request.states import NotAllowedError
from bot.staff import Staff, StaffRole
from channels.desk.forms import SMALL, Form, RefusedError, Room, read_form
from channels.desk.pages import Pages
from channels.desk.sessions import DeskSession, DeskSessions

EVERYONE: frozenset[StaffRole] | None = None
SIGNED_IN = frozenset(StaffRole)
HANDLING = frozenset({StaffRole.COORDINATOR, StaffRole.ADMIN})
EDITING = frozenset({StaffRole.EDITOR, StaffRole.ADMIN})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass
class Visit:
    """One request of one browser: ``session`` may be replaced by the view (signing in and out)."""

    request: Request
    session: DeskSession
    person: Staff | None
    form_token: str
    form: Form = field(default_factory=Form)

    @property
    def staff(self) -> Staff:
        """The person who signed in; only for pages that are not for everyone."""
        if self.person is None:
            raise LookupError("nobody is signed in")
        return self.person

    def path(self, name: str) -> str:
        """A part of the address, such as the reference."""
        return str(self.request.path_params[name])


View = Callable[[Visit], Response]


class Door:
    """An endpoint: ``view`` behind the checks for ``roles``."""

    def __init__(
        self,
        view: View,
        roles: frozenset[StaffRole] | None,
        sessions: DeskSessions,
        pages: Pages,
        room: Room = SMALL,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.view = view
        self.roles = roles
        self._sessions = sessions
        self._pages = pages
        self._room = room
        self._headers = {**HEADERS, **(headers or {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        before = self._sessions.read(request)
        session = before or self._sessions.start()
        person = await run_in_threadpool(self._sessions.person, session)
        visit = Visit(request, session, person, self._sessions.form_token(session))
        response = await self._answer(visit)
        if visit.session != before:
            self._sessions.give(response, visit.session)
        response.headers.update(self._headers)
        await response(scope, receive, send)

    async def _answer(self, visit: Visit) -> Response:
        try:
            if self.roles is not None:
                if visit.person is None:
                    return _to_sign_in(visit.request)
                if visit.person.role not in self.roles:
                    raise RefusedError(403, "role")
            if visit.request.method == "POST":
                visit.form = await read_form(visit.request, self._room)
                if not self._sessions.knows(visit.session, visit.form.get("form_token", "")):
                    raise RefusedError(403, "form")
            return await run_in_threadpool(self.view, visit)
        except RefusedError as refused:
            return self._pages.problem(visit, refused.status, refused.code, **refused.values)
        except NoSuchRequestError:
            return self._pages.problem(visit, 404, "no_request")
        except TakenError as taken:
            return self._pages.problem(visit, 409, "taken", owner=taken.owner, back=_back(visit))
        except NotAllowedError as refused:
            return self._pages.problem(visit, 409, "state", state=refused.state, back=_back(visit))


def _back(visit: Visit) -> str:
    reference = visit.request.path_params.get("reference")
    return f"/desk/requests/{reference}" if reference else "/desk/"


def _to_sign_in(request: Request) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    query = f"?{urlencode({'next': wanted})}" if request.method == "GET" and wanted != "/desk/" else ""
    return RedirectResponse(f"/desk/sign-in{query}", 303)
