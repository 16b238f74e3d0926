"""What a client may put on the wire: no request hides in another, no odd header counts, nobody gets a web socket."""

from __future__ import annotations

import socket

import pytest

from tests.web.browser import ThreadedServer


@pytest.fixture(scope="module")
def server(site):
    """The real parser on a real socket."""
    running = ThreadedServer(site.app)
    running.start()
    yield running
    running.stop()


def spoken(server, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(raw)
        line.settimeout(3)
        heard = b""
        try:
            while part := line.recv(65536):
                heard += part
        except (TimeoutError, ConnectionError):
            pass
    return heard


HOST = b"Host: localhost\r\n"
SECOND = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        b"Content-Length: 4\r\nContent-Length: 60\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: +4\r\n",
        b"Content-Length: 4, 60\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding:\x0bchunked\r\n",
    ],
)
def test_a_request_with_two_lengths_hides_no_second_one(server, head):
    """Request smuggling: a proxy in front and we must never differ on where a request ends."""
    body = b"0\r\n\r\n" + SECOND
    heard = spoken(server, b"POST /api/messages HTTP/1.1\r\n" + HOST + head + b"\r\n" + body)
    assert heard.count(b"HTTP/1.1 ") <= 1 or b" 400 " in heard.split(b"\r\n", 1)[0], heard[:200]
    assert b" 200 " not in heard.split(b"\r\n", 1)[0]


def test_headers_that_fold_or_hold_a_bare_return_are_refused(server):
    for head in (b"X-A: 1\r\n folded\r\n", b"X-A: 1\rX-B: 2\r\n", b"X-A: 1\x00\r\n", b"X A: 1\r\n", b": 1\r\n"):
        heard = spoken(server, b"GET /health HTTP/1.1\r\n" + HOST + head + b"Connection: close\r\n\r\n")
        assert heard.count(b"HTTP/1.1 ") <= 1, head
        assert b"set-cookie" not in heard.lower()


@pytest.mark.parametrize("path", [b"/api/stream", b"/desk/inbox/live", b"/"])
def test_nobody_gets_a_web_socket(server, path):
    asked = b"Upgrade: websocket\r\nConnection: Upgrade, close\r\nSec-WebSocket-Version: 13\r\n"
    asked += b"Sec-WebSocket-Key: eDEyMzQ1Njc4OTAxMjM0NQ==\r\n\r\n"
    heard = spoken(server, b"GET " + path + b" HTTP/1.1\r\n" + HOST + asked)
    assert b"101" not in heard.split(b"\r\n", 1)[0]


def test_an_address_in_full_is_held_against_our_names_too(server):
    for line in (
        b"GET http://elders.example/ HTTP/1.1\r\nHost: elders.example\r\n",
        b"CONNECT elders.example:443 HTTP/1.1\r\n" + HOST,
    ):
        heard = spoken(server, line + b"Connection: close\r\n\r\n")
        assert b" 200 " not in heard.split(b"\r\n", 1)[0], line
