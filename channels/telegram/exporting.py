"""Everything we have of somebody who talks in Telegram: as a file for her chat, and as a page behind a link for a day.

It holds the same as on the website, because it is the website's own page (``channels/web/templates/export.html``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from channels.telegram.links import DayLinks
from channels.web.guards import TokenBuckets
from channels.web.page import WidgetPage

EXPORT = "export"
"""The word for such a file in the queue: it is made when it goes out, so that nothing of it lies there."""

FILE = "adempauze-gegevens"
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
_OWN = Path(__file__).resolve().parent / "templates"


@dataclass(frozen=True)
class ExportFile:
    """A file that opens in any browser and fetches nothing."""

    name: str
    content: bytes


class Exports:
    """``export_of`` gathers all of a conversation (``bot.privacy.exporting``); ``home`` is where the website is."""

    def __init__(
        self, export_of: Callable[[str], dict[str, Any]], page: WidgetPage, links: DayLinks, home: str
    ) -> None:
        self._export_of = export_of
        self._page = page
        self._links = links
        self._home = home
        self._rate = TokenBuckets(most=10, per_second=0.1)
        self._template = page.templates_with(_OWN).get_template("mine.html")

    def file(self, conversation_id: str) -> ExportFile | None:
        """All of it now, as one file; ``None`` when the conversation is gone."""
        found = self._export_of(conversation_id)
        if found["conversation"] is None:
            return None
        style = (_OWN / "mine.css").read_text(encoding="utf-8")
        return ExportFile(f"{FILE}.html", self._filled(found, "", style).encode())

    async def page(self, request: Request) -> Response:
        """The same as a page, or with ``?als=json`` for another programme, for who has the address of the day."""
        conversation_id = self._links.conversation(request.path_params["token"])
        found = await run_in_threadpool(self._export_of, conversation_id) if conversation_id else None
        if found is None or conversation_id is None or found["conversation"] is None:
            raise HTTPException(404)
        if self._rate.take(conversation_id):
            raise HTTPException(429)
        if request.query_params.get("als") == "json":
            name = f'attachment; filename="{FILE}.json"'
            return JSONResponse(found, headers={**HEADERS, "Content-Disposition": name})
        return HTMLResponse(self._filled(found, request.url.path, ""), headers=HEADERS)

    def _filled(self, found: dict[str, Any], path: str, style: str) -> str:
        return self._template.render(
            found=found,
            remembered=json.dumps(found["remembered"], ensure_ascii=False, indent=2),
            home=self._home,
            path=path,
            style=style,
            words=self._page.words(),
            phones=self._page.phones(),
        )
