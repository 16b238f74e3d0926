"""The editors' desk on a free port, and what its browser tests share."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.unit.channels.desk.editors_site import EditorsSite, open_editors_site
from tests.web.desk_pages import served


@pytest.fixture
def desk(tmp_path):
    """The desk with eight offers of the seed, served."""
    with open_editors_site(tmp_path) as site, served(site):
        yield site


@pytest.fixture
async def page(open_page, desk):
    page = await open_page(f"{desk.base_url}/desk/sign-in")
    broken = []
    page.on("response", lambda answer: broken.append(answer.url) if answer.status >= 500 else None)
    yield page
    assert broken == []


async def enter(page: Page, desk: EditorsSite, who=None) -> None:
    """Come in as Els, or as somebody else."""
    await page.goto(f"{desk.base_url}/desk/enter/{desk.staff.issue_sign_in((who or desk.els).email)}")
    await page.get_by_role("button", name="Log in").click()
    await page.wait_for_url("**/desk/catalogus")
