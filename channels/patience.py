"""How long we wait for a client: enough for a slow line, not for one that only keeps a place occupied.

A proxy in front does this too, when there is one; these limits hold without it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from channels.web.refusals import RefusalError

HEADER_SECONDS = 15.0  # from the first moment of a connection, or the first byte of a next request, to its last header
MOST_HEADER_BYTES = 64 * 1024
LOOK_SECONDS = 5.0
CHUNK_SECONDS = 15.0  # between two pieces of what she sends
BODY_SECONDS = 120.0  # for all of it; a file at the desk is some megabytes
SEND_SECONDS = 60.0  # for one piece of an answer to be taken


class PatientProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, with an end to headers that never end and to readers that never read."""

    header_seconds = HEADER_SECONDS
    look_seconds = LOOK_SECONDS
    send_seconds = SEND_SECONDS

    def connection_made(self, transport: Any) -> None:
        """Somebody is there: the first request may come."""
        super().connection_made(transport)
        self._expecting_since: float | None = self.loop.time()
        self._header_bytes = self._weight = 0
        self._was_closing = False
        self._untaken, self._untaken_since = 0, self.loop.time()
        self._timer = self.loop.call_later(self.look_seconds, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._timer.cancel()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        if self._expecting_since is None:
            self._expecting_since, self._header_bytes = self.loop.time(), 0

    def on_url(self, url: bytes) -> None:
        """A piece of the address."""
        self._weigh(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A whole header."""
        self._weigh(name, value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """It is clear what is asked."""
        self._expecting_since, self._weight = None, 0
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on, but not through headers without end."""
        if self._expecting_since is not None:
            self._header_bytes += len(data)
        super().data_received(data)
        if self._expecting_since is not None and self._header_bytes > MOST_HEADER_BYTES:
            self.transport.abort()

    def _weigh(self, *pieces: bytes) -> None:
        """Too much is too much, also when all of it came in one piece: the parser makes it an answer of 400."""
        self._weight += sum(map(len, pieces))
        if self._weight > MOST_HEADER_BYTES:
            raise ValueError("headers without measure")

    def _look(self) -> None:
        late = self._expecting_since is not None and self.loop.time() - self._expecting_since > self.header_seconds
        untaken = self.transport.get_write_buffer_size()
        if not untaken or untaken != self._untaken:
            self._untaken, self._untaken_since = untaken, self.loop.time()
        late = late or (untaken > 0 and self.loop.time() - self._untaken_since > self.send_seconds)
        # What is closed first sends what is left. Who takes none of it for so long, gets none of it.
        if late or self._was_closing:
            self.transport.abort()
            return
        self._was_closing = self.transport.is_closing()
        self._timer = self.loop.call_later(self.look_seconds, self._look)


class SlowClients:
    """Ends a request whose body stays away, and an answer that nobody takes."""

    def __init__(
        self,
        app: ASGIApp,
        chunk_seconds: float = CHUNK_SECONDS,
        body_seconds: float = BODY_SECONDS,
        send_seconds: float = SEND_SECONDS,
    ) -> None:
        self._app = app
        self._chunk_seconds = chunk_seconds
        self._body_seconds = body_seconds
        self._send_seconds = send_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        end = asyncio.get_running_loop().time() + self._body_seconds
        complete = False

        async def patient_receive() -> Message:
            nonlocal complete
            if complete:  # from here on it only waits for her to leave
                return await receive()
            wait = min(self._chunk_seconds, end - asyncio.get_running_loop().time())
            try:
                message = await asyncio.wait_for(receive(), max(0.0, wait))
            except asyncio.TimeoutError:
                raise RefusalError(408, "offline") from None
            complete = not message.get("more_body", False)
            return message

        async def patient_send(message: Message) -> None:
            await asyncio.wait_for(send(message), self._send_seconds)

        await self._app(scope, patient_receive, patient_send)
