"""The real server as a process of its own, to be killed and started again; and a person who talks with it over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from bot.settings import ROOT
from tests.ports import free_port

TOKEN = "figures-for-the-operator"
HEADERS = {"X-Adempauze": "1"}


class Server:
    """``adempauze serve`` on a folder of its own."""

    def __init__(self, folder: Path, **surroundings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        own = {name: value for name, value in os.environ.items() if not name.startswith("ADEMPAUZE_")}
        models = {"ADEMPAUZE_MODELS": os.environ["ADEMPAUZE_MODELS"]} if "ADEMPAUZE_MODELS" in os.environ else {}
        self._environment = {
            **own,
            **models,
            "ADEMPAUZE_DATA": str(folder),
            "ADEMPAUZE_PORT": str(self.port),
            "ADEMPAUZE_PROXIES": "1",
            "ADEMPAUZE_METRICS_TOKEN": TOKEN,
            **surroundings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 120) -> Server:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "channels.cli.main", "serve"]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self._process.poll() is None, self.log()
            try:
                httpx.get(f"{self.url}/health", timeout=5)
                return self
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"it does not start: {self.log()}")

    @property
    def process_id(self) -> int:
        """Of the process that serves."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """As a machine that loses its power."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(20)

    def stop(self) -> None:
        """As an operator does."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)

    def log(self) -> str:
        """What it wrote on its screen."""
        return (self.folder / "server.log").read_text(encoding="utf-8")[-2000:]

    def get(self, path: str, headers: dict[str, bytes] | None = None) -> httpx.Response:
        """A page."""
        return httpx.get(f"{self.url}{path}", headers=headers, timeout=20)

    def health(self) -> dict[str, Any]:
        """``/health``."""
        found: dict[str, Any] = httpx.get(f"{self.url}/health", timeout=20).json()
        return found

    def figures(self) -> dict[str, float]:
        """``/metrics``, as numbers by name and labels."""
        page = httpx.get(f"{self.url}/metrics", timeout=20, headers={"Authorization": f"Bearer {TOKEN}"})
        assert page.status_code == 200
        lines = [line.rsplit(" ", 1) for line in page.text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}


class Someone:
    """A person in a browser."""

    def __init__(self, server: Server, number: int, client: httpx.AsyncClient) -> None:
        self._server = server
        self._client = client
        self._cookies: dict[str, str] = {}
        self._headers = {**HEADERS, "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}

    async def begin(self) -> list[dict[str, Any]]:
        """Open the page: the greeting."""
        answer = await self._post("conversation", {})
        assert answer.status_code == 200, answer.text
        self._cookies = dict(answer.cookies)
        self._client.cookies.clear()
        return list(answer.json()["messages"])

    async def say(self, text: str, mark: str) -> httpx.Response:
        """Say something; a line that breaks is no reason to say it under another mark, as in the widget."""
        for _ in range(3):
            with contextlib.suppress(httpx.TransportError):
                return await self.once(text, mark)
        raise AssertionError("the line breaks again and again")

    async def once(self, text: str, mark: str) -> httpx.Response:
        """Say something, whatever comes of it."""
        return await self._post("messages", {"text": text, "client_id": mark, "waiting": [text]})

    async def everything(self) -> list[dict[str, Any]]:
        """The whole talk."""
        url = f"{self._server.url}/api/messages"
        answer = await self._client.get(url, headers=self._own())
        assert answer.status_code == 200, answer.text
        return list(answer.json()["messages"])

    async def looks_on(self, seconds: float) -> None:
        """Keep the page open for so long, as a browser does; a line that breaks is no news."""
        url = f"{self._server.url}/api/stream"
        with contextlib.suppress(asyncio.TimeoutError, httpx.TransportError):
            async with self._client.stream("GET", url, headers=self._own(), timeout=seconds) as lines:
                await asyncio.wait_for(_read(lines), seconds)

    async def erase(self) -> None:
        """Take everything away."""
        await self._client.delete(f"{self._server.url}/api/conversation", headers=self._own())

    async def _post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        return await self._client.post(f"{self._server.url}/api/{path}", json=body, headers=self._own())

    def _own(self) -> dict[str, str]:
        """All of them share one client, which would share their cookies too."""
        told = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {**self._headers, **({"Cookie": told} if told else {})}


async def _read(lines: httpx.Response) -> None:
    async for _ in lines.aiter_bytes():
        pass
