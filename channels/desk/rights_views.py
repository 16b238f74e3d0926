"""What a person may ask of the municipality about a request: all that the desk has of it, and that it is erased.

For who leads a team or administers the house, in the own municipality, and always in the audit log: with the number of
the request and the reason, never with what was in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.request.base import NoSuchRequestError
from bot.request.desk import RequestDesk
from bot.request.record import Request
from bot.request.vocabulary import RequestState
from channels.desk.doors import RIGHTS, Visit
from channels.desk.forms import RefusedError
from channels.desk.pages import Pages
from channels.desk.people_routes import Get, Post
from knowledge.vocabulary import Term

ONE = "/requests/{reference}"
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
ExportRequest = Callable[[Request], "dict[str, Any]"]
Erase = Callable[[str], None]


class EraseReason(Term):
    """Why everything of a person is erased; the code stands in the audit log."""

    ASKED = "asked", "de persoon vroeg erom"
    MISTAKE = "mistake", "de aanvraag is een vergissing of een proef"
    NOT_OURS = "not_ours", "de gegevens horen hier niet"


class RightsViews:
    """The pages of one request's data."""

    def __init__(self, requests: RequestDesk, export: ExportRequest, erase: Erase, pages: Pages) -> None:
        self._requests = requests
        self._export = export
        self._erase = erase
        self._pages = pages

    def show(self, visit: Visit) -> Response:
        """What may be asked, and what can be done about it."""
        return self._page(visit)

    def file(self, visit: Visit) -> Response:
        """All that the desk has of it, as a file. What was taken back is no longer the desk's to give."""
        request = self._request(visit)
        if request.state is RequestState.WITHDRAWN:
            raise RefusedError(409, "withdrawn_data")
        name = f'attachment; filename="gegevens-{request.reference}.json"'
        return JSONResponse(self._export(request), headers={**HEADERS, "Content-Disposition": name})

    def erase(self, visit: Visit) -> Response:
        """Erase everything of this person everywhere, after a second, deliberate yes. The reason is in the address, so
        that it stands in the audit log."""
        request = self._request(visit)
        if visit.form.get("typed").strip().upper() != request.reference:
            return self._page(visit, 422, wrong=True)
        self._erase(request.conversation_id)
        return self._pages.page(visit, "rights_done.html", reference=request.reference)

    def _page(self, visit: Visit, status: int = 200, *, wrong: bool = False) -> Response:
        request = self._request(visit)
        withdrawn = request.state is RequestState.WITHDRAWN
        return self._pages.page(
            visit, "rights.html", status, request=request, withdrawn=withdrawn, reasons=list(EraseReason), wrong=wrong
        )

    def _request(self, visit: Visit) -> Request:
        request = self._requests.get(visit.path("reference"))
        if request is None or request.sent_at is None or not visit.staff.serves(request.municipality):
            raise NoSuchRequestError
        return request


def rights_routes(
    requests: RequestDesk, export: ExportRequest, erase: Erase, pages: Pages, get: Get, post: Post
) -> list[Route]:
    """The routes below ``/desk``."""
    views = RightsViews(requests, export, erase, pages)
    return [
        get(f"{ONE}/gegevens", views.show, RIGHTS),
        get(f"{ONE}/gegevens.json", views.file, RIGHTS),
        *(post(f"{ONE}/wissen/{reason.value}", views.erase, RIGHTS) for reason in EraseReason),
    ]
