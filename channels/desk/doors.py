"""The door of every desk page: who comes in, what they may, whether the form is ours; then the view, in a thread.

Each route names the roles it is for (``EVERYONE`` for what is seen before signing in); they follow from the table of
permissions (``bot/staff/roles.py``). There is no default, and a test reads the route table to prove that none was
forgotten. What is done here, and every view of a request, goes into the audit log before anybody sees the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from bot.audit.log import AuditLog, Outcome
from bot.request.base import NoSuchRequestError
from bot.request.hands import TakenError
from bot.request.states import NotAllowedError
from bot.staff.accounts import Permission, Staff, StaffRole
from bot.staff.roles import who_may
from channels.desk.devices import device_of
from channels.desk.forms import SMALL, Form, RefusedError, Room, read_form
from channels.desk.pages import Pages
from channels.desk.sessions import DeskSession, DeskSessions

EVERYONE: frozenset[StaffRole] | None = None
SIGNED_IN = frozenset(StaffRole)
HANDLING = who_may(Permission.HANDLE_REQUESTS)
FORWARDING = who_may(Permission.FORWARD_OUT)
LEADING = who_may(Permission.SEE_TEAM)
EDITING = who_may(Permission.EDIT_CATALOGUE)
PUBLISHING = who_may(Permission.PUBLISH)
MANAGING = who_may(Permission.MANAGE_STAFF)
AUDITING = who_may(Permission.READ_AUDIT_LOG)
INSIGHT = who_may(Permission.INSIGHT)
RIGHTS = who_may(Permission.ANSWER_RIGHTS)

ADD_FACTOR = "/desk/account/tweede-stap"
"""Where somebody goes first who must have a second factor and has none."""
_NOT_A_SUBJECT = {"token", "rest", "ending"}
_FETCHED_BY_ITSELF = ("/desk/inbox/list", "/desk/inbox/live")  # by an open page, whether somebody is there or not

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

    def must(self, permission: Permission) -> None:
        """Go on only with this permission; for what one button of a form asks and another does not."""
        if not self.staff.may(permission):
            raise RefusedError(403, "role")

    def path(self, name: str) -> str:
        """A part of the address, such as the reference."""
        return str(self.request.path_params[name])


View = Callable[[Visit], Response]


@dataclass(frozen=True)
class Hall:
    """What every door needs: who comes, what they are shown, and what is written down about it."""

    sessions: DeskSessions
    pages: Pages
    audit: AuditLog

    def begin_session(self, visit: Visit, person: Staff, way: str, *, half_way: bool = False) -> None:
        """This browser goes on in a new session, of this person; the one it had ends."""
        device = device_of(visit.request.headers.get("user-agent", ""))
        visit.session = self.sessions.begin(visit.session, person, device, way, half_way=half_way)


class Door:
    """An endpoint: ``view`` behind the checks for ``roles``.

    ``act``: the code in the audit log; ``None`` leaves no line. ``unfinished``: also for who must still add a second
    factor.
    """

    def __init__(
        self,
        view: View,
        roles: frozenset[StaffRole] | None,
        hall: Hall,
        room: Room = SMALL,
        headers: Mapping[str, str] | None = None,
        *,
        act: str | None = None,
        unfinished: bool = False,
    ) -> None:
        self.view = view
        self.roles = roles
        self.act = act if roles is not None else None
        self.unfinished = unfinished
        self._hall = hall
        self._room = room
        self._headers = {**HEADERS, **(headers or {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, sessions = Request(scope, receive), self._hall.sessions
        before = sessions.read(request)
        session = before or sessions.start()
        person = await run_in_threadpool(sessions.person, session)
        if person is not None and scope["path"] not in _FETCHED_BY_ITSELF:
            session = await run_in_threadpool(sessions.noted, session)
        visit = Visit(request, session, person, sessions.form_token(session))
        response = await self._answer(visit)
        if visit.session != before:
            sessions.give(response, visit.session)
        response.headers.update(self._headers)
        await response(scope, receive, send)

    async def _answer(self, visit: Visit) -> Response:
        pages = self._hall.pages
        try:
            if self.roles is not None:
                if visit.person is None:
                    return _to_sign_in(visit.request)
                if self._hall.sessions.must_add_factor(visit.session, visit.person) and not self.unfinished:
                    return RedirectResponse(ADD_FACTOR, 303)
            return await run_in_threadpool(self._watched, visit, await self._checked_form(visit))
        except RefusedError as refused:
            return pages.problem(visit, refused.status, refused.code, **refused.values)
        except NoSuchRequestError:
            return pages.problem(visit, 404, "no_request")
        except TakenError as taken:
            return pages.problem(visit, 409, "taken", owner=taken.owner, back=_back(visit))
        except NotAllowedError as refused:
            return pages.problem(visit, 409, "state", state=refused.state, back=_back(visit))

    async def _checked_form(self, visit: Visit) -> RefusedError | None:
        """Reads the form of this visit; gives why it may not go on, so that a refusal is written down like an act."""
        if self.roles is not None and visit.staff.role not in self.roles:
            return RefusedError(403, "role")
        if visit.request.method != "POST":
            return None
        visit.form = await read_form(visit.request, self._room)
        known = self._hall.sessions.knows(visit.session, visit.form.get("form_token", ""))
        return None if known else RefusedError(403, "form")

    def _watched(self, visit: Visit, refused: RefusedError | None) -> Response:
        if self.act is None or visit.person is None:
            return self._seen(visit, refused)
        with self._hall.audit.under_way(visit.person, self.act, _subject(visit)) as line:
            response = self._seen(visit, refused)
            if response.status_code >= 400:
                line.outcome = Outcome.NOT_DONE
            return response

    def _seen(self, visit: Visit, refused: RefusedError | None) -> Response:
        if refused is not None:
            raise refused
        return self.view(visit)


def act_of(method: str, path: str) -> str | None:
    """The code of a route in the audit log, such as ``requests.accept`` of ``POST /requests/{reference}/accept``.

    Every form is an act; of pages only those of one request are written down, unless a route says otherwise.
    """
    if method == "GET" and "{reference}" not in path:
        return None
    words = [word for word in path.strip("/").split("/") if not word.startswith("{")]
    bare = method == "GET" and path.endswith("}")
    return ".".join([*words, *(["view"] if bare else [])])


def _subject(visit: Visit) -> str:
    """What it is about, from the address; only what looks like a reference or an id, never what somebody typed."""
    values = [str(value) for name, value in visit.request.path_params.items() if name not in _NOT_A_SUBJECT]
    return "/".join(value for value in values if re.fullmatch(r"[\w.-]{1,100}", value, re.ASCII))[:120]


def _back(visit: Visit) -> str:
    reference = visit.request.path_params.get("reference")
    return f"/desk/requests/{reference}" if reference else "/desk/"


def _to_sign_in(request: Request) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    query = f"?{urlencode({'next': wanted})}" if request.method == "GET" and wanted != "/desk/" else ""
    return RedirectResponse(f"/desk/sign-in{query}", 303)
