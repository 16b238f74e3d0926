"""Clients that send slowly, or read slowly, or not at all: they are let go, and nobody else notices them."""

from __future__ import annotations

import contextlib
import functools
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.wording import Wording
from channels import app as applications
from channels.app import build_app
from channels.patience import PatientProtocol, SlowClients
from channels.web.refusals import answering
from tests.ports import free_port
from tests.web.browser import KnownNumbers

PATIENCE = 3.0  # seconds, in the place of the real ones: nobody else may wait that long
MUCH = 20.0  # seconds: far more than any of it takes, on a busy machine too


class Impatient(PatientProtocol):
    header_seconds = PATIENCE
    look_seconds = 0.2
    send_seconds = 0.6


async def take(request: Request) -> Response:
    return JSONResponse({"bytes": len(await request.body())})


async def large(request: Request) -> Response:
    return Response(b"x" * 30_000_000)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    wording, quick = Wording.load({}), {"chunk_seconds": PATIENCE, "body_seconds": 3.0, "send_seconds": 0.6}
    routes = [
        Route("/take", answering(take, wording), methods=["POST"]),
        Route("/form", take, methods=["POST"]),
        Route("/large", large),
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(applications, "SlowClients", functools.partial(SlowClients, **quick))
        app = build_app(routes=routes, wording=wording, facts=KnownNumbers())
    free = free_port()
    config = uvicorn.Config(app, "127.0.0.1", free, http=Impatient, ws="none", log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield free
    server.should_exit = True
    thread.join(10)


def reach(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=MUCH)


def ended_after(connection: socket.socket) -> tuple[bytes, float]:
    """What came, and how long until the server let go."""
    began, parts = time.monotonic(), []
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts), time.monotonic() - began


def is_quick(port: int) -> bool:
    with reach(port) as other:
        began = time.monotonic()
        other.sendall(b"POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        return b'"bytes":2' in ended_after(other)[0] and time.monotonic() - began < PATIENCE - 0.5


def test_headers_that_never_end_are_not_waited_for(port: int) -> None:
    with reach(port) as silent, reach(port) as slow:
        stop = threading.Event()

        def drip() -> None:
            slow.sendall(b"POST /take HTTP/1.1\r\nHost: a\r\n")
            with contextlib.suppress(OSError):
                while not stop.wait(0.1):
                    slow.sendall(b"X-A: b\r\n")

        dripping = threading.Thread(target=drip)
        dripping.start()
        assert is_quick(port)
        assert ended_after(silent)[1] < MUCH
        assert ended_after(slow)[1] < MUCH
        stop.set()
        dripping.join()


def test_headers_without_measure_are_cut_off(port: int) -> None:
    with reach(port) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(b"POST /take HTTP/1.1\r\nHost: a\r\n" + b"X-A: " + b"b" * 200_000)
        assert ended_after(connection)[0] == b""


def test_headers_without_measure_in_one_piece_are_refused(port: int) -> None:
    with reach(port) as connection, contextlib.suppress(ConnectionError):
        many = b"".join(b"X-A%d: %s\r\n" % (number, b"b" * 1000) for number in range(70))
        connection.sendall(b"POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n" + many + b"\r\n")
        answer, _ = ended_after(connection)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400"), "cut off, or told so"
    assert is_quick(port)


def test_a_body_that_stays_away_is_said_to_be_late(port: int) -> None:
    with reach(port) as connection:
        connection.sendall(b"POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n{")
        assert is_quick(port)
        answer, seconds = ended_after(connection)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"offline" in answer
    assert seconds < MUCH


def test_a_form_that_stays_away_gets_a_page_that_says_so(port: int) -> None:
    """Pages catch no refusals of their own: what nobody catches inside is answered at the door."""
    with reach(port) as connection:
        connection.sendall(b"POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nConnection: close\r\n\r\na=")
        answer, _ = ended_after(connection)
    assert answer.startswith(b"HTTP/1.1 408")
    assert "kwam niet helemaal aan" in answer.decode()
    assert b"Content-Security-Policy" in answer or b"content-security-policy" in answer


def test_a_body_in_drops_has_an_end(port: int) -> None:
    with reach(port) as connection:
        connection.sendall(b"POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n")
        began = time.monotonic()
        with contextlib.suppress(OSError):
            while time.monotonic() - began < MUCH:
                connection.sendall(b"x")
                time.sleep(0.2)
        assert time.monotonic() - began < MUCH


def test_who_takes_no_answer_gets_none(port: int) -> None:
    with reach(port) as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(2.5)
        assert is_quick(port)
        taken, _ = ended_after(connection)
    assert len(taken) < 30_000_000


def test_a_hundred_of_them_keep_nobody_out(port: int) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(reach(port)).sendall(b"POST /take HTTP/1.1\r\nX-A: ")
        assert is_quick(port)
