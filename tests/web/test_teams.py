"""Teams in a real browser: a lead names a second person by keyboard; readable by everybody, narrow and in the dark."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from bot.request.teams import RequestTeams
from bot.staff.accounts import StaffRole
from bot.staff.sign_in_settings import SecondFactorRule, SignInSettings
from tests.unit.channels.desk_site import open_site
from tests.unit.channels.test_desk_letters import dead_letter
from tests.web.desk_pages import check, served


@pytest.fixture
def desk(tmp_path):
    with open_site(tmp_path, sign_in=SignInSettings(SecondFactorRule.OFF)) as site:
        site.lea = site.staff.add("Lea", "lea@ede.example", StaffRole.TEAM_LEAD, "Ede", team="Wmo")
        site.wim = site.staff.add("Wim", "wim@ede.example", StaffRole.ADMIN)
        with served(site):
            yield site


async def enter(open_page, desk, person) -> Page:
    page = await open_page(f"{desk.base_url}/desk/enter/{desk.staff.issue_sign_in(person.email)}")
    await page.locator("main button").first.click()
    await expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()
    return page


async def test_a_lead_names_a_second_person_by_keyboard(open_page, desk):
    dead_letter(desk)
    page = await enter(open_page, desk, desk.lea)
    await page.goto(f"{desk.base_url}/desk/post")
    await expect(page.get_by_role("button", name="Verstuur nog eens")).to_be_visible()
    await check(page)
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
    await expect(page.locator("#email-again")).to_be_focused()
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
