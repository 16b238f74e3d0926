"""The API of the widget: start or resume, say something, follow along, erase."""

from __future__ import annotations

import contextlib
import inspect
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.conversations.records import Incoming, Message, UnknownConversationError, storable
from bot.conversations.store import ConversationStore
from bot.keeping import STORING_FAILS, NotKeptError
from channels.web.arrivals import Arrivals, stream_messages
from channels.web.guards import TokenBuckets, address_of, message_number, read_json, require_own_site
from channels.web.leaving import LeavableIdentity
from channels.web.ports import Erase, KnownMunicipality, Reception, Wording
from channels.web.presenting import RequestNow, messages_as_json
from channels.web.refusals import RefusalError, answering, where_it_failed
from channels.web.streaming import LiveResponse, OpenStreams
from channels.web.visiting import visit_of
from channels.web.websites import Websites

log = logging.getLogger(__name__)
MOST_SIGNS = 10_000  # in one message
_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
_ORIGIN = re.compile(r"[\w .,'’()/-]{1,80}")


class TalkAPI:
    """The endpoints, each answering in JSON. Who is speaking follows from our signed statement alone."""

    def __init__(
        self,
        *,
        conversations: ConversationStore,
        reception: Reception,
        wording: Wording,
        identity: LeavableIdentity,
        erase: Erase,
        known_municipality: KnownMunicipality,
        websites: Websites,
        request_now: RequestNow,
    ) -> None:
        self._conversations = conversations
        self._reception = reception
        self._wording = wording
        self._identity = identity
        self._erase = erase
        self._known_municipality = known_municipality
        self._websites = websites
        self._request_now = request_now
        self._arrivals = Arrivals()
        self._streams = OpenStreams()
        conversations.watch(self._arrivals.ring)
        self._messages_rate = TokenBuckets(most=12, per_second=0.5)
        self._address_rate = TokenBuckets(most=300, per_second=15)  # the same many people; others keep their share
        self._starts_rate = TokenBuckets(most=40, per_second=0.2)  # a library or town hall shares one address
        # The library that writes the stream would put every message in a debug log.
        logging.getLogger("sse_starlette.sse").setLevel(logging.INFO)

    def routes(self) -> list[Route]:
        """The routes of the talk itself."""
        endpoints = [
            ("/api/conversation", self.start, "POST"),
            ("/api/conversation", self.wipe, "DELETE"),
            ("/api/messages", self.messages, "GET"),
            ("/api/messages", self.say, "POST"),
            ("/api/stream", self.stream, "GET"),
        ]
        return [
            Route(path, answering(endpoint, self._wording), methods=[method]) for path, endpoint, method in endpoints
        ]

    async def start(self, request: Request) -> Response:
        """Start a conversation, or resume the one that is hers; gives everything said so far.

        ``earlier``: she asks for the talk from before, which she left in a hurry or which gave way to another.
        """
        return await self._heard_anyhow(request, self._start)

    async def _start(self, request: Request, body: dict[str, Any]) -> Response:
        asks_earlier = body.get("earlier") is True
        conversation_id = self._identity.earlier(request) if asks_earlier else self._identity.read(request)
        if conversation_id is None or not await run_in_threadpool(self._conversations.get, conversation_id):
            if asks_earlier:
                raise RefusalError(404, "no_earlier")
            self._slow_down(self._starts_rate, address_of(request), "too_many")
            municipality = self._municipality(request, self._known_municipality(_short(body.get("municipality")) or ""))
            conversation = await run_in_threadpool(
                self._conversations.start, "web", municipality, _short(body.get("origin"))
            )
            conversation_id = conversation.id
        messages = await self._everything(conversation_id)
        if not messages:
            await self._reception.open(conversation_id)
            messages = await self._everything(conversation_id)
        response = await self._shown(messages)
        self._identity.give(request, response, conversation_id)
        return response

    async def messages(self, request: Request) -> Response:
        """What was said after message number ``after``."""
        require_own_site(request)
        conversation_id = await self._hers(request)
        return await self._shown(await self._everything(conversation_id, _number(request.query_params.get("after"))))

    async def say(self, request: Request) -> Response:
        """Take a typed text or a pressed button to the reception; gives what is new after ``after``.

        The same ``client_id`` may be sent any number of times. ``waiting``: what she wrote that was not sent yet, this
        message too; only looked at when nothing can be kept.
        """
        return await self._heard_anyhow(request, self._say)

    async def _say(self, request: Request, body: dict[str, Any]) -> Response:
        conversation_id = await self._hers(request)
        self._slow_down(self._messages_rate, conversation_id, "too_fast")
        self._slow_down(self._address_rate, address_of(request), "too_many")
        incoming = await self._incoming(conversation_id, body)
        received = await self._reception.receive(conversation_id, incoming)
        if isinstance(body.get("after"), int):
            received = await self._everything(conversation_id, message_number(body["after"]))
        response = await self._shown(received)
        self._identity.renew(request, response, conversation_id, worth_more=_was_sent(received))
        return response

    async def stream(self, request: Request) -> Response:
        """Server-sent events: ``message`` for each new one, resumed by ``Last-Event-ID``, and ``gone`` at the end."""
        require_own_site(request)
        conversation_id = await self._hers(request)
        after = max(_number(request.query_params.get("after")), _number(request.headers.get("last-event-id")))
        with contextlib.ExitStack() as place:
            place.enter_context(self._streams.place(conversation_id, address_of(request)))
            events = stream_messages(self._conversations, self._arrivals, self._request_now, conversation_id, after)
            response = LiveResponse(events)
            self._identity.renew(request, response, conversation_id)
            response.place = place.pop_all()
        return response

    async def wipe(self, request: Request) -> Response:
        """Erase the conversation everywhere and forget who this was."""
        await read_json(request)
        conversation_id = self._identity.read(request)
        if conversation_id is not None:
            erased = await run_in_threadpool(self._erase, conversation_id)
            if inspect.isawaitable(erased):
                await erased
        response = await self._shown([])
        self._identity.take(request, response)
        return response

    async def _heard_anyhow(
        self, request: Request, endpoint: Callable[[Request, dict[str, Any]], Awaitable[Response]]
    ) -> Response:
        """The answer. When nothing can be kept, danger is heard in what she wrote all the same (invariant 2)."""
        body = await read_json(request)
        try:
            return await endpoint(request, body)
        except (NotKeptError, *STORING_FAILS) as error:
            log.error("not kept at %s: %s", request.url.path, where_it_failed(error))
        raise await self._reception.not_kept(_waiting(body), self._identity.claimed(request))

    async def _shown(self, messages: list[Message]) -> JSONResponse:
        return JSONResponse({"messages": await messages_as_json(messages, self._request_now)})

    def _municipality(self, request: Request, named: str | None) -> str | None:
        """Where a new talk is about: what the link names, or on a website what that website speaks for."""
        visit = visit_of(request)
        return named if visit is None else self._websites.municipality_for(visit.origin, named)

    async def _hers(self, request: Request) -> str:
        conversation_id = self._identity.read(request)
        # One look-up by key: a thread for it would cost more than the look-up.
        if conversation_id is None or self._conversations.get(conversation_id) is None:
            raise UnknownConversationError
        return conversation_id

    async def _everything(self, conversation_id: str, after: int = 0) -> list[Message]:
        return await run_in_threadpool(self._conversations.since, conversation_id, after, None)

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


def _was_sent(messages: list[Message]) -> bool:
    """Does one of these show a request that is with the municipality? From then on there is more to see."""
    cards = [message.card for message in messages if message.card and message.card.get("kind") == "request"]
    return any(card.get("reference") for card in cards)


def _waiting(body: dict[str, Any]) -> list[str]:
    """What she wrote and we do not have yet, oldest first."""
    waiting = body.get("waiting")
    texts = [text for text in waiting if isinstance(text, str)] if isinstance(waiting, list) else []
    sent = body.get("text")
    return texts if sent in texts or not isinstance(sent, str) else [sent, *texts]


def _short(value: object) -> str | None:
    """A municipality or origin from a link, if it looks like one."""
    return value if isinstance(value, str) and _ORIGIN.fullmatch(value) else None


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else 0
