"""What every page of the catalogue has: who may change things, what was just done, and where one goes next."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from channels.desk.catalogue.shelves import Shelf
from channels.desk.doors import EDITING, Visit
from channels.desk.pages import Pages

BASE = "/desk/catalogus"
WIDGET_STYLES = Path(__file__).parents[2] / "web" / "static" / "widget.css"
_DONE_TO_ONE = ("published", "kept", "kept_faulty", "in_review", "dropped", "confirmed", "undone", "removed")
DONE = (*_DONE_TO_ONE, "closed", "reopened", "reported", "settled", "imported", "nothing_needed")


class Frame:
    """Pages with the rooms of the catalogue above them."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def page(self, visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
        """The template for this visit; ``done`` is what the page before it did, when it is one of ours."""
        done = visit.request.query_params.get("gedaan", "")
        may_edit = visit.staff.role in EDITING
        values = {"done": done if done in DONE and status == 200 else "", "may_edit": may_edit, "base": BASE, **values}
        return self._pages.page(visit, template, status, **values)

    def styles(self, _visit: Visit) -> Response:
        """The style sheet of the widget, so that an offer looks here as it looks there."""
        return Response(WIDGET_STYLES.read_text(encoding="utf-8"), media_type="text/css")

    def done(self, shelf: Shelf | None, record_id: str, code: str) -> Response:
        """On to the record, or to the list when there is none, with a word on what was done."""
        return self.go("/".join(part for part in (shelf.slug if shelf else "", quote(record_id)) if part), code)

    def go(self, place: str, code: str) -> Response:
        """On to a place of the catalogue ("aanbod/o001", "" for today)."""
        return RedirectResponse(f"{BASE}{'/' if place else ''}{place}?gedaan={code}", 303)
