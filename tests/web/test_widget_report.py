"""Saying that an offer is not right: quiet, by keyboard alone, and clear to who cannot see it."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.test_widget_access import ANSWERS, LOOKS, require_axe
from tests.web.test_widget_talk import log, say


@pytest.fixture
def house(live_server):
    live_server.reception.answers = ANSWERS
    return live_server


async def with_offers(house, open_page, **look):
    page = await open_page(house.url, reduced_motion="reduce", **look)
    await say(page, "aanbod")
    await expect(log(page)).to_contain_text("De Linde")
    return page


def first_offer(page):
    return page.get_by_role("article").first


async def test_it_is_closed_until_asked_for(house, open_page):
    page = await with_offers(house, open_page)
    await expect(first_offer(page).get_by_text("Klopt dit niet?")).to_be_visible()
    await expect(page.get_by_role("button", name="Het is vol")).to_have_count(0)


async def test_by_keyboard_alone_she_says_it_and_is_thanked(house, open_page):
    page = await with_offers(house, open_page)
    await first_offer(page).get_by_text("Klopt dit niet?").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Dit bestaat niet meer")).to_be_focused()
    await page.keyboard.press("Enter")
    thanks = first_offer(page).get_by_text("Dank u. De redactie kijkt dit na.")
    await expect(thanks).to_be_focused()
    await expect(first_offer(page).get_by_text("Klopt dit niet?")).to_have_count(0)
    assert house.reception.reported == [("linde", "gone")]


@pytest.mark.parametrize("look", LOOKS)
async def test_open_and_answered_pass_all_rules_of_axe(house, open_page, look):
    page = await with_offers(house, open_page, **LOOKS[look])
    await first_offer(page).get_by_text("Klopt dit niet?").click()
    await expect(first_offer(page).get_by_role("group", name="Wat klopt er niet?: Logeerhuis De Linde")).to_be_visible()
    await require_axe(page, "open")
    await first_offer(page).get_by_role("button", name="Iets anders").click()
    await expect(first_offer(page)).to_contain_text("Dank u.")
    await require_axe(page, "answered")


async def test_without_a_connection_she_can_try_again(house, open_page):
    page = await with_offers(house, open_page)
    await first_offer(page).get_by_text("Klopt dit niet?").click()
    await page.route("**/api/reports", lambda route: route.abort())
    await first_offer(page).get_by_role("button", name="Het is vol").click()
    await expect(first_offer(page)).to_contain_text("Er is even geen verbinding.")
    await page.unroute("**/api/reports")
    await first_offer(page).get_by_role("button", name="Het is vol").click()
    await expect(first_offer(page)).to_contain_text("Dank u.")
    assert house.reception.reported == [("linde", "full")]
