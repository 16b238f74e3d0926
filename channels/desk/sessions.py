"""Who is at the desk: a signed cookie for the browser, and a token in each form that only our own pages can know."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from bot.staff.accounts import Staff, StaffAccounts, is_local
from bot.staff.sessions import IDLE_LASTS, SESSION_LASTS, Device, OpenSession, OpenSessions, mark_of
from bot.staff.sign_in_settings import SecondFactorRule
from channels.signing import SIGNED_BY_SHA256

NOTED_EVERY = timedelta(minutes=5)
"""So exactly it is known when somebody was last at work."""
HALF_WAY_LASTS = timedelta(minutes=10)
"""The time to type the code after the password."""
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
BY_PASSWORD, BY_LINK, BY_PROVIDER = "password", "link", "provider"


@dataclass(frozen=True)
class DeskSession:
    """What the cookie says: who (``None`` before signing in), since when, and a secret of this browser.

    ``way``: how they came in. ``half_way``: the password was right, the code was not given yet; that is nobody still.
    ``seen``: when a page was last opened.
    """

    staff_id: int | None
    since: float
    nonce: str
    way: str = ""
    half_way: bool = False
    seen: float = 0.0


class DeskSessions:
    """Reads and writes the cookie. A session of somebody is also a row (``bot/staff/sessions.py``) and ends with it:
    by itself, by the person, by an administrator, by signing out or by disabling the account."""

    def __init__(
        self,
        secret: str,
        base_url: str,
        staff: StaffAccounts,
        clock: Callable[[], datetime],
        rule: SecondFactorRule = SecondFactorRule.ALL,
    ) -> None:
        self._signer = URLSafeSerializer(secret, salt="desk-session", signer_kwargs=SIGNED_BY_SHA256)
        self._form_key = hashlib.sha256(f"desk-form:{secret}".encode()).digest()
        self.secure = base_url.startswith("https://")
        self._staff = staff
        self._clock = clock
        self._rule = rule
        self._at_home = urlsplit(base_url).hostname in _THIS_MACHINE
        self.rows = OpenSessions(staff.sessions, clock)
        # The prefix keeps other sites under the same domain from setting it, and wants the whole site as its path.
        self.cookie, self.path = ("__Host-adempauze-desk", "/") if self.secure else ("adempauze-desk", "/desk")

    def read(self, request: Request) -> DeskSession | None:
        """The session of this browser, or ``None`` without a cookie, with a forged one, or with one that is too old."""
        try:
            session = DeskSession(*self._signer.loads(request.cookies.get(self.cookie, "")))
        except (BadSignature, TypeError, ValueError):
            return None
        now, lasts = self._clock().timestamp(), HALF_WAY_LASTS if session.half_way else SESSION_LASTS
        is_young, is_used = now - session.since < lasts.total_seconds(), now - session.seen < IDLE_LASTS.total_seconds()
        return session if is_young and is_used else None

    def noted(self, session: DeskSession) -> DeskSession:
        """The same session, of somebody who just opened a page."""
        now = self._clock().timestamp()
        if now - session.seen < NOTED_EVERY.total_seconds():
            return session
        self.rows.seen(session.nonce)
        return replace(session, seen=now)

    def start(self) -> DeskSession:
        """A session of nobody, for who is about to sign in."""
        now = self._clock().timestamp()
        return DeskSession(None, now, secrets.token_urlsafe(16), seen=now)

    def begin(
        self, before: DeskSession, staff: Staff, device: Device, way: str, *, half_way: bool = False
    ) -> DeskSession:
        """A session of somebody, always with a new secret: what was known before signing in is worth nothing after."""
        now, nonce = self._clock().timestamp(), secrets.token_urlsafe(16)
        self.rows.begin(staff.id, nonce, device, way, half_way=half_way, instead_of=before.nonce)
        return DeskSession(staff.id, now, nonce, way, half_way, now)

    def person(self, session: DeskSession) -> Staff | None:
        """Who this is now, asked of the accounts each time."""
        return None if session.half_way else self._holder(session)

    def half_way(self, session: DeskSession) -> Staff | None:
        """Who still has to give the code."""
        return self._holder(session) if session.half_way else None

    def is_here(self, session: DeskSession, one: OpenSession) -> bool:
        """Is this the row of this very browser?"""
        return mark_of(session.nonce) == one.mark

    def must_add_factor(self, session: DeskSession, person: Staff) -> bool:
        """Must this person set up a second factor before anything else? A provider asks its own."""
        return session.way != BY_PROVIDER and not person.second_factor and self.obliges(person)

    def obliges(self, person: Staff) -> bool:
        """Must this person have a second factor? Not the two who try the desk on their own machine: they come in by a
        link that only whoever started it can read, and nobody else reaches that machine."""
        return self._rule.obliges(person) and not (self._at_home and is_local(person))

    def give(self, response: Response, session: DeskSession) -> None:
        """Set the cookie."""
        response.set_cookie(
            self.cookie,
            str(self._signer.dumps(list(astuple(session)))),
            max_age=int(SESSION_LASTS.total_seconds()),
            path=self.path,
            httponly=True,
            secure=self.secure,
            samesite="lax",
        )

    def form_token(self, session: DeskSession) -> str:
        """The token that every form of this browser carries."""
        return hmac.new(self._form_key, session.nonce.encode(), hashlib.sha256).hexdigest()

    def knows(self, session: DeskSession, token: str) -> bool:
        """Is this the token of this browser's forms?"""
        return hmac.compare_digest(self.form_token(session).encode(), token.encode())

    def _holder(self, session: DeskSession) -> Staff | None:
        if session.staff_id is None or not self.rows.goes_on(session.staff_id, session.nonce):
            return None
        return self._staff.get(session.staff_id)
