"""The page and the widget's one script file, both made of the wording and the facts of the moment."""

from __future__ import annotations

import json
import re
import secrets
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markdown import markdown
from markupsafe import Markup, escape
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
# Where danger was heard: first what saves lives. The short number stays under the long one that it is short for.
PHONES_NOW = ("emergency", "veilig_thuis", "suicide_line", "suicide_line_short", "mantelzorglijn")
YOUNG = "kindertelefoon"  # in no list, but in what a young person reads, and she too must be able to press it
# What a page says that has a problem of its own; any other says that something went wrong with us.
_PROBLEMS = {
    404: "problem_missing",
    405: "problem_missing",
    408: "problem_late",
    413: "problem_too_big",
    429: "problem_busy",
}
# Filled in by the widget, at the moment it knows them.
_LEFT_OPEN = {name: f"{{{name}}}" for name in ("asked", "most", "reference", "recipient", "code", "until", "address")}


def in_dutch_time(moment: str) -> str:
    """A moment (``2026-11-23T09:00:00+00:00``) as people here read it: ``23-11-2026, 10:00``."""
    return datetime.fromisoformat(moment).astimezone(DUTCH_TIME).strftime("%d-%m-%Y, %H:%M")


def _call(number: str | None) -> Markup:
    if number is None:
        return Markup("")
    return Markup('<a class="call" href="tel:{}">{}</a>').format(re.sub(r"\D", "", number), number)


def _whole(reference: str | None) -> Markup:
    return Markup('<span class="whole">{}</span>').format(reference) if reference is not None else Markup("")


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
        self._templates.filters["in_paragraphs"] = self._in_paragraphs

    def templates_with(self, folder: Path) -> Environment:
        """Our templates with those of ``folder`` before them: for a page of ours that looks otherwise elsewhere."""
        ours = FileSystemLoader(HERE / "templates")
        return self._templates.overlay(loader=ChoiceLoader([FileSystemLoader(folder), ours]))

    def words(self, *, je: bool = False) -> dict[str, str]:
        """Every sentence of the widget by its short name, to somebody who is *je* if so; placeholders for the widget
        stay as they are."""
        wording = self._spoken(je)
        return {
            name.removeprefix(PREFIX): wording.text(name, **_LEFT_OPEN)
            for name in sorted(self._wording.names())
            if name.startswith(PREFIX)
        }

    def phones(self, keys: tuple[str, ...] = PHONES, *, je: bool = False) -> list[dict[str, str]]:
        """The numbers to call, in this order: {"label", "number"}; no overdue one, unless it saves lives."""
        today, wording = datetime.now(timezone.utc).date(), self._spoken(je)
        return [
            {"label": wording.text(f"{PREFIX}phone_{key}"), "number": self._facts.value(key)}
            for key in keys
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
        return self.document(Markup(markdown(STATEMENT.read_text(encoding="utf-8"))), "accessibility")  # noqa: S704

    def document(self, text: Markup, title: str) -> HTMLResponse:
        """A page with one of our documents; ``title``: the name of the sentence that says which."""
        return self._render("document.html", text=text, title=title)

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
        """A page for people when something is missing, too much or broken: what now, and whom to call."""
        return self._render("problem.html", status, message=_PROBLEMS.get(status, "problem_failed"))

    def plain(self, template: str, status: int = 200, *, je: bool = False, **values: Any) -> HTMLResponse:
        """A page without scripts; it is never kept by the browser, because it holds what she filled in. ``je``: who
        reads it seems to be young."""
        response = self._render(template, status, je=je, mark=secrets.token_urlsafe(18), **values)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _spoken(self, je: bool) -> Wording:
        return self._wording.in_je() if je else self._wording

    def _in_paragraphs(self, text: str) -> Markup:
        """A text as paragraphs, in which every number of ours can be called and that of a request stays whole."""
        numbers = [self._facts.value(YOUNG), *(entry["number"] for entry in self.phones())]
        either = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
        marked = re.compile(rf"(?<![\d-])({either})(?![\d-])|\b(AP-[0-9A-Z]{{4}}-[0-9A-Z]{{2,4}})\b")

        def line(text: str) -> Markup:
            pieces = marked.split(text)
            triples = zip(pieces[0::3], [None, *pieces[1::3]], [None, *pieces[2::3]], strict=True)
            return Markup("").join(
                _call(number) + _whole(reference) + escape(rest) for rest, number, reference in triples
            )

        def part(text: str) -> Markup:
            return Markup('<p dir="auto">{}</p>').format(Markup("<br>").join(line(each) for each in text.split("\n")))

        return Markup("").join(part(each) for each in text.split("\n\n"))

    def _render(self, template: str, status: int = 200, *, je: bool = False, **values: Any) -> HTMLResponse:
        phones = {"phones": self.phones(je=je), "phones_now": self.phones(PHONES_NOW, je=je)}
        html = self._templates.get_template(template).render(words=self.words(je=je), **phones, **values)
        return HTMLResponse(html, status, headers={"Cache-Control": "no-cache"})
