"""Signing in with a second factor in a real browser: by keys, with and without JavaScript, readable by everybody."""

from __future__ import annotations

from datetime import datetime, timezone

import pyotp
import pytest
from playwright.async_api import Page, expect

from bot.staff.accounts import StaffRole
from tests.unit.channels.desk_site import PASSWORD, open_site
from tests.web.desk_pages import check, served, tab_to


@pytest.fixture
def desk(tmp_path):
    """The desk, with Wim who keeps the accounts and must have a second factor."""
    with open_site(tmp_path) as site:
        site.wim = site.staff.add("Wim", "wim@ede.example", StaffRole.ADMIN, "Ede", PASSWORD)
        with served(site):
            yield site


async def type_password(page: Page, desk) -> None:
    await page.get_by_label("E-mailadres").focus()
    await page.keyboard.type(desk.wim.email)
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["with_scripts", "without_scripts"])
async def test_an_administrator_sets_it_up_and_signs_in_with_it_by_keyboard(open_page, desk, scripts):
    page = await open_page(f"{desk.base_url}/desk/sign-in", java_script_enabled=scripts)
    await type_password(page, desk)

    await expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap bij inloggen")
    await expect(page.get_by_role("img", name="QR-code voor uw app")).to_be_visible()
    app = pyotp.TOTP((await page.locator("p > code").inner_text()).replace(" ", ""))
    if scripts:
        await check(page)
    await page.get_by_label("Code van zes cijfers").focus()
    await page.keyboard.type("000000")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    await page.get_by_label("Code van zes cijfers").focus()
    await page.keyboard.type(app.now())
    await page.keyboard.press("Enter")
    await expect(page.locator(".codes code")).to_have_count(10)
    if scripts:
        await check(page)
        await tab_to(page, "Ik heb ze bewaard")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Uw account")
        await check(page)
        await tab_to(page, "Uitloggen")
        await page.keyboard.press("Enter")
    else:
        await page.get_by_role("button", name="Uitloggen").click()

    await type_password(page, desk)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Code van uw telefoon")
    if scripts:
        await check(page)
    await page.get_by_label("Code", exact=True).focus()
    await page.keyboard.type(app.at(datetime.now(timezone.utc), counter_offset=1))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Aanvragen")


async def test_the_pages_about_people_can_be_used_by_everybody(open_page, desk):
    page = await open_page(f"{desk.base_url}/desk/sign-in")
    await check(page)
    await type_password(page, desk)
    app = pyotp.TOTP((await page.locator("p > code").inner_text()).replace(" ", ""))
    await page.get_by_label("Code van zes cijfers").fill(app.now())
    await page.get_by_role("button", name="Zet aan").click()
    await expect(page.locator(".codes code")).to_have_count(10)
    for path in ("medewerkers", f"medewerkers/{desk.petra.id}", "auditlog", "account/tweede-stap", "uitgelogd"):
        await page.goto(f"{desk.base_url}/desk/{path}")
        await check(page)
