"""One browser as the API sees it, for the tests of the API."""

from __future__ import annotations

import httpx

OURS = {"X-Adempauze": "1"}


class Widget:
    """One browser: its cookies, and the calls the widget makes."""

    def __init__(self, app):
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://house", headers=OURS)
        self._number = 0

    async def start(self, **place):
        return await self.http.post("/api/conversation", json=place)

    async def say(self, text, mark=None):
        return await self.http.post("/api/messages", json={"text": text, "client_id": mark or self.mark()})

    async def press(self, token, mark=None):
        return await self.http.post("/api/messages", json={"button": token, "client_id": mark or self.mark()})

    def mark(self):
        self._number += 1
        return f"message-{id(self)}-{self._number}"


def texts(response):
    return [(message["author"], message["text"]) for message in response.json()["messages"]]
