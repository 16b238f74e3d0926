"""After "snel weg": this browser is nobody, until somebody says at it that she wants to go on.

The widget writes a mark itself, a cookie, so that leaving needs no line and no answer. As long as it is there the
statement of whose talk it is (``identity.py``) counts for nothing, whatever page is asked for. Nothing is lost: a talk
that is begun meanwhile puts the earlier statement aside instead of over it, and she can ask for that one.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.conversations.store import KEEP
from channels.web.browsers import Statement
from channels.web.identity import TalkIdentity
from channels.web.visiting import visit_of

LEFT = "-weg"  # ends of the names of the two cookies; the first one is written in static/leaving.js
ASIDE = "-eerder"


class LeavableIdentity(TalkIdentity):
    """Whose talk it is, for a browser that can be left in a hurry. On other websites nothing stays behind at all."""

    def earlier(self, request: Request) -> str | None:
        """The talk she can go back to: the one she left in a hurry, else the one that was put aside."""
        if visit_of(request) is not None:
            return None
        return self.read(_with(request, self.name, self.name + ("" if self._is_away(request) else ASIDE)))

    def give(self, request: Request, response: Response, conversation_id: str, *, worth_more: bool = False) -> None:
        """As always; a talk of this browser that gives way is put aside, and she is no longer away."""
        plain = _with(request, self.name, self.name)  # what this browser would tell if she were not away
        super().give(plain if self._is_away(request) else request, response, conversation_id, worth_more=worth_more)
        if visit_of(request) is not None:
            return
        before = self.read(plain)
        if before is not None and before != conversation_id:
            self._put_aside(response, request.cookies[self.name])
        if self._is_away(request):
            response.delete_cookie(self.name + LEFT, path="/", secure=self._secure, samesite="lax")

    def take(self, request: Request, response: Response) -> None:
        """Take it back, but nothing of somebody who is away."""
        if not self._is_away(request):
            super().take(request, response)

    def _told(self, request: Request) -> Statement | None:
        """Nothing is told by the browser of somebody who is away."""
        return None if self._is_away(request) else super()._told(request)

    def _is_away(self, request: Request) -> bool:
        return visit_of(request) is None and self.name + LEFT in request.cookies

    def _put_aside(self, response: Response, value: str) -> None:
        response.set_cookie(
            self.name + ASIDE,
            value,
            max_age=int(KEEP.total_seconds()),
            path="/",
            httponly=True,
            secure=self._secure,
            samesite="lax",
        )


def _with(request: Request, name: str, other: str) -> Request:
    """The same call with one cookie only: ``name`` says what ``other`` says."""
    others = [header for header in request.scope["headers"] if header[0] != b"cookie"]
    told = f"{name}={request.cookies.get(other, '')}".encode()
    return Request({**request.scope, "headers": [*others, (b"cookie", told)]})
