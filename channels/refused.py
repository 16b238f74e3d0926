"""Counts what was refused, by door and by kind: an attack shows as a curve, and nobody is written down for it.

A carer who is refused is never logged (ASVS 16.3.3 asks to see attempts; SECURITY.md says why a count is enough). Both
labels are words of ours: no address, no path and no word of a caller ever becomes one.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

KINDS = {
    400: "not_as_it_should_be",
    401: "nobody",
    403: "not_allowed",
    404: "not_there",
    405: "odd_method",
    408: "too_slow",
    409: "too_late",
    413: "too_big",
    415: "odd_content",
    421: "another_name",
    422: "not_right",
    429: "too_many",
}
OTHER = "other"
DOORS = ("api", "desk", "telegram", "bel-mij")
PAGE = "page"
Told = Callable[[str, str], None]


class CountRefusals:
    """Tells the door and the kind of every answer that is a refusal (4xx)."""

    def __init__(self, app: ASGIApp, told: Told) -> None:
        self._app = app
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def watching_send(message: Message) -> None:
            if message["type"] == "http.response.start" and 400 <= message["status"] < 500:
                self._told(door_of(scope["path"]), KINDS.get(message["status"], OTHER))
            await send(message)

        await self._app(scope, receive, watching_send if scope["type"] == "http" else send)


def door_of(path: str) -> str:
    """Which door of the house was called."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in DOORS else PAGE
