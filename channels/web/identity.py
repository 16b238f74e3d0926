"""Whose talk it is: one signed statement of ours, with two carriers (ADR 13).

On our own pages a cookie carries it, which scripts cannot read. On the website of a municipality there is no cookie
(browsers block those of others, and the page would need to ask consent for it): there the widget keeps a *pass* in the
tab and sends it along. A pass names the website it was given on, lasts a day, and is renewed as long as it is used.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from bot.conversations import KEEP
from channels.web.visiting import PASS_HEADER, visit_of

PASS_LASTS = timedelta(hours=24)
_BEARER = "bearer "


class TalkIdentity:
    """Says which conversation is hers. Only we can make the statement; who has none, or a forged one, is nobody."""

    def __init__(self, secret: str, secure: bool) -> None:
        self._of_cookie = URLSafeTimedSerializer(secret, salt="web-conversation")
        self._of_pass = URLSafeTimedSerializer(secret, salt="web-conversation-pass")
        self._secure = secure
        self.name = "__Host-adempauze" if secure else "adempauze"

    def read(self, request: Request) -> str | None:
        """The conversation's id, or ``None``. A visit is known by its pass only, our own pages by the cookie only."""
        visit = visit_of(request)
        try:
            if visit is None:
                told = _young(self._of_cookie, request.cookies.get(self.name, ""), KEEP)
            else:
                told = self._told_by_pass(request, visit.origin)
        except BadSignature:
            return None
        return told if isinstance(told, str) else None

    def give(self, request: Request, response: Response, conversation_id: str) -> None:
        """Give the statement, or a fresh one in its place, by the carrier that fits the call."""
        visit = visit_of(request)
        if visit is not None:
            response.headers[PASS_HEADER] = self._of_pass.dumps([conversation_id, visit.origin])
            return
        response.set_cookie(
            self.name,
            self._of_cookie.dumps(conversation_id),
            max_age=_seconds(KEEP),
            path="/",
            httponly=True,
            secure=self._secure,
            samesite="lax",
        )

    def renew(self, request: Request, response: Response, conversation_id: str) -> None:
        """A fresh pass with every answer to a visit; a cookie is renewed when the page opens."""
        if visit_of(request) is not None:
            self.give(request, response, conversation_id)

    def take(self, request: Request, response: Response) -> None:
        """Take it back: the cookie is removed, the widget drops its pass."""
        if visit_of(request) is not None:
            response.headers[PASS_HEADER] = ""
            return
        response.delete_cookie(self.name, path="/", httponly=True, secure=self._secure, samesite="lax")

    def _told_by_pass(self, request: Request, origin: str) -> str | None:
        header = request.headers.get("authorization", "")
        if not header.lower().startswith(_BEARER):
            return None
        told = _young(self._of_pass, header[len(_BEARER) :].strip(), PASS_LASTS)
        return told[0] if isinstance(told, list) and told[1:] == [origin] else None


def _young(serializer: URLSafeTimedSerializer, token: str, lasts: timedelta) -> Any:
    """What a token says, unless it is older than ``lasts``. Raises ``BadSignature``.

    One from the future is good: we signed it, and our clock was put back since. The library would refuse it, and a
    correction of a second would take her talk away.
    """
    told, signed_at = serializer.loads(token, return_timestamp=True)
    if time.time() - signed_at.timestamp() > _seconds(lasts):
        raise SignatureExpired("too old", payload=told)
    return told


def _seconds(lasts: timedelta) -> int:
    return int(lasts.total_seconds())
