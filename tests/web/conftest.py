"""A browser for the whole session, a page and a served house for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from channels.root import House
from channels.serving import application
from tests.house import MONDAY_MORNING, SetClock, opened_house
from tests.web.browser import PATIENCE, ThreadedServer, serve

expect.set_options(timeout=PATIENCE * 1000)
CHROMIUM = os.environ.get("ADEMPAUZE_CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest_asyncio.fixture(scope="session")
async def chromium():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def open_page(chromium):
    """Opens pages, each with its own cookies unless a context is given; fails the test on any error in a page."""
    contexts, complaints = [], []

    async def open_one(url: str, *, context=None, **options):
        if context is None:
            options.setdefault("viewport", {"width": 1280, "height": 860})
            context = await chromium.new_context(locale="nl-NL", **options)
            contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None
        )
        await page.goto(url)
        return page

    yield open_one
    for context in contexts:
        await context.close()
    assert complaints == []


@pytest_asyncio.fixture
async def live_server(tmp_path):
    """The real server and widget with a small reception, on a free port."""
    with serve(tmp_path) as house:
        yield house


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[House, str]]:
    """The whole house with the trained model, served on a free port."""
    with opened_house(tmp_path, SetClock(MONDAY_MORNING)) as house:
        server = ThreadedServer(application(house))
        server.start()
        yield house, f"http://127.0.0.1:{server.port}"
        server.stop()
