"""As many live streams as there are places, also for who asks for all of them at one moment."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from channels.web import streaming
from channels.web.refusals import RefusalError
from channels.web.streaming import MOST_STREAMS, LiveResponse, OpenStreams
from tests.unit.channels.widget_api import OURS

AT_ONCE = 60


class Follower:
    """One tab that follows a talk over the bare interface, so that its answer may stay open."""

    def __init__(self, app, cookies):
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        headers = {"host": "house", "cookie": cookie, **{name.lower(): value for name, value in OURS.items()}}
        self.status = asyncio.get_running_loop().create_future()
        self._left = asyncio.Event()
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": "/api/stream",
            "raw_path": b"/api/stream",
            "query_string": b"",
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("203.0.113.5", 4000),
            "server": ("house", 80),
        }
        self._running = asyncio.create_task(app(scope, self._receive, self._send))

    async def leave(self):
        self._left.set()
        await asyncio.wait_for(self._running, 20)

    async def _receive(self):
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status.set_result(message["status"])


async def followers(house, widget, how_many):
    them = [Follower(house[0], widget.http.cookies) for _ in range(how_many)]
    return them, await asyncio.wait_for(asyncio.gather(*(each.status for each in them)), 20)


async def test_sixty_at_one_moment_are_not_sixty_streams(house, widget):
    them, statuses = await followers(house, widget, AT_ONCE)
    assert (statuses.count(200), statuses.count(429)) == (MOST_STREAMS, AT_ONCE - MOST_STREAMS)
    await asyncio.gather(*(each.leave() for each in them))
    them, statuses = await followers(house, widget, MOST_STREAMS)
    assert statuses == [200] * MOST_STREAMS, "who left gave a place back"
    await asyncio.gather(*(each.leave() for each in them))


async def test_an_address_has_its_own_measure(house, widget, monkeypatch):
    monkeypatch.setattr(streaming, "MOST_STREAMS_THERE", 3)
    them, statuses = await followers(house, widget, MOST_STREAMS)
    assert (statuses.count(200), statuses.count(429)) == (3, MOST_STREAMS - 3)
    await asyncio.gather(*(each.leave() for each in them))


async def test_who_leaves_before_the_first_byte_gives_the_place_back():
    streams, began = OpenStreams(), False

    async def events():
        nonlocal began
        began = True
        yield  # pragma: no cover

    async def gone(_message):
        raise OSError("the line is cut")

    with contextlib.ExitStack() as place:
        place.enter_context(streams.place("talk", "203.0.113.5"))
        response = LiveResponse(events())
        response.place = place.pop_all()
    assert streams.of("talk") == 1
    scope = {"type": "http", "asgi": {"version": "3.0"}, "method": "GET", "path": "/", "headers": []}
    with pytest.raises(Exception):  # noqa: B017 - whatever the library makes of a line that is cut
        await response(scope, asyncio.Event().wait, gone)
    assert (streams.of("talk"), began) == (0, False)


def test_what_fails_while_it_is_open_gives_the_place_back_too():
    streams = OpenStreams()
    with contextlib.suppress(ZeroDivisionError), streams.place("talk", "203.0.113.5"):
        assert streams.of("talk") == 1
        raise ZeroDivisionError
    assert streams.of("talk") == 0
    with contextlib.ExitStack() as places:
        for _ in range(MOST_STREAMS):
            places.enter_context(streams.place("talk", "203.0.113.5"))
        with pytest.raises(RefusalError, match="too_many"):
            places.enter_context(streams.place("talk", "203.0.113.6"))
        places.enter_context(streams.place("another talk", "203.0.113.5"))
    assert streams.of("talk") == 0
