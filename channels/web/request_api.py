"""The form of her request: how the request is now, and what she changes in it, all at once.

The form writes nothing itself. What she changed goes to the reception as one pressed button, like every other choice,
so that one place keeps the order of things and the talk knows of it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.conversations.records import Incoming, UnknownConversationError, storable
from bot.conversations.store import ConversationStore
from bot.privacy import without_bsn
from bot.request.fields import FieldKey
from channels.web.guards import TokenBuckets, message_number, read_json, require_own_site
from channels.web.identity import TalkIdentity
from channels.web.ports import Reception, Wording
from channels.web.presenting import RequestNow, messages_as_json
from channels.web.refusals import RefusalError, answering

PATH = "/api/request"
MOST_SIGNS = 2_000  # in one field
_MOST_FIELDS = 2 * len(FieldKey)
_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
_QUESTION = "question"  # no field: it stands above them, in her own words (R91)
_KEYS = frozenset(key.value for key in FieldKey)


@dataclass(frozen=True)
class Change:
    """What she changed. ``changes``: a new text by field, ``None`` to leave it out; her question is one of them ·
    ``include``: fields to share after all · ``loved_one_health``: her answer about the health of the loved one, or
    ``None``."""

    changes: dict[str, str | None]
    include: list[str]
    loved_one_health: bool | None

    @property
    def payload(self) -> str:
        """The one button that says all of it."""
        fields = {key: text for key, text in self.changes.items() if key != _QUESTION}
        value: dict[str, Any] = {"changes": fields, "include": self.include, "loved_one_health": self.loved_one_health}
        if _QUESTION in self.changes:
            value[_QUESTION] = self.changes[_QUESTION]
        return "/choose" + json.dumps({"question": "request_form", "value": value}, ensure_ascii=False)

    @property
    def typed(self) -> str:
        """What she wrote herself: danger is heard in it as in any message."""
        return "\n".join(text for text in self.changes.values() if text)


class BadFieldsError(ValueError):
    """Some fields cannot be kept as they are. ``fields``: the name of the sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("bad fields")
        self.fields = fields


class RequestEndpoints:
    """Whose request it is follows from our signed statement alone."""

    def __init__(
        self,
        *,
        conversations: ConversationStore,
        reception: Reception,
        request_now: RequestNow,
        identity: TalkIdentity,
        wording: Wording,
    ) -> None:
        self._conversations = conversations
        self._reception = reception
        self._request_now = request_now
        self._identity = identity
        self._wording = wording
        self._looks_rate = TokenBuckets(most=40, per_second=1)
        self._changes_rate = TokenBuckets(most=6, per_second=0.1)

    def routes(self) -> list[Route]:
        """See the request, and change it."""
        endpoints = [(self.see, "GET"), (self.change, "POST")]
        return [Route(PATH, answering(endpoint, self._wording), methods=[how]) for endpoint, how in endpoints]

    async def see(self, request: Request) -> Response:
        """The request as it is now: {"card": ... or null}."""
        require_own_site(request)
        conversation_id = self._hers(request)
        _slow_down(self._looks_rate, conversation_id)
        return JSONResponse({"card": await run_in_threadpool(self._request_now, conversation_id)})

    async def change(self, request: Request) -> Response:
        """Hand what she changed to the reception; gives what is new in the talk after ``after``.

        The same ``client_id`` may be sent any number of times. A field that cannot be kept is named, with why, and then
        nothing is changed at all: {"error", "text", "fields": {key: why}}.
        """
        body = await read_json(request)
        conversation_id = self._hers(request)
        _slow_down(self._changes_rate, conversation_id)
        client_id, after = body.get("client_id"), message_number(body.get("after"))
        if not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
            raise RefusalError(400, "bad_request")
        try:
            changed = read_change(body)
        except BadFieldsError as bad:
            return self._name_fields(bad)
        await self._require_changeable(conversation_id, client_id)
        said = Incoming(self._wording.text("utter_request_form_said"), changed.payload, client_id, changed.typed)
        await self._reception.receive(conversation_id, said)
        messages = await run_in_threadpool(self._conversations.since, conversation_id, after)
        response = JSONResponse({"messages": await messages_as_json(messages, self._request_now)})
        self._identity.renew(request, response, conversation_id)
        return response

    async def _require_changeable(self, conversation_id: str, client_id: str) -> None:
        """Refuse before anything is said: afterwards what she typed would be gone from her form."""
        card = await run_in_threadpool(self._request_now, conversation_id)
        if card is not None and card["changeable"]:
            return
        said = await run_in_threadpool(self._conversations.since, conversation_id)
        is_done = any(message.client_id == client_id for message in said)  # and only the answer got lost
        if not is_done:
            raise RefusalError(409, "request_gone" if card is None else "request_taken")

    def _name_fields(self, bad: BadFieldsError) -> JSONResponse:
        most = f"{MOST_SIGNS:,}".replace(",", ".")
        fields = {key: self._wording.text(name, most=most) for key, name in bad.fields.items()}
        text = self._wording.text("utter_request_form_bad")
        return JSONResponse({"error": "request_fields", "text": text, "fields": fields}, 422)

    def _hers(self, request: Request) -> str:
        conversation_id = self._identity.read(request)
        if conversation_id is None or self._conversations.get(conversation_id) is None:
            raise UnknownConversationError
        return conversation_id


def read_change(body: dict[str, Any]) -> Change:
    """What the form sent. Raises ``RefusalError`` for what no form of ours sends, ``BadFieldsError`` for the rest."""
    changes, include, health = body.get("changes", {}), body.get("include", []), body.get("loved_one_health")
    if not isinstance(changes, dict) or not isinstance(include, list) or len(changes) + len(include) > _MOST_FIELDS:
        raise RefusalError(400, "bad_request")
    if health is not None and not isinstance(health, bool):
        raise RefusalError(400, "bad_request")
    if not all(isinstance(key, str) for key in include):
        raise RefusalError(400, "bad_request")
    texts = {key: _text(value) for key, value in changes.items()}
    wrong = {key: found for key, value in texts.items() if (found := _fault(key, value))}
    wrong |= {key: "utter_request_form_unknown" for key in include if key not in _KEYS}
    if wrong:
        raise BadFieldsError(wrong)
    return Change(texts, list(dict.fromkeys(include)), health)


def _text(value: object) -> str | None:
    """A field as it will be kept: text, or ``None`` to leave it out."""
    if value is not None and not isinstance(value, str):
        raise RefusalError(400, "bad_request")
    return None if value is None else storable(value)


def _fault(key: str, text: str | None) -> str | None:
    """The name of the sentence that says what is wrong with a field, or ``None``."""
    if key not in _KEYS and key != _QUESTION:
        return "utter_request_form_unknown"
    if text is None:
        return None
    if not text:
        return "utter_request_form_empty"
    if len(text) > MOST_SIGNS:
        return "utter_request_form_long"
    if key != FieldKey.CONTACT_PHONE and without_bsn(text)[1]:  # a number to call can look like one (invariant 10)
        return "utter_request_form_bsn"
    return None


def _slow_down(buckets: TokenBuckets, conversation_id: str) -> None:
    wait = buckets.take(conversation_id)
    if wait:
        raise RefusalError(429, "request_later", retry_after=wait)
