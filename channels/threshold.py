"""What is settled about a call before any route sees it: which name of ours was called, and from which address.

Both are words of the caller until something vouches for them. A name counts when it is ours; an address counts when it
is that of the connection, or what our own proxies wrote down about it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

ON_THIS_MACHINE = frozenset({"localhost"})
FORWARDED = "x-forwarded-for"
MISDIRECTED = 421


def names_of(base_url: str, more: tuple[str, ...] = ()) -> frozenset[str]:
    """The names we answer to: that of ``base_url``, what the operator adds, and this machine itself."""
    own = urlsplit(base_url).hostname
    return frozenset({name.lower() for name in (own, *more) if name} | ON_THIS_MACHINE)


class KnownName:
    """Answers calls to our own names only; ``answer`` words the refusal.

    A bare address passes: no website can make a browser believe that it is at our address (DNS rebinding needs a
    name), probes of a platform call us so, and no answer of ours is built from what was called.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str], answer: Callable[[Request, int], Response]) -> None:
        self._app = app
        self._names = names
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_ours(Headers(scope=scope).getlist("host")):
            await self._answer(Request(scope), MISDIRECTED)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        try:
            parts = urlsplit(f"//{hosts[0]}")
            name, _ = parts.hostname, parts.port
        except ValueError:
            return False
        bare = parts.netloc == hosts[0] and parts.username is None
        return bare and name is not None and (name.removesuffix(".") in self._names or _is_address(name))


class BehindProxies:
    """Takes the caller's address from what our own proxies wrote in X-Forwarded-For, counted from the right.

    ``proxies``: how many of them stand in front (``ADEMPAUZE_PROXIES``); without any the header is never read, for
    then anybody may have written it. What stands further to the left than our outermost proxy is not read either.
    """

    def __init__(self, app: ASGIApp, proxies: int) -> None:
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._proxies:
            told = [part.strip() for line in Headers(scope=scope).getlist(FORWARDED) for part in line.split(",")]
            if len(told) >= self._proxies and _is_address(told[-self._proxies]):
                scope = {**scope, "client": (told[-self._proxies], 0)}
        await self._app(scope, receive, send)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
