"""Her own copy of her request: a page to print and a PDF to keep, within her own conversation only (R90)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.request.record import Request as HandoverRequest
from channels.rendering.assets import asset_routes
from channels.rendering.papers import Papers
from channels.rendering.sheet import Reader, RequestSheet
from channels.web.guards import TokenBuckets, require_own_site
from channels.web.identity import TalkIdentity
from channels.web.ports import Wording
from channels.web.refusals import RefusalError, answering

LatestRequest = Callable[[str], "HandoverRequest | None"]
PAGE_PATH = "/api/request/copy"
PDF_PATH = "/api/request/copy.pdf"
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class CopyEndpoints:
    """Who asks follows from our signed statement alone; there is no reference in the address to guess."""

    def __init__(self, latest_request: LatestRequest, papers: Papers, identity: TalkIdentity, wording: Wording) -> None:
        self._latest_request = latest_request
        self._papers = papers
        self._identity = identity
        self._wording = wording
        self._rate = TokenBuckets(most=10, per_second=0.2)

    def routes(self) -> list[Route]:
        """The page, the PDF, and what the page loads."""
        return [
            Route(PAGE_PATH, self._to_the_talk_without(self.page), methods=["GET"]),
            Route(PDF_PATH, self._to_the_talk_without(self.pdf), methods=["GET"]),
            *asset_routes(self._papers),
        ]

    async def page(self, request: Request) -> Response:
        """Her copy as a page."""
        sheet = await self._sheet(request)
        html = await run_in_threadpool(self._papers.page, sheet, {"pdf": PDF_PATH, "back": "/"})
        return HTMLResponse(html, headers=HEADERS)

    async def pdf(self, request: Request) -> Response:
        """Her copy as a file to keep; its name tells no more than the number."""
        sheet = await self._sheet(request)
        content = await run_in_threadpool(self._papers.pdf, sheet)
        disposition = f'attachment; filename="aanvraag-{sheet.reference}.pdf"'
        headers = {**HEADERS, "Content-Disposition": disposition}
        return Response(content, media_type="application/pdf", headers=headers)

    async def _sheet(self, request: Request) -> RequestSheet:
        require_own_site(request)
        conversation_id = self._identity.read(request)
        if conversation_id is None:
            raise NothingToCopyError
        wait = self._rate.take(conversation_id)
        if wait:
            raise RefusalError(429, "too_fast", retry_after=wait)
        found = await run_in_threadpool(self._latest_request, conversation_id)
        if found is None:
            raise NothingToCopyError
        return self._papers.sheet(found, Reader.CARER)

    def _to_the_talk_without(
        self, endpoint: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Without a request to copy she is back at the talk: she came by a link, and JSON would tell her nothing."""

        async def copy_or_talk(request: Request) -> Response:
            try:
                return await endpoint(request)
            except NothingToCopyError:
                return RedirectResponse("/", 303, headers=HEADERS)

        return answering(copy_or_talk, self._wording)


class NothingToCopyError(LookupError):
    """There is no conversation of hers, or no request in it."""
