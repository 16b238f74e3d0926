"""What could not be delivered: letters that wait for a person, why, and the button to try again."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.outbox.carrying import Outbox
from bot.outbox.letters import LetterState
from channels.desk.doors import LEADING, Visit
from channels.desk.pages import Pages

HOME = "/desk/post"


class LetterViews:
    """The page of dead letters, for administrators and team leads."""

    def __init__(self, outbox: Outbox, pages: Pages) -> None:
        self._outbox = outbox
        self._pages = pages

    def show(self, visit: Visit) -> Response:
        """The list."""
        done = visit.request.query_params.get("done", "")
        lines = [(line, code_of(line.reason), line.reason) for line in self._outbox.dead(visit.staff)]
        waiting = self._outbox.counts()[LetterState.WAITING]
        done = done if done in ("again", "gone") else ""
        return self._pages.page(visit, "letters.html", lines=lines, waiting=waiting, done=done)

    def again(self, visit: Visit) -> Response:
        """Send one once more. Somebody else may have done so already: that is said, and is no fault."""
        tried = self._outbox.again(visit.path("letter"), visit.staff)
        return RedirectResponse(f"{HOME}?done={'again' if tried else 'gone'}", 303)


def letter_routes(
    outbox: Outbox, pages: Pages, get: Callable[..., Route], post: Callable[..., Route]
) -> tuple[Route, ...]:
    """The page and its button, for whoever leads a team or the house."""
    work = LetterViews(outbox, pages)
    return (get("/post", work.show, LEADING), post("/post/{letter}/again", work.again, LEADING))


def code_of(reason: str) -> str:
    """The part of a reason that the template has words for."""
    if reason.startswith(("smtp 4", "smtp 5")):
        return "smtp"
    if re.fullmatch(r"http (401|403)", reason):
        return "key"
    if reason.startswith("http "):
        return "http"
    if reason.startswith("unsure"):
        return "unsure"
    return reason if reason in ("no address", "timeout", "no connection", "connection lost", "worker died") else "other"
