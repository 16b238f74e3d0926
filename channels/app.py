"""One Starlette application of all routes: strict headers, quiet errors, and the work that runs beside it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.patience import SlowClients
from channels.refused import CountRefusals, Told
from channels.threshold import BehindProxies, KnownName
from channels.web.page import WidgetPage
from channels.web.ports import Facts, Wording
from channels.web.refusals import RefusalError, where_it_failed
from channels.web.routes import NEUTRAL_PAGE

log = logging.getLogger(__name__)
Background = Callable[[], Awaitable[None]]
PAUSE_SECONDS = 5.0  # before work in the background that failed is started again
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def build_app(
    *,
    routes: Sequence[BaseRoute],
    wording: Wording,
    facts: Facts,
    secure: bool = False,
    background: Sequence[Background] = (),
    names: frozenset[str] | None = None,
    proxies: int = 0,
    refused: Told | None = None,
) -> Starlette:
    """The application. ``secure``: people reach us over https. ``background``: work that runs as long as it serves;
    what ends is done, what fails is logged and started again after a pause. ``names``: the host names we answer to,
    ``None`` for any; ``proxies``: how many of our own stand in front (``channels/threshold.py``);
    ``refused`` hears of every refusal."""
    problems = _Problems(WidgetPage(wording, facts, NEUTRAL_PAGE, 0), wording)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(_keep_running(work)) for work in background]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    headers = dict(_HEADERS)
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    known = [Middleware(KnownName, names=names, answer=problems.answer)] if names is not None else []
    counted = [Middleware(CountRefusals, told=refused)] if refused is not None else []
    return Starlette(
        routes=list(routes),
        middleware=[
            *counted,
            Middleware(SecurityHeaders, headers=headers),
            Middleware(QuietErrors, answer=problems.answer),
            *known,
            Middleware(BehindProxies, proxies=proxies),
            Middleware(SlowClients),
        ],
        exception_handlers={HTTPException: problems.refused},
        lifespan=lifespan,
    )


class SecurityHeaders:
    """Adds the headers that a response did not set itself."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    own.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class QuietErrors:
    """Answers what failed unexpectedly, and who is let go because what she sends stays away. The log gets kind and
    place, never the message: it may quote a person."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request, int], Response]) -> None:
        self._app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watching_send(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        status = 500
        try:
            await self._app(scope, receive, watching_send)
            return
        except RefusalError as refusal:
            status = refusal.status
        except Exception as error:
            log.error("request failed at %s: %s", scope["path"], where_it_failed(error))
        if not started:
            await self._answer(Request(scope), status)(scope, receive, send)


class _Problems:
    """What people and programs get when a page is not there or something broke."""

    def __init__(self, page: WidgetPage, wording: Wording) -> None:
        self._page = page
        self._wording = wording

    async def refused(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        response = self.answer(request, status)
        response.headers.update(getattr(error, "headers", None) or {})
        return response

    def answer(self, request: Request, status: int) -> Response:
        """The page, or JSON for the widget."""
        if request.url.path.startswith("/api/"):
            code = "failed" if status >= 500 else "bad_request"
            return JSONResponse({"error": code, "text": self._wording.text(f"utter_widget_{code}")}, status)
        return self._page.problem(status)


async def _keep_running(work: Background) -> None:
    while True:
        try:
            await work()
            return
        except Exception as error:
            log.error("work in the background failed: %s", where_it_failed(error))
            await asyncio.sleep(PAUSE_SECONDS)
