"""The page and the widget's one script file, both made of the wording and the facts of the moment."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from channels.web.ports import Facts, Wording

HERE = Path(__file__).resolve().parent
PREFIX = "utter_widget_"
# The numbers on every page, in this order: the fact's key, and the end of the name of the sentence beside it.
PHONES = ("mantelzorglijn", "suicide_line", "suicide_line_short", "veilig_thuis", "emergency")
# Filled in by the widget, at the moment it knows them.
_LEFT_OPEN = {name: f"{{{name}}}" for name in ("asked", "most", "reference", "recipient")}
# Each file uses only what stands before it.
_MODULES = ("dom", "links", "session", "outbox", "offers", "request", "thread", "composer", "dialogs", "widget")


class WidgetPage:
    """Renders the page at ``/``, the script at ``/adempauze.js`` and the page that says something is wrong."""

    def __init__(self, wording: Wording, facts: Facts, leave_url: str, most_signs: int) -> None:
        self._wording = wording
        self._facts = facts
        self._leave_url = leave_url
        self._most_signs = most_signs
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

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
        return self._render(
            "page.html",
            municipality=request.query_params.get("gemeente", "")[:80],
            origin=request.query_params.get("via", "")[:80],
        )

    async def script(self, request: Request) -> Response:
        """The widget as one file, cached for five minutes and then by its ETag."""
        given = {"words": self.words(), "phones": self.phones(), "leaveUrl": self._leave_url}
        body, packed, etag = _bundle(json.dumps({**given, "mostSigns": self._most_signs}, sort_keys=True))
        headers = {
            "ETag": etag,
            "Cache-Control": "public, max-age=300",
            "Vary": "Accept-Encoding",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, media_type="text/javascript", headers={**headers, "Content-Encoding": "gzip"})
        return Response(body, media_type="text/javascript", headers=headers)

    def problem(self, status: int) -> HTMLResponse:
        """A page for people when something is missing (404) or broken (anything else): what now, and whom to call."""
        message = "problem_missing" if status in (404, 405) else "problem_failed"
        return self._render("problem.html", status, message=message)

    def _render(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        html = self._templates.get_template(template).render(words=self.words(), phones=self.phones(), **values)
        return HTMLResponse(html, status, headers={"Cache-Control": "no-cache"})


@lru_cache(maxsize=4)
def _bundle(given: str) -> tuple[bytes, bytes, str]:
    """The script, the same packed, and its ETag. ``given`` is JSON, and plain ASCII: safe inside a script."""
    parts = ['"use strict";', f"const given = {given};", f"const styles = {json.dumps(_read('widget.css'))};"]
    parts += [_as_plain_script(_read(f"{name}.js")) for name in _MODULES]
    body = "(() => {\n" + "\n".join(parts) + "\n})();\n"
    data = body.encode()
    return data, gzip.compress(data, mtime=0), f'"{hashlib.sha256(data).hexdigest()[:24]}"'


def _as_plain_script(module: str) -> str:
    """A module without its imports and exports: joined in order, each finds the others in one closed scope."""
    lines = (line for line in module.splitlines() if not line.startswith("import "))
    return "\n".join(line.removeprefix("export ") for line in lines)


def _read(name: str) -> str:
    return (HERE / "static" / name).read_text(encoding="utf-8")
