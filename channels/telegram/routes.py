"""The addresses of Telegram on our side: where it brings updates, and where she finds what is hers."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.request.record import Request as HandoverRequest
from channels.rendering.papers import Papers
from channels.rendering.sheet import Reader, RequestSheet
from channels.telegram.bot_api import SECRET_HEADER
from channels.telegram.channel import TelegramChannel
from channels.telegram.exporting import Exports
from channels.telegram.links import COPY_PATH, EXPORT_PATH, DayLinks
from channels.web.guards import TokenBuckets
from channels.web.refusals import where_it_failed

log = logging.getLogger(__name__)
UPDATES_PATH = "/telegram/updates"
MOST_BYTES = 1024 * 1024  # an update is a few kilobytes
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


def telegram_routes(
    channel: TelegramChannel | None,
    copies: DayLinks,
    papers: Papers,
    latest_request: Callable[[str], HandoverRequest | None],
    exports: Exports,
) -> list[Route]:
    """Always there, so that it is decided who may come; without Telegram nothing is found."""
    copy = _CopyOfRequest(copies, papers, latest_request)
    return [
        Route(UPDATES_PATH, _Webhook(channel).updates, methods=["POST"]),
        Route(f"{COPY_PATH}/{{token}}", copy.page, methods=["GET"]),
        Route(f"{COPY_PATH}/{{token}}/pdf", copy.pdf, methods=["GET"]),
        Route(f"{EXPORT_PATH}/{{token}}", exports.page, methods=["GET"]),
    ]


class _Webhook:
    """Takes updates from Telegram, and from nobody else."""

    def __init__(self, channel: TelegramChannel | None) -> None:
        self._channel = channel

    async def updates(self, request: Request) -> Response:
        """Stored, then acknowledged. Whoever does not know the secret finds nothing here."""
        channel = self._channel
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if channel is None or channel.polling or not hmac.compare_digest(given, channel.secret.encode()):
            raise HTTPException(404)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                channel.counts["unreadable"] += 1
                return Response(status_code=200)  # it would be brought again and again
        try:
            data = json.loads(bytes(body))
        except (ValueError, RecursionError):
            data = None
        try:
            await channel.take(data)
        except Exception as error:
            log.error("telegram update not stored: %s", where_it_failed(error))
            return Response(status_code=503)  # Telegram brings it again
        return Response(status_code=200)


class _CopyOfRequest:
    """Her own copy, for who has the address; a day later it opens nothing any more."""

    def __init__(
        self, copies: DayLinks, papers: Papers, latest_request: Callable[[str], HandoverRequest | None]
    ) -> None:
        self._copies = copies
        self._papers = papers
        self._latest_request = latest_request
        self._rate = TokenBuckets(most=10, per_second=0.2)

    async def page(self, request: Request) -> Response:
        """The copy as a page."""
        sheet = await self._sheet(request)
        links = {"pdf": f"{request.url.path}/pdf", "back": "/"}
        return HTMLResponse(await run_in_threadpool(self._papers.page, sheet, links), headers=_HEADERS)

    async def pdf(self, request: Request) -> Response:
        """The copy as a file to keep."""
        sheet = await self._sheet(request)
        content = await run_in_threadpool(self._papers.pdf, sheet)
        name = f'attachment; filename="aanvraag-{sheet.reference}.pdf"'
        return Response(content, media_type="application/pdf", headers={**_HEADERS, "Content-Disposition": name})

    async def _sheet(self, request: Request) -> RequestSheet:
        conversation_id = self._copies.conversation(request.path_params["token"])
        found = await run_in_threadpool(self._latest_request, conversation_id) if conversation_id else None
        if found is None or conversation_id is None:
            raise HTTPException(404)
        if self._rate.take(conversation_id):
            raise HTTPException(429)
        return self._papers.sheet(found, Reader.CARER)
