"""The editors' desk on a free port, and what its browser tests share."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.unit.channels.desk.editors_site import EditorsSite, open_editors_site
from tests.web.browser import ThreadedServer


@pytest.fixture
def desk(tmp_path):
    """The desk with eight offers of the seed, served."""
    with open_editors_site(tmp_path) as site:
        server = ThreadedServer(site.app)
        site.base_url = f"http://127.0.0.1:{server.port}"
        server.start()
        yield site
        server.stop()


@pytest.fixture
async def page(open_page, desk):
    page = await open_page(f"{desk.base_url}/desk/sign-in")
    page.set_default_timeout(10_000)
    broken = []
    page.on("response", lambda answer: broken.append(answer.url) if answer.status >= 500 else None)
    yield page
    assert broken == []


async def enter(page: Page, desk: EditorsSite, who=None) -> None:
    """Come in as Els, or as somebody else."""
    await page.goto(f"{desk.base_url}/desk/enter/{desk.staff.issue_sign_in((who or desk.els).email)}")
    await page.get_by_role("button", name="Log in").click()
    await page.wait_for_url("**/desk/catalogus")


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has focus has this name, as somebody without a mouse does."""
    for _ in range(400):
        await page.keyboard.press("Tab")
        if name in await page.evaluate("document.activeElement.innerText || ''"):
            return
    pytest.fail(f"{name!r} cannot be reached with the keyboard on {page.url}")
