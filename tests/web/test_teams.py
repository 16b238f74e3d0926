"""Teams in a real browser: a lead names a second person by keyboard; readable by everybody, narrow and in the dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.request.teams import RequestTeams
from bot.sign_in_settings import SecondFactorRule, SignInSettings
from bot.staff import StaffRole
from tests.unit.channels.desk_site import open_site
from tests.web.browser import ThreadedServer


@pytest.fixture
def desk(tmp_path):
    with open_site(tmp_path, sign_in=SignInSettings(SecondFactorRule.OFF)) as site:
        site.lea = site.staff.add("Lea", "lea@ede.example", StaffRole.TEAM_LEAD, "Ede", team="Wmo")
        site.wim = site.staff.add("Wim", "wim@ede.example", StaffRole.ADMIN)
        server = ThreadedServer(site.app)
        site.base_url = f"http://127.0.0.1:{server.port}"
        server.start()
        yield site
        server.stop()


async def check(page: Page) -> None:
    """No finding of any axe rule, in light and in dark, and nothing that scrolls sideways at 320 pixels."""
    for scheme in ("dark", "light"):
        await page.emulate_media(color_scheme=scheme)
        found = await Axe().run(page)
        assert found.violations_count == 0, f"{page.url} {scheme}: {found.generate_report()}"
    size = page.viewport_size
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") == 320, page.url
    await page.set_viewport_size(size)


async def enter(open_page, desk, person) -> Page:
    page = await open_page(f"{desk.base_url}/desk/enter/{desk.staff.issue_sign_in(person.email)}")
    page.set_default_timeout(10_000)
    await page.locator("main button").first.click()
    return page


async def test_a_lead_names_a_second_person_by_keyboard(open_page, desk):
    page = await enter(open_page, desk, desk.lea)
    await page.goto(f"{desk.base_url}/desk/")
    await check(page)
    link = page.get_by_role("link", name="Kies een tweede persoon")
    await link.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Teams van Ede")
    await check(page)
    await page.get_by_label("Tweede persoon").first.focus()
    await page.keyboard.type("Karim")
    await page.keyboard.press("Tab")
    await page.keyboard.type("geen adres")
    await page.keyboard.press("Tab")
    await page.keyboard.type("0318 12 34 56")
    await page.locator("form").nth(1).evaluate("form => form.noValidate = true")  # as a browser without checks sends it
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("Vul een e-mailadres in")
    await check(page)
    await page.get_by_role("alert").get_by_role("link").focus()
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "email-again"
    await page.keyboard.press("Control+a")
    await page.keyboard.type("desk@ede.example")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Bewaard.")
    (kept,) = RequestTeams(desk.staff.sessions).of("Ede")
    assert (kept.second, kept.email, kept.phone) == ("Karim", "desk@ede.example", "0318 12 34 56")
    await page.goto(f"{desk.base_url}/desk/")
    await expect(link).to_have_count(0)


async def test_an_administrator_looks_over_all_municipalities(open_page, desk):
    page = await enter(open_page, desk, desk.wim)
    await page.goto(f"{desk.base_url}/desk/teams")
    await check(page)
    await page.get_by_role("textbox", name="Gemeente").fill("zwolle")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Teams van Zwolle")
    await page.get_by_text("Een team toevoegen").click()
    await check(page)
