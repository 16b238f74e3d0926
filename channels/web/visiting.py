"""Calls from the websites of municipalities: who may make them, and what the browser is told about that (CORS).

Decided in one place, before any endpoint: an allowed website becomes a ``Visit`` of the call. Every other foreign
website stays a stranger, gets no permission from us, and is refused by ``require_own_site``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.web.websites import Websites

PASS_HEADER = "X-Adempauze-Pass"  # noqa: S105  - a name
_ASKED_AGAIN_AFTER = "7200"  # seconds that a browser remembers our permission; none keeps it longer
_VISIT = "adempauze.visit"
_PERMISSION = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Adempauze",
    "Access-Control-Max-Age": _ASKED_AGAIN_AFTER,
}


@dataclass(frozen=True)
class Visit:
    """A call by the widget on a website of a municipality."""

    origin: str


def visit_of(request: Request) -> Visit | None:
    """The visit this call is, or ``None`` for our own pages, for programs, and for websites that may not call."""
    visit = request.scope.get(_VISIT)
    return visit if isinstance(visit, Visit) else None


def welcome_visitors(routes: Iterable[BaseRoute], websites: Websites) -> list[BaseRoute]:
    """The routes, of which those under ``/api/`` may also be called from the allowed websites."""
    door = [Middleware(Door, websites=websites)]
    open_to_them: list[BaseRoute] = []
    paths: list[str] = []
    for route in routes:
        if isinstance(route, Route) and route.path.startswith("/api/"):
            methods = sorted((route.methods or {"GET"}) - {"HEAD"})
            open_to_them.append(Route(route.path, route.endpoint, methods=methods, middleware=door))
            paths.append(route.path)
        else:
            open_to_them.append(route)
    questions = [Route(path, _no_permission, methods=["OPTIONS"], middleware=door) for path in dict.fromkeys(paths)]
    return [*open_to_them, *questions]


class Door:
    """Marks a call from an allowed website as a visit, and answers the browser's question whether it may be made."""

    def __init__(self, app: ASGIApp, websites: Websites) -> None:
        self._app = app
        self._websites = websites

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or origin not in self._websites.of_origin or is_own(origin, headers):
            await self._app(scope, receive, send)
            return
        allowed = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
        if scope["method"] == "OPTIONS":
            await Response(status_code=204, headers={**allowed, **_PERMISSION})(scope, receive, send)
            return

        async def send_with_permission(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                own.update({**allowed, "Access-Control-Expose-Headers": f"Retry-After, {PASS_HEADER}"})
            await send(message)

        scope[_VISIT] = Visit(origin)
        await self._app(scope, receive, send_with_permission)


def is_own(origin: str, headers: Headers) -> bool:
    """Does the call come from a page of ours?"""
    try:
        return urlsplit(origin).netloc == headers.get("host")
    except ValueError:  # such as "http://["
        return False


async def _no_permission(_request: Request) -> Response:
    return Response(status_code=403)
