"""The API of the widget: start or resume, say something, follow along, erase."""

from __future__ import annotations

import inspect
import logging
import re
from typing import Any

from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.conversations import ConversationStore, Incoming, Message, UnknownConversationError, storable
from channels.web.arrivals import Arrivals, stream_messages
from channels.web.guards import TalkCookie, TokenBuckets, read_json, require_own_site
from channels.web.ports import Erase, KnownMunicipality, Reception, ReportOffer, Wording
from channels.web.presenting import message_as_json
from channels.web.refusals import RefusalError, answering
from knowledge.curation.reports import ReportReason

MOST_SIGNS = 10_000  # in one message
MOST_STREAMS = 8  # open at once for one conversation: tabs and devices
REPORTED = "reported"  # key in the conversation's state: the offers she said something about
_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
_ORIGIN = re.compile(r"[\w .,'’()/-]{1,80}")


class TalkAPI:
    """The endpoints, each answering in JSON. Who is speaking follows from the signed cookie and from nothing else."""

    def __init__(
        self,
        *,
        conversations: ConversationStore,
        reception: Reception,
        wording: Wording,
        cookie: TalkCookie,
        erase: Erase,
        known_municipality: KnownMunicipality,
        report_offer: ReportOffer,
    ) -> None:
        self._conversations = conversations
        self._reception = reception
        self._wording = wording
        self._cookie = cookie
        self._erase = erase
        self._known_municipality = known_municipality
        self._report_offer = report_offer
        self._arrivals = Arrivals()
        conversations.watch(self._arrivals.ring)
        self._messages_rate = TokenBuckets(most=12, per_second=0.5)
        self._reports_rate = TokenBuckets(most=6, per_second=0.1)
        self._starts_rate = TokenBuckets(most=40, per_second=0.2)  # a library or town hall shares one address
        # The library that writes the stream would put every message in a debug log.
        logging.getLogger("sse_starlette.sse").setLevel(logging.INFO)

    def routes(self) -> list[Route]:
        """The routes of the API. The request form joins here as ``POST /api/request``."""
        endpoints = [
            ("/api/conversation", self.start, "POST"),
            ("/api/conversation", self.wipe, "DELETE"),
            ("/api/messages", self.messages, "GET"),
            ("/api/messages", self.say, "POST"),
            ("/api/stream", self.stream, "GET"),
            ("/api/reports", self.report, "POST"),
        ]
        return [
            Route(path, answering(endpoint, self._wording), methods=[method]) for path, endpoint, method in endpoints
        ]

    async def start(self, request: Request) -> Response:
        """Start a conversation, or resume the one the cookie names; gives everything said so far."""
        body = await read_json(request)
        conversation_id = self._cookie.read(request)
        if conversation_id is None or not await run_in_threadpool(self._conversations.get, conversation_id):
            self._slow_down(self._starts_rate, request.client.host if request.client else "", "too_many")
            municipality = self._known_municipality(_short(body.get("municipality")) or "")
            conversation = await run_in_threadpool(
                self._conversations.start, "web", municipality, _short(body.get("origin"))
            )
            conversation_id = conversation.id
        messages = await self._everything(conversation_id)
        if not messages:
            await self._reception.open(conversation_id)
            messages = await self._everything(conversation_id)
        response = _answer(messages)
        self._cookie.give(response, conversation_id)
        return response

    async def messages(self, request: Request) -> Response:
        """What was said after message number ``after``."""
        require_own_site(request)
        conversation_id = await self._hers(request)
        return _answer(await self._everything(conversation_id, _number(request.query_params.get("after"))))

    async def say(self, request: Request) -> Response:
        """Take a typed text or a pressed button to the reception; gives what is new after ``after``.

        The same ``client_id`` may be sent any number of times.
        """
        body = await read_json(request)
        conversation_id = await self._hers(request)
        self._slow_down(self._messages_rate, conversation_id, "too_fast")
        incoming = await self._incoming(conversation_id, body)
        received = await self._reception.receive(conversation_id, incoming)
        if isinstance(body.get("after"), int):
            received = await self._everything(conversation_id, body["after"])
        return _answer(received)

    async def stream(self, request: Request) -> Response:
        """Server-sent events: ``message`` for each new one, resumed by ``Last-Event-ID``, and ``gone`` at the end."""
        require_own_site(request)
        conversation_id = await self._hers(request)
        if self._arrivals.streams(conversation_id) >= MOST_STREAMS:
            raise RefusalError(429, "too_many", retry_after=30)
        after = max(_number(request.query_params.get("after")), _number(request.headers.get("last-event-id")))
        return EventSourceResponse(
            stream_messages(self._conversations, self._arrivals, conversation_id, after),
            ping=15,
            send_timeout=30,
        )

    async def report(self, request: Request) -> Response:
        """Something on an offer card is not right: a reason of ours, no words, and nothing of the talk goes with it.

        Only of an offer that was shown in this conversation, and of each once: later ones are thanked for all the same.
        """
        body = await read_json(request)
        conversation_id = await self._hers(request)
        self._slow_down(self._reports_rate, conversation_id, "report_later")
        offer_id, reason = body.get("offer"), body.get("reason")
        if not isinstance(offer_id, str) or not isinstance(reason, str) or reason not in list(ReportReason):
            raise RefusalError(400, "bad_request")
        if offer_id not in _offers_shown(await self._everything(conversation_id)):
            raise RefusalError(400, "bad_request")
        reported = self._conversations.recall(conversation_id).get(REPORTED, [])
        if offer_id not in reported:
            kept = {REPORTED: [*reported, offer_id]}
            await run_in_threadpool(self._conversations.remember, conversation_id, **kept)
            await run_in_threadpool(self._report_offer, offer_id, ReportReason(reason))
        return JSONResponse({"reported": True})

    async def wipe(self, request: Request) -> Response:
        """Erase the conversation everywhere and forget who this was."""
        await read_json(request)
        conversation_id = self._cookie.read(request)
        if conversation_id is not None:
            erased = await run_in_threadpool(self._erase, conversation_id)
            if inspect.isawaitable(erased):
                await erased
        response = _answer([])
        self._cookie.take(response)
        return response

    async def _hers(self, request: Request) -> str:
        conversation_id = self._cookie.read(request)
        # One look-up by key: a thread for it would cost more than the look-up.
        if conversation_id is None or self._conversations.get(conversation_id) is None:
            raise UnknownConversationError
        return conversation_id

    async def _everything(self, conversation_id: str, after: int = 0) -> list[Message]:
        messages: list[Message] = []
        while part := await run_in_threadpool(self._conversations.since, conversation_id, after):
            messages += part
            after = part[-1].id
        return messages

    async def _incoming(self, conversation_id: str, body: dict[str, Any]) -> Incoming:
        client_id, text, token = body.get("client_id"), body.get("text"), body.get("button")
        if not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
            raise RefusalError(400, "bad_request")
        if isinstance(token, str) and text is None:
            button = await run_in_threadpool(self._conversations.press, conversation_id, token)
            if button is None:
                raise RefusalError(409, "button_gone")
            return Incoming(button["title"], button["payload"], client_id)
        if not isinstance(text, str) or token is not None:
            raise RefusalError(400, "bad_request")
        if len(text) > MOST_SIGNS:
            raise RefusalError(422, "too_long", most=f"{MOST_SIGNS:,}".replace(",", "."))
        text = storable(text)
        if not text:
            raise RefusalError(422, "empty")
        return Incoming(text, None, client_id)

    def _slow_down(self, buckets: TokenBuckets, key: str, code: str) -> None:
        wait = buckets.take(key)
        if wait:
            raise RefusalError(429, code, retry_after=wait)


def _answer(messages: list[Message]) -> JSONResponse:
    return JSONResponse({"messages": [message_as_json(message) for message in messages]})


def _offers_shown(messages: list[Message]) -> set[str]:
    """The ids of every offer on the cards of a conversation."""
    cards = [message.card for message in messages if message.card and message.card.get("kind") == "offers"]
    return {str(offer.get("id")) for card in cards for offer in card.get("offers", ())}


def _short(value: object) -> str | None:
    """A municipality or origin from a link, if it looks like one."""
    return value if isinstance(value, str) and _ORIGIN.fullmatch(value) else None


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else 0
