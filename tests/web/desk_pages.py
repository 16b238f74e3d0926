"""The desk on a free port, and what every page of it must stand: axe in light, dark and narrow, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.web.browser import ThreadedServer


@contextmanager
def served(site: Any) -> Iterator[Any]:
    """The site, served as long as the block; ``base_url`` is where."""
    server = ThreadedServer(site.app)
    site.base_url = f"http://127.0.0.1:{server.port}"
    server.start()
    try:
        yield site
    finally:
        server.stop()


async def check(page: Page, options: dict[str, Any] | None = None) -> None:
    """No finding of any axe rule, in light and in dark, and nothing that scrolls sideways at 320 pixels (400 %).

    ``options``: what axe is asked to do otherwise.
    """
    await page.wait_for_load_state()
    size = page.viewport_size
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        found = await Axe().run(page, options=options)
        assert found.violations_count == 0, f"{page.url} {scheme}: {found.generate_report()}"
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") == 320, page.url
    narrow = await Axe().run(page, options=options)
    assert narrow.violations_count == 0, f"{page.url} narrow: {narrow.generate_report()}"
    await page.set_viewport_size(size)
    await page.emulate_media(color_scheme="light")


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has focus has this name, as somebody without a mouse does."""
    await page.wait_for_load_state()  # what the page's own scripts put in place must stand before it is walked
    for _ in range(400):
        await page.keyboard.press("Tab")
        if name in await page.evaluate("document.activeElement.innerText || ''"):
            return
    pytest.fail(f"{name!r} cannot be reached with the keyboard on {page.url}")
