"""The page of figures in a real browser: to be used by everybody, by keyboard, small, dark, and without JavaScript."""

from __future__ import annotations

import random

import pytest
from playwright.async_api import expect

from tests.unit.channels.desk.editors_site import open_editors_site
from tests.unit.channels.desk.test_insight import fill, many
from tests.web.desk_pages import check, served, tab_to


@pytest.fixture
def desk(tmp_path):
    with open_editors_site(tmp_path) as site, served(site):
        yield site


async def enter(open_page, desk, **options):
    page = await open_page(f"{desk.base_url}/desk/enter/{desk.staff.issue_sign_in(desk.els.email)}", **options)
    await page.get_by_role("button", name="Log in").click()
    await page.wait_for_url("**/desk/catalogus")
    await page.goto(f"{desk.base_url}/desk/inzicht")
    return page


async def test_everybody_can_use_it_full_and_empty(open_page, desk):
    page = await enter(open_page, desk)
    await check(page)
    fill(desk, *many(random.Random(7)))
    await page.reload()
    await expect(page.get_by_role("heading", name="Waar het ontbreekt")).to_be_visible()
    for details in await page.locator("details").all():
        await details.evaluate("element => { element.open = true }")
    await check(page)


async def test_by_keyboard_from_the_map_to_one_municipality_and_its_table(open_page, desk):
    fill(desk, *many(random.Random(7)))
    page = await enter(open_page, desk)
    spot = page.locator("a.spot").first
    name = (await spot.get_attribute("aria-label") or "").split(":")[0]
    await spot.focus()
    ring = await spot.evaluate("element => getComputedStyle(element).outlineStyle")
    assert ring == "solid"
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Plaats", exact=True)).to_have_value(name)
    await tab_to(page, "Tabel en bestand")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("table").first).to_be_visible()


async def test_it_works_without_javascript(open_page, desk):
    fill(desk, *many(random.Random(7)))
    page = await enter(open_page, desk, java_script_enabled=False)
    await page.get_by_label("Plaats", exact=True).select_option(label="Ede")
    await page.get_by_label("Tijdvak", exact=True).select_option("2026")
    await page.get_by_role("button", name="Toon").click()
    await expect(page).to_have_title("Inzicht: Ede, 2026")
    await page.locator("summary").first.click()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Haal op als CSV").first.click()
    assert (await download.value).suggested_filename.startswith("inzicht-")
