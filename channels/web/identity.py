"""Whose talk it is: one signed statement of ours, with two carriers (ADR 13).

On our own pages a cookie carries it, which scripts cannot read. On the website of a municipality there is no cookie
(browsers block those of others, and the page would need to ask consent for it): there the widget keeps a *pass* in the
tab and sends it along. A pass names the website it was given on, lasts a day, and is renewed as long as it is used.
Both say which browser they were given to, with a number that turns (``channels/web/browsers.py``).
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from bot.conversations.store import KEEP
from channels.signing import SIGNED_BY_SHA256
from channels.web.browsers import Browsers, Statement
from channels.web.visiting import PASS_HEADER, visit_of

PASS_LASTS = timedelta(hours=24)
_BEARER = "bearer "


class TalkIdentity:
    """Says which conversation is hers. Only we can make the statement; who has none, or a forged one, is nobody."""

    def __init__(self, secret: str, secure: bool, browsers: Browsers) -> None:
        self._of_cookie = URLSafeTimedSerializer(secret, salt="web-conversation", signer_kwargs=SIGNED_BY_SHA256)
        self._of_pass = URLSafeTimedSerializer(secret, salt="web-conversation-pass", signer_kwargs=SIGNED_BY_SHA256)
        self._secure = secure
        self._browsers = browsers
        self.name = "__Host-adempauze" if secure else "adempauze"

    def read(self, request: Request) -> str | None:
        """The conversation's id, or ``None``. A visit is known by its pass only, our own pages by the cookie only.

        Raises what a database raises; ``claimed`` needs none.
        """
        told = self._told(request)
        return told.conversation_id if told is not None and self._browsers.accepts(told) else None

    def claimed(self, request: Request) -> str:
        """The conversation of a statement that we signed, whether it is still good or not; ``""`` without one."""
        told = self._told(request)
        return told.conversation_id if told is not None else ""

    def give(self, request: Request, response: Response, conversation_id: str, *, worth_more: bool = False) -> None:
        """Give the statement, or a fresh one in its place, by the carrier that fits the call.

        ``worth_more``: from now on there is more to see than before, so what it was known by until now ends.
        """
        told = self._told(request)
        if told is None or told.conversation_id != conversation_id or not self._browsers.accepts(told):
            told = self._browsers.welcome(conversation_id)
        self._hand(request, response, self._browsers.renewed(told, worth_more=worth_more) or told)

    def renew(self, request: Request, response: Response, conversation_id: str, *, worth_more: bool = False) -> None:
        """A fresh pass with every answer to a visit; a cookie when its number turns, or when the page opens."""
        told = self._told(request)
        if told is None or told.conversation_id != conversation_id:
            return
        renewed = self._browsers.renewed(told, worth_more=worth_more)
        if renewed is not None or visit_of(request) is not None:
            self._hand(request, response, renewed or told)

    def take(self, request: Request, response: Response) -> None:
        """Take it back: the cookie is removed, the widget drops its pass."""
        if visit_of(request) is not None:
            response.headers[PASS_HEADER] = ""
            return
        response.delete_cookie(self.name, path="/", httponly=True, secure=self._secure, samesite="lax")

    def cookie(self, told: Statement) -> str:
        """The value of the cookie that says this."""
        return _text(self._of_cookie.dumps([told.conversation_id, told.browser, told.number]))

    def _hand(self, request: Request, response: Response, told: Statement) -> None:
        visit = visit_of(request)
        if visit is not None:
            says = [told.conversation_id, told.browser, told.number, visit.origin]
            response.headers[PASS_HEADER] = _text(self._of_pass.dumps(says))
            return
        response.set_cookie(
            self.name,
            self.cookie(told),
            max_age=_seconds(KEEP),
            path="/",
            httponly=True,
            secure=self._secure,
            samesite="lax",
        )

    def _told(self, request: Request) -> Statement | None:
        """What we signed and this call brings along."""
        visit = visit_of(request)
        try:
            if visit is None:
                says = _young(self._of_cookie, request.cookies.get(self.name, ""), KEEP)
            else:
                says = self._told_by_pass(request, visit.origin)
        except BadSignature:
            return None
        is_ours = isinstance(says, list) and [type(each) for each in says] == [str, str, int]
        return Statement(*says) if is_ours else None

    def _told_by_pass(self, request: Request, origin: str) -> Any:
        header = request.headers.get("authorization", "")
        if not header.lower().startswith(_BEARER):
            return None
        says = _young(self._of_pass, header[len(_BEARER) :].strip(), PASS_LASTS)
        return says[:-1] if isinstance(says, list) and says[-1:] == [origin] else None


def _text(token: str | bytes) -> str:
    return token if isinstance(token, str) else token.decode()


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
