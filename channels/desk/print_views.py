"""A request on paper for the desk: to print, as PDF, and in the order of the Wmo investigation.

Every one of them opens the request as its screen does, so the same people may, and it counts as having seen it.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.request.base import NoSuchRequestError
from bot.request.desk import RequestDesk
from channels.desk.doors import HANDLING, Visit
from channels.rendering.papers import Papers
from channels.rendering.sheet import NotForThemError, Reader, RequestSheet

ONE = "/requests/{reference}"


class PrintViews:
    """The three views."""

    def __init__(self, requests: RequestDesk, papers: Papers) -> None:
        self._requests = requests
        self._papers = papers

    def page(self, visit: Visit) -> Response:
        """The page to print."""
        return HTMLResponse(self._papers.page(self._sheet(visit), _links(visit)))

    def wmo(self, visit: Visit) -> Response:
        """The Wmo form."""
        return HTMLResponse(self._papers.wmo_page(self._sheet(visit), _links(visit)))

    def pdf(self, visit: Visit) -> Response:
        """The PDF, shown by the browser; saved, its name tells no more than the number."""
        sheet = self._sheet(visit)
        disposition = f'inline; filename="aanvraag-{sheet.reference}.pdf"'
        content = self._papers.pdf(sheet)
        return Response(content, media_type="application/pdf", headers={"Content-Disposition": disposition})

    def _sheet(self, visit: Visit) -> RequestSheet:
        request = self._requests.open_file(visit.path("reference"), visit.staff).request
        try:
            return self._papers.sheet(request, Reader.STAFF)
        except NotForThemError:  # it was taken back: there is nothing to print
            raise NoSuchRequestError from None


def print_routes(requests: RequestDesk, papers: Papers, get: Any, roles: Any = HANDLING) -> list[Route]:
    """``…/print``, ``…/pdf`` and ``…/wmo`` of a request, behind the doors that ``get`` makes for ``roles``."""
    views = PrintViews(requests, papers)
    return [
        get(f"{ONE}/print", views.page, roles),
        get(f"{ONE}/pdf", views.pdf, roles),
        get(f"{ONE}/wmo", views.wmo, roles),
    ]


def _links(visit: Visit) -> dict[str, str]:
    one = f"/desk/requests/{visit.path('reference')}"
    return {"pdf": f"{one}/pdf", "back": one}
