"""How the open catalogue answers over HTTP: who may call how, what may be kept how long, and how it says no."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from channels.open_api.query import ProblemError
from channels.web.guards import TokenBuckets, address_of
from channels.web.refusals import where_it_failed

log = logging.getLogger(__name__)
METHODS = "GET, HEAD, OPTIONS"
KEEP_SECONDS = 300  # how long a caller may show an answer without asking again
LICENCE = "https://spdx.org/licenses/EUPL-1.2.html"
ATTRIBUTION = "Bron: Adempauze; postcodes en gemeenten: CBS, bewerkt"
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, X-Attribution",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Attribution": ATTRIBUTION,
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True)
class Answer:
    """What is found. ``body`` is made only when it is sent; ``tag`` changes whenever it would read otherwise."""

    body: Callable[[], Any]
    tag: str
    modified: datetime | None = None
    links: tuple[tuple[str, str], ...] = ()


View = Callable[[Request], Answer]


class Endpoint:
    """One address: reads only, for everybody, without cookies, and not too fast."""

    def __init__(self, view: View, pace: TokenBuckets, links: Mapping[str, str]) -> None:
        self._view = view
        self._pace = pace
        self._links = tuple((address, relation) for relation, address in links.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._answer(request)
        response.headers.update(_OPEN)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": METHODS, **_PREFLIGHT})
        try:
            self._refuse_method(request)
            self._refuse_haste(request)
            return await run_in_threadpool(self._found, request)
        except ProblemError as problem:
            return _refused(problem)
        except Exception as error:
            log.error("open catalogue failed at %s: %s", request.scope["path"][:80], where_it_failed(error))
            return _refused(ProblemError(500, "Something went wrong here"))

    def _found(self, request: Request) -> Response:
        answer = self._view(request)
        headers = {
            "ETag": f'"{answer.tag}"',
            "Cache-Control": f"public, max-age={KEEP_SECONDS}",
            "Link": ", ".join(f'<{address}>; rel="{name}"' for address, name in (*answer.links, *self._links)),
        }
        if answer.modified is not None:
            headers["Last-Modified"] = format_datetime(answer.modified, usegmt=True)
        if _has_it(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return _json(answer.body(), 200, headers, "application/json", bare=request.method == "HEAD")

    @staticmethod
    def _refuse_method(request: Request) -> None:
        if request.method not in ("GET", "HEAD"):
            problem = ProblemError(405, "Method not allowed", f"This address knows: {METHODS}.")
            problem.headers["Allow"] = METHODS
            raise problem

    def _refuse_haste(self, request: Request) -> None:
        wait = self._pace.take(address_of(request))
        if wait:
            problem = ProblemError(429, "Too many requests", "Keep answers for as long as Cache-Control allows.")
            problem.headers["Retry-After"] = str(max(1, round(wait + 0.5)))
            raise problem


def _refused(problem: ProblemError) -> Response:
    body = {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.detail}
    told = {**{name: value for name, value in body.items() if value}, **problem.more}
    headers = {"Cache-Control": "no-store", **problem.headers}
    return _json(told, problem.status, headers, "application/problem+json")


def _json(body: Any, status: int, headers: dict[str, str], kind: str, bare: bool = False) -> Response:
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    told = {**headers, "Content-Length": str(len(content))}
    return Response(b"" if bare else content, status, headers=told, media_type=kind)


def _has_it(wanted: str, tag: str) -> bool:
    """Does the caller hold this answer already (RFC 9110, 13.1.2)?"""
    held = [each.strip().removeprefix("W/") for each in wanted.split(",")]
    return tag in held or "*" in held
