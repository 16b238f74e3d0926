"""The stand-in for Telegram on the wire: calls, troubles, and the server that reads them."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from tests.telegram_stub import TelegramStub

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyzABCDEFGHI"
NO_ANSWER = -1
HANG_UP = -2
_IN_PARTS = ("reply_markup", "message_ids", "allowed_updates", "commands", "link_preview_options")
_TAG = re.compile(r'</?(?:b|i|a|blockquote)>|<blockquote expandable>|<a href="https?://[^"<>]+">')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}


@dataclass
class Call:
    """What the bot asked: ``method`` and its ``values``; ``at`` by the clock of the machine."""

    method: str
    values: dict[str, Any]
    at: float
    answered: int = 200

    @property
    def text(self) -> str:
        """The words of a message as a person reads them."""
        text = self.values.get("text", "")
        if self.values.get("parse_mode") != "HTML":
            return text
        text = _TAG.sub("", text)
        for entity, sign in _ENTITIES.items():
            text = text.replace(entity, sign)
        return text


@dataclass
class Trouble:
    """What happens to the next ``times`` calls of ``method`` (of one ``chat``): a status, ``NO_ANSWER`` or ``HANG_UP``;
    ``taken``: it is done all the same, and only the answer is lost."""

    method: str
    status: int
    times: int = 1
    chat: int | None = None
    retry_after: int | None = None
    description: str = "trouble"
    taken: bool = False


def good(result: Any) -> tuple[int, dict[str, Any]]:
    return 200, {"ok": True, "result": result}


def refusal(code: int, description: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
    more = {"parameters": parameters} if parameters else {}
    return {"ok": False, "error_code": code, "description": description, **more}


def is_broken(html: str) -> bool:
    """Would Telegram refuse this markup?"""
    rest = _TAG.sub("", html)
    entities = re.sub(r"&(?:lt|gt|amp|quot);", "", rest)
    return "<" in rest or ">" in rest or "&" in entities


def handler_of(stub: TelegramStub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            token, _, method = parts.path.removeprefix("/bot").partition("/")
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            values = {name: given[0] for name, given in parse_qs(parts.query).items()}
            values |= _values_in(body, self.headers.get("content-type", ""))
            known = token == TOKEN
            status, answer = stub.answer(method, values) if known else (401, refusal(401, "Unauthorized"))
            try:
                self._send(status, json.dumps(answer).encode())
            except OSError:
                self.close_connection = True

        do_GET = do_POST  # noqa: N815

        def _send(self, status: int, content: bytes) -> None:
            if status in (NO_ANSWER, HANG_UP):
                if status == NO_ANSWER:
                    time.sleep(30)
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: Any) -> None:
            """Quiet."""

    return Handler


def _values_in(body: bytes, kind: str) -> dict[str, Any]:
    """The values of a call; a file in it as ``{"name": ..., "content": ...}``."""
    if not kind.startswith("multipart/"):
        return {name: _value(name, given[0]) for name, given in parse_qs(body.decode()).items()}
    parts = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=HTTP)
    values: dict[str, Any] = {}
    for part in parts.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content, file = part.get_payload(decode=True), part.get_filename()
        values[name] = {"name": file, "content": content} if file else _value(name, content.decode())
    return values


def _value(name: str, text: str) -> Any:
    """A value as the library sends it: words as they are, what has parts as JSON."""
    return json.loads(text) if name in _IN_PARTS else text
