"""Who is at the desk: a signed cookie for the browser, and a token in each form that only our own pages can know."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from bot.staff import Staff, StaffAccounts

SESSION_LASTS = timedelta(hours=10)
"""A long working day; then one signs in again."""


@dataclass(frozen=True)
class DeskSession:
    """What the cookie says: who (``None`` before signing in), since when, and a secret of this browser."""

    staff_id: int | None
    since: float
    nonce: str


class DeskSessions:
    """Reads and writes the cookie. Signing out ends the sessions on every device, and so does disabling an account."""

    def __init__(self, secret: str, base_url: str, staff: StaffAccounts, clock: Callable[[], datetime]) -> None:
        self._signer = URLSafeSerializer(secret, salt="desk-session")
        self._form_key = hashlib.sha256(f"desk-form:{secret}".encode()).digest()
        self._secure = base_url.startswith("https://")
        self._staff = staff
        self._clock = clock
        self.cookie = "__Secure-adempauze-desk" if self._secure else "adempauze-desk"

    def read(self, request: Request) -> DeskSession | None:
        """The session of this browser, or ``None`` without a cookie, with a forged one, or with one that is too old."""
        try:
            staff_id, since, nonce = self._signer.loads(request.cookies.get(self.cookie, ""))
        except (BadSignature, TypeError, ValueError):
            return None
        session = DeskSession(staff_id, since, nonce)
        return session if self._clock().timestamp() - since < SESSION_LASTS.total_seconds() else None

    def start(self, staff: Staff | None = None) -> DeskSession:
        """A new session; always with a new secret, so that what was known before signing in is worth nothing after."""
        return DeskSession(staff.id if staff else None, self._clock().timestamp(), secrets.token_urlsafe(16))

    def person(self, session: DeskSession) -> Staff | None:
        """Who this is now, asked of the accounts each time."""
        staff = self._staff.get(session.staff_id) if session.staff_id is not None else None
        if staff is None or staff.signed_out_at is None:
            return staff
        return staff if datetime.fromtimestamp(session.since, timezone.utc) > staff.signed_out_at else None

    def give(self, response: Response, session: DeskSession) -> None:
        """Set the cookie."""
        response.set_cookie(
            self.cookie,
            str(self._signer.dumps([session.staff_id, session.since, session.nonce])),
            max_age=int(SESSION_LASTS.total_seconds()),
            path="/desk",
            httponly=True,
            secure=self._secure,
            samesite="lax",
        )

    def form_token(self, session: DeskSession) -> str:
        """The token that every form of this browser carries."""
        return hmac.new(self._form_key, session.nonce.encode(), hashlib.sha256).hexdigest()

    def knows(self, session: DeskSession, token: str) -> bool:
        """Is this the token of this browser's forms?"""
        return hmac.compare_digest(self.form_token(session).encode(), token.encode())
