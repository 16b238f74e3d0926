"""Who is at the desk: a signed cookie for the browser, and a token in each form that only our own pages can know."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from bot.sign_in_settings import SecondFactorRule
from bot.staff import Staff, StaffAccounts

SESSION_LASTS = timedelta(hours=10)
"""A long working day; then one signs in again."""
IDLE_LASTS = timedelta(hours=2)
"""Without a page being opened: long enough for a call or a visit at home, so that a letter half typed is not lost.
A page that refreshes itself does not count."""
NOTED_EVERY = timedelta(minutes=5)
"""So exactly the cookie knows when somebody was last at work."""
HALF_WAY_LASTS = timedelta(minutes=10)
"""The time to type the code after the password."""
BY_PASSWORD, BY_LINK, BY_PROVIDER = "password", "link", "provider"


@dataclass(frozen=True)
class DeskSession:
    """What the cookie says: who (``None`` before signing in), since when, and a secret of this browser.

    ``sign_outs``: the count of the account when it began; it ends when the account counts further. ``way``: how they
    came in. ``half_way``: the password was right, the code was not given yet; that is nobody still. ``seen``: when a
    page was last opened.
    """

    staff_id: int | None
    since: float
    nonce: str
    sign_outs: int = 0
    way: str = ""
    half_way: bool = False
    seen: float = 0.0


class DeskSessions:
    """Reads and writes the cookie. Signing out ends the sessions on every device, and so does disabling an account."""

    def __init__(
        self,
        secret: str,
        base_url: str,
        staff: StaffAccounts,
        clock: Callable[[], datetime],
        rule: SecondFactorRule = SecondFactorRule.ADMINS,
    ) -> None:
        self._signer = URLSafeSerializer(secret, salt="desk-session")
        self._form_key = hashlib.sha256(f"desk-form:{secret}".encode()).digest()
        self.secure = base_url.startswith("https://")
        self._staff = staff
        self._clock = clock
        self.rule = rule
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
        return replace(session, seen=now) if now - session.seen >= NOTED_EVERY.total_seconds() else session

    def start(self, staff: Staff | None = None, way: str = "", *, half_way: bool = False) -> DeskSession:
        """A new session; always with a new secret, so that what was known before signing in is worth nothing after."""
        now, nonce = self._clock().timestamp(), secrets.token_urlsafe(16)
        if staff is None:
            return DeskSession(None, now, nonce, seen=now)
        return DeskSession(staff.id, now, nonce, staff.sign_outs, way, half_way, now)

    def person(self, session: DeskSession) -> Staff | None:
        """Who this is now, asked of the accounts each time."""
        return None if session.half_way else self._holder(session)

    def half_way(self, session: DeskSession) -> Staff | None:
        """Who still has to give the code."""
        return self._holder(session) if session.half_way else None

    def must_add_factor(self, session: DeskSession, person: Staff) -> bool:
        """Must this person set up a second factor before anything else? A provider asks its own."""
        return session.way != BY_PROVIDER and not person.second_factor and self.rule.obliges(person)

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
        staff = self._staff.get(session.staff_id) if session.staff_id is not None else None
        return staff if staff is not None and staff.sign_outs == session.sign_outs else None
