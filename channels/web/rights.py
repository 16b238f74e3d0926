"""What she may ask of us, from her own talk: everything we have about her, as a page to read or a file for another
programme; and the page that says how we deal with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from markdown import markdown
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.settings import ROOT
from channels.web.guards import TokenBuckets, require_own_site
from channels.web.identity import TalkIdentity
from channels.web.page import WidgetPage
from channels.web.ports import Wording
from channels.web.refusals import RefusalError, answering

ExportOf = Callable[[str], "dict[str, Any]"]
"""Everything of one conversation (``bot.privacy.exporting``)."""
PATH, PAGE = "/api/export", "/privacy"
NOTICE = ROOT / "docs" / "privacy" / "privacyverklaring.md"
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class RightsEndpoints:
    """Who asks follows from our signed statement alone."""

    def __init__(
        self, export_of: ExportOf, page: WidgetPage, identity: TalkIdentity, wording: Wording, base_url: str
    ) -> None:
        self._export_of = export_of
        self._page = page
        self._identity = identity
        self._wording = wording
        self._base_url = base_url
        self._rate = TokenBuckets(most=10, per_second=0.1)

    def routes(self) -> list[Route]:
        """Her data, and the page about privacy."""
        return [
            Route(PATH, answering(self.export, self._wording), methods=["GET"]),
            Route(PAGE, self.notice, methods=["GET"]),
        ]

    async def export(self, request: Request) -> Response:
        """Her data: a page, or with ``?als=json`` a file. Without a talk of hers: the way back to the talk."""
        require_own_site(request)
        conversation_id = self._identity.read(request)
        if conversation_id is None:
            return RedirectResponse("/", 303, headers=HEADERS)
        wait = self._rate.take(conversation_id)
        if wait:
            raise RefusalError(429, "too_fast", retry_after=wait)
        found = await run_in_threadpool(self._export_of, conversation_id)
        if found["conversation"] is None:
            return RedirectResponse("/", 303, headers=HEADERS)
        if request.query_params.get("als") == "json":
            file = {"Content-Disposition": 'attachment; filename="adempauze-gegevens.json"'}
            return JSONResponse(found, headers={**HEADERS, **file})
        text = json.dumps(found["remembered"], ensure_ascii=False, indent=2)
        response = self._page.plain("export.html", found=found, remembered=text, home=self._base_url, path=PATH)
        response.headers.update(HEADERS)
        return response

    async def notice(self, _request: Request) -> Response:
        """What we keep, why, how long and who reads it: the same text as in the documents, made from the code."""
        text = Markup(markdown(NOTICE.read_text("utf-8"), extensions=["tables"]))  # noqa: S704
        return self._page.document(text, "privacy")
