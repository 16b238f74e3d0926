"""The page and the widget's one script file, both made of the wording and the facts of the moment."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown import markdown
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.request.record import DUTCH_TIME
from bot.settings import ROOT
from channels.web.bundle import bundle
from channels.web.ports import Facts, KnownMunicipality, Wording
from channels.web.websites import Websites

THEMES = "/thema/"
STATEMENT = ROOT / "docs" / "toegankelijkheid.md"
# As everywhere on our pages, but here she may press the microphone.
MAY_LISTEN = "camera=(), microphone=(self), geolocation=(), payment=(), usb=(), browsing-topics=()"
HERE = Path(__file__).resolve().parent
PREFIX = "utter_widget_"
# The numbers on every page, in this order: the fact's key, and the end of the name of the sentence beside it.
PHONES = ("mantelzorglijn", "suicide_line", "suicide_line_short", "veilig_thuis", "emergency")
# Filled in by the widget, at the moment it knows them.
_LEFT_OPEN = {name: f"{{{name}}}" for name in ("asked", "most", "reference", "recipient")}


def in_dutch_time(moment: str) -> str:
    """A moment (``2026-11-23T09:00:00+00:00``) as people here read it: ``23-11-2026, 10:00``."""
    return datetime.fromisoformat(moment).astimezone(DUTCH_TIME).strftime("%d-%m-%Y, %H:%M")


class WidgetPage:
    """Renders the page at ``/``, the script at ``/adempauze.js`` and the page that says something is wrong."""

    def __init__(
        self,
        wording: Wording,
        facts: Facts,
        leave_url: str,
        most_signs: int,
        websites: Websites | None = None,
        known_municipality: KnownMunicipality = lambda name: name or None,
    ) -> None:
        self._wording = wording
        self._facts = facts
        self._leave_url = leave_url
        self._most_signs = most_signs
        self.has_callback = False  # is the plain form there?
        self._websites = websites or Websites()
        self._known_municipality = known_municipality
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["in_dutch_time"] = in_dutch_time

    def words(self) -> dict[str, str]:
        """Every sentence of the widget by its short name; placeholders for the widget stay as they are."""
        return {
            name.removeprefix(PREFIX): self._wording.text(name, **_LEFT_OPEN)
            for name in sorted(self._wording.names())
            if name.startswith(PREFIX)
        }

    def phones(self) -> list[dict[str, str]]:
        """The numbers to call: {"label", "number"}; one whose check is overdue is left out, unless it saves lives."""
        today = datetime.now(timezone.utc).date()
        return [
            {"label": self._wording.text(f"{PREFIX}phone_{key}"), "number": self._facts.value(key)}
            for key in PHONES
            if self._facts.showable(key, today)
        ]

    async def page(self, request: Request) -> Response:
        """The full page. A link may name a municipality and who gave it (R9); the API judges both."""
        named = request.path_params.get("gemeente") or request.query_params.get("gemeente", "")
        municipality = self._known_municipality(named[:80]) or ""
        response = self._render(
            "page.html",
            municipality=municipality,
            origin=request.query_params.get("via", "")[:80],
            callback=self.has_callback,
            theme=f"{THEMES}{quote(municipality)}.css" if municipality in self._websites.themes else "",
        )
        response.headers["Permissions-Policy"] = MAY_LISTEN
        return response

    async def theme(self, request: Request) -> Response:
        """The design tokens of a municipality, for our own page and for its websites."""
        path = self._websites.themes.get(request.path_params["gemeente"])
        if path is None:
            return self.problem(404)
        headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(path.read_bytes(), media_type="text/css", headers={**headers, "Cache-Control": "max-age=300"})

    async def accessibility(self, _request: Request) -> Response:
        """What was tested, by whom, and what was not: the same text as in the documents."""
        return self.document(Markup(markdown(STATEMENT.read_text(encoding="utf-8"))))  # noqa: S704

    def document(self, text: Markup) -> HTMLResponse:
        """A page with one of our documents."""
        return self._render("document.html", text=text)

    async def script(self, request: Request) -> Response:
        """The widget as one file, cached for five minutes and then by its ETag."""
        given = {"words": self.words(), "phones": self.phones(), "leaveUrl": self._leave_url}
        made = bundle(json.dumps({**given, "mostSigns": self._most_signs}, sort_keys=True))
        headers = {
            "ETag": made.etag,
            "Cache-Control": "public, max-age=300",
            "Vary": "Accept-Encoding",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if made.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(made.packed, media_type="text/javascript", headers={**headers, "Content-Encoding": "gzip"})
        return Response(made.body, media_type="text/javascript", headers=headers)

    def problem(self, status: int) -> HTMLResponse:
        """A page for people when something is missing (404) or broken (anything else): what now, and whom to call."""
        message = "problem_missing" if status in (404, 405) else "problem_failed"
        return self._render("problem.html", status, message=message)

    def plain(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page without scripts; it is never kept by the browser, because it holds what she filled in."""
        response = self._render(template, status, mark=secrets.token_urlsafe(18), **values)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _render(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        html = self._templates.get_template(template).render(words=self.words(), phones=self.phones(), **values)
        return HTMLResponse(html, status, headers={"Cache-Control": "no-cache"})
