"""Who may send what, how much and how fast: the checks in front of the API."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from bot.conversations import KEEP
from channels.web.refusals import RefusalError

MOST_BODY_BYTES = 64 * 1024
OUR_HEADER = "x-adempauze"  # a page elsewhere cannot set it without asking first, and nobody answers such a question


def require_own_site(request: Request) -> None:
    """Refuse what another website sends in this person's name (cross-site request forgery)."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise RefusalError(403, "bad_request")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise RefusalError(403, "bad_request")


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object our own widget sent. Refuses other sites, other content, too much, and what is not an object."""
    require_own_site(request)
    if OUR_HEADER not in request.headers:
        raise RefusalError(403, "bad_request")
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise RefusalError(415, "bad_request")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY_BYTES:
            raise RefusalError(413, "too_big")
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise RefusalError(400, "bad_request") from None
    if not isinstance(value, dict):
        raise RefusalError(400, "bad_request")
    return value


class TalkCookie:
    """The signed cookie that says which conversation is hers. Only we can make one; scripts cannot read it."""

    def __init__(self, secret: str, secure: bool) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="web-conversation")
        self._secure = secure
        self.name = "__Host-adempauze" if secure else "adempauze"

    def read(self, request: Request) -> str | None:
        """The conversation's id, or ``None`` without a cookie, with a forged one and with one past its time."""
        try:
            value = self._signer.loads(request.cookies.get(self.name, ""), max_age=int(KEEP.total_seconds()))
        except BadSignature:
            return None
        return value if isinstance(value, str) else None

    def give(self, response: Response, conversation_id: str) -> None:
        """Set or renew the cookie."""
        response.set_cookie(
            self.name,
            self._signer.dumps(conversation_id),
            max_age=int(KEEP.total_seconds()),
            path="/",
            httponly=True,
            secure=self._secure,
            samesite="lax",
        )

    def take(self, response: Response) -> None:
        """Remove the cookie."""
        response.delete_cookie(self.name, path="/", httponly=True, secure=self._secure, samesite="lax")


class TokenBuckets:
    """A bucket of ``most`` turns for each key, filled with ``per_second``; the least used keys are forgotten first."""

    def __init__(
        self, most: float, per_second: float, clock: Callable[[], float] = time.monotonic, keys: int = 20_000
    ) -> None:
        self._most = most
        self._per_second = per_second
        self._clock = clock
        self._keys = keys
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> float:
        """Take one turn; gives the seconds to wait when there is none (0 when it was taken)."""
        now = self._clock()
        level, before = self._levels.pop(key, (self._most, now))
        level = min(self._most, level + (now - before) * self._per_second)
        taken = level >= 1
        self._levels[key] = (level - 1 if taken else level, now)
        if len(self._levels) > self._keys:
            self._levels.popitem(last=False)
        return 0.0 if taken else (1 - level) / self._per_second
