"""Webhooks against a real server: signed, without a person in them, the same each time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bot.outbox.letters import LetterEvent, LetterKind, LetterState
from bot.request.clock import OfficeHours
from channels.outgoing.post import carriers
from channels.outgoing.settings import OutgoingSettings, WebhookSettings
from channels.outgoing.worker import Worker

SECRET = "een geheim van ten minste tweeendertig tekens"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.calls.append((dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *arguments) -> None:
        """Quiet."""


@contextmanager
def receiver():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.calls, server.answers = [], []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def server():
    with receiver() as started:
        yield started


def worker(house, server) -> Worker:
    ours = OutgoingSettings(webhook=WebhookSettings(f"http://127.0.0.1:{server.server_port}/haak", SECRET))
    ways = carriers(
        ours,
        sessions=house.sessions,
        base_url="https://adempauze.example",
        office=OfficeHours(),
        text_of=None,
        clock=house.clock,
    )
    return Worker(house.outbox, ways)


def is_signed(headers: dict[str, str], body: bytes) -> bool:
    """As a receiver checks it, written apart from what is tested."""
    signed = headers["webhook-id"].encode() + b"." + headers["webhook-timestamp"].encode() + b"." + body
    expected = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(headers["webhook-signature"], f"v1,{expected}")


async def test_an_event_is_signed_and_holds_no_person(house, server):
    request = house.request()
    letter = house.letter(LetterKind.WEBHOOK, LetterEvent.SENT, request)
    await worker(house, server).deliver_due()
    ((headers, body),) = server.calls
    assert is_signed(headers, body)
    assert not is_signed(headers, body.replace(b"sent", b"rent"))
    assert not is_signed({**headers, "webhook-timestamp": "1"}, body)
    assert headers["webhook-id"] == letter.id
    assert int(headers["webhook-timestamp"]) == int(house.clock().timestamp())
    event = json.loads(body)
    assert event["type"] == "request.sent"
    assert set(event["data"]) == {"reference", "municipality", "urgency", "state", "answer_by", "url"}
    assert event["data"]["url"] == f"https://adempauze.example/desk/requests/{request.reference}"
    for private in ("Ria", "dementie", "06", "ria@"):
        assert private not in body.decode().replace(letter.created_at.isoformat(), "").replace("2026", "")


async def test_a_second_try_is_the_same_event_with_a_stamp_of_its_own(house, server):
    server.answers += [503]
    request = house.request()
    house.letter(LetterKind.WEBHOOK, LetterEvent.SENT, request)
    await worker(house, server).deliver_due()
    house.desk.withdraw(request.stored_id)
    house.forward(minutes=5)
    await worker(house, server).deliver_due()
    (first, body), (second, same) = server.calls
    assert body == same
    assert first["webhook-id"] == second["webhook-id"]
    assert first["webhook-timestamp"] != second["webhook-timestamp"]
    assert is_signed(second, same)
    assert house.outbox.counts()[LetterState.DELIVERED] == 1


@pytest.mark.parametrize(
    ("answer", "state"), [(410, LetterState.DEAD), (404, LetterState.WAITING), (301, LetterState.WAITING)]
)
async def test_an_answer_says_whether_to_try_again(house, server, answer, state):
    server.answers += [answer]
    house.letter(LetterKind.WEBHOOK)
    await worker(house, server).deliver_due()
    assert house.outbox.counts()[state] == 1
