"""Going on elsewhere, for the widget: her own code, and going on with one (R19, ADR 14).

A code is told to her alone: it is in no address that reaches a server, in no log and in no message. What is opened by
it is the same conversation, in one browser more; both show everything, and the other one is told that this happened.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.conversations.records import UnknownConversationError
from bot.conversations.store import ConversationStore
from bot.going_on.codes import GivenCode, GoingOnCodes
from channels.web.guards import TokenBuckets, address_of, read_json
from channels.web.identity import TalkIdentity
from channels.web.ports import Wording
from channels.web.presenting import RequestNow, messages_as_json
from channels.web.refusals import RefusalError, answering

log = logging.getLogger(__name__)
PATH, USE_PATH, PAGE = "/api/going-on", "/api/going-on/use", "/verder"
START = "verder_"
"""How the link into Telegram begins what it tells the bot."""

BotName = Callable[[], Awaitable[str]]
_NAME_SECONDS = 2.0  # longer she does not wait for the name of our bot; then the link is left out
_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
_MOST_TYPED = 120


class GoingOn:
    """Whose talk it is follows from our signed statement; what may be opened, from the code alone.

    ``request_now``: how the request of a talk stands, for its card. ``base_url``: where our own page is.
    ``bot_name``: the name of our Telegram bot, when there is one.
    """

    def __init__(
        self,
        codes: GoingOnCodes,
        conversations: ConversationStore,
        identity: TalkIdentity,
        wording: Wording,
        request_now: RequestNow,
        base_url: str,
        bot_name: BotName | None = None,
    ) -> None:
        self._codes = codes
        self._conversations = conversations
        self._identity = identity
        self._wording = wording
        self._request_now = request_now
        self._base_url = base_url
        self._bot_name = bot_name
        self._name = ""
        self._makes_rate = TokenBuckets(most=6, per_second=0.05)
        self._guesses_there = TokenBuckets(most=12, per_second=1 / 30)  # from one address: 12, then 2 a minute
        self._guesses_here = TokenBuckets(most=6, per_second=1 / 60)  # in one conversation

    def routes(self) -> list[Route]:
        """Get a code, end it, go on with one."""
        endpoints = [(PATH, self.make, "POST"), (PATH, self.end, "DELETE"), (USE_PATH, self.use, "POST")]
        return [Route(path, answering(each, self._wording), methods=[method]) for path, each, method in endpoints]

    async def make(self, request: Request) -> Response:
        """A new code: {"code", "until", "page", "qr": {"size", "path"}, "telegram"}; the one before ends."""
        await read_json(request)
        conversation_id = self._hers(request)
        _slow_down(self._makes_rate, conversation_id, "too_fast")
        given = await run_in_threadpool(self._codes.make, conversation_id)
        name = await self._name_of_bot()
        link = f"https://t.me/{name}?start={START}{given.text}" if name else None
        page = f"{self._base_url}{PAGE}"
        told = {"page": page, "qr": _drawn(f"{page}#{given.text}"), "telegram": link}
        return JSONResponse({**_as_json(given), **told})

    async def end(self, request: Request) -> Response:
        """Her code opens nothing any more."""
        await read_json(request)
        await run_in_threadpool(self._codes.end, self._hers(request))
        return JSONResponse({"ended": True})

    async def use(self, request: Request) -> Response:
        """Go on with a code: {"messages", "left"}. ``left``: a code of the talk that was open here, if she said
        anything in it; without ``sure`` that is asked first. The same ``client_id`` may be sent again."""
        body = await read_json(request)
        code, client_id = body.get("code"), body.get("client_id")
        if not isinstance(code, str) or not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
            raise RefusalError(400, "bad_request")
        here = self._identity.read(request)
        _slow_down(self._guesses_there, address_of(request), "code_later")
        if here is not None:
            _slow_down(self._guesses_here, here, "code_later")
        there = await run_in_threadpool(self._codes.find, code[:_MOST_TYPED], client_id)
        if there is None:
            raise RefusalError(404, "code_wrong")
        if there != here:
            return await self._go_on(request, code[:_MOST_TYPED], client_id, here, sure=body.get("sure") is True)
        if self._was_used_by(there, client_id):  # and only the answer got lost
            return await self._opened(request, there, None)
        raise RefusalError(409, "code_here")

    async def _go_on(self, request: Request, code: str, client_id: str, here: str | None, *, sure: bool) -> Response:
        said_here = here is not None and await run_in_threadpool(self._said_anything, here)
        if said_here and not sure:
            raise RefusalError(409, "code_own")
        there = await run_in_threadpool(self._codes.use, code, client_id)
        if there is None:  # somebody was first, this very moment
            raise RefusalError(404, "code_wrong")
        left = await run_in_threadpool(self._codes.make, here) if here is not None and said_here else None
        await run_in_threadpool(self._tell_the_others, there, client_id)
        return await self._opened(request, there, left)

    async def _opened(self, request: Request, there: str, left: GivenCode | None) -> Response:
        messages = await run_in_threadpool(self._conversations.since, there, 0, None)
        shown = await messages_as_json(messages, self._request_now)
        response = JSONResponse({"messages": shown, "left": _as_json(left) if left else None})
        self._identity.give(request, response, there)
        return response

    def _tell_the_others(self, conversation_id: str, client_id: str) -> None:
        """Wherever it is open too: if it was not she, she must know."""
        said = self._wording.text("utter_going_on_opened")
        self._conversations.add(conversation_id, "assistant", said, client_id=_mark(client_id))

    def _was_used_by(self, conversation_id: str, client_id: str) -> bool:
        mark = _mark(client_id)
        return any(each.client_id == mark for each in self._conversations.since(conversation_id, 0, None))

    def _said_anything(self, conversation_id: str) -> bool:
        return any(each.author == "person" for each in self._conversations.since(conversation_id, 0, None))

    def _hers(self, request: Request) -> str:
        conversation_id = self._identity.read(request)
        if conversation_id is None or self._conversations.get(conversation_id) is None:
            raise UnknownConversationError
        return conversation_id

    async def _name_of_bot(self) -> str:
        if self._bot_name is None or self._name:
            return self._name
        try:
            self._name = await asyncio.wait_for(self._bot_name(), _NAME_SECONDS)
        except Exception as error:  # whatever is wrong with Telegram: the code works without this link
            log.warning("telegram does not tell the name of our bot: %s", type(error).__name__)
        return self._name


def _mark(client_id: str) -> str:
    return f"notice-going-on-{hashlib.sha256(client_id.encode()).hexdigest()[:32]}"


def _as_json(given: GivenCode) -> dict[str, Any]:
    return {"code": given.text, "until": given.ends_at.isoformat(timespec="seconds")}


def _drawn(text: str) -> dict[str, Any]:
    """The QR code as a drawing: the side in modules, and a path of the dark ones."""
    rows = tuple(segno.make(text, error="m", micro=False, boost_error=False).matrix)
    path = "".join(
        f"M{run.start()} {line}h{len(run[0])}v1h-{len(run[0])}z"
        for line, row in enumerate(rows)
        for run in re.finditer("1+", "".join(str(int(bool(module))) for module in row))
    )
    return {"size": len(rows), "path": path}


def _slow_down(buckets: TokenBuckets, key: str, code: str) -> None:
    wait = buckets.take(key)
    if wait:
        raise RefusalError(429, code, retry_after=wait)
