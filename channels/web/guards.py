"""Who may send what, how much and how fast: the checks in front of the API."""

from __future__ import annotations

import ipaddress
import json
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from channels.web.refusals import RefusalError
from channels.web.visiting import is_own, visit_of

MOST_BODY_BYTES = 64 * 1024
MOST_NUMBER = 10**18
OUR_HEADER = "x-adempauze"  # a page elsewhere cannot set it without asking first, and nobody answers such a question


def require_own_site(request: Request) -> None:
    """Refuse what another website sends in this person's name (cross-site request forgery).

    A visit from an allowed website is welcome: it is known by what the widget sends itself, never by a cookie.
    """
    if visit_of(request) is not None:
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise RefusalError(403, "bad_request")
    origin = request.headers.get("origin")
    if origin is not None and not is_own(origin, request.headers):
        raise RefusalError(403, "bad_request")


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object our own widget sent. Refuses other sites, other content, too much, and what is not an object."""
    require_own_site(request)
    if OUR_HEADER not in request.headers:
        raise RefusalError(403, "bad_request")
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise RefusalError(415, "bad_request")
    body = await read_body(request)
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise RefusalError(400, "bad_request") from None
    if not isinstance(value, dict):
        raise RefusalError(400, "bad_request")
    return value


async def read_body(request: Request) -> bytes:
    """What was sent, read no further than we allow."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY_BYTES:
            raise RefusalError(413, "too_big")
    return bytes(body)


def message_number(value: object) -> int:
    """The number of a message as a client told it; 0 for anything that is none, or that no database could hold."""
    return value if type(value) is int and 0 <= value < MOST_NUMBER else 0


def address_of(request: Request) -> str:
    """Where a call comes from, as a key for limits: one IPv4 address, or the network of 64 bits of an IPv6 address,
    for whoever has one of those has all of it."""
    told = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((int(address), 64), strict=False))
    return told


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
