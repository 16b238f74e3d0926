"""Going on elsewhere in a real browser: her code, the link with it, another browser, another tab; by keyboard too."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.browser import Answer
from tests.web.test_widget_access import require_axe
from tests.web.test_widget_talk import box, log, say

WRONG = "Deze code werkt niet, of niet meer"
THERE = "U bent verder waar u was."


@pytest.fixture
def house(live_server):
    how = Answer("Dat kan. Met een eigen code gaat u verder waar u was.", card={"kind": "going_on"})
    live_server.reception.answers = {"ik wil later verder op mijn telefoon": [how]}
    return live_server


async def press(page, name):
    await page.get_by_role("button", name=name, exact=True).click()


async def code_of(page) -> str:
    await press(page, "Meer")
    await press(page, "Ga verder op een ander apparaat")
    shown = page.locator("dialog[open] .code")
    await expect(shown).to_be_visible()
    return (await shown.inner_text()).strip()


async def test_she_goes_on_in_another_browser_by_the_link_and_both_stay_in_step(house, open_page):
    page = await open_page(house.url)
    await say(page, "ik zorg voor mijn man")
    await expect(log(page)).to_contain_text("Ik las: ik zorg voor mijn man")
    code = await code_of(page)
    await press(page, "Sluiten")
    phone = await open_page(f"{house.url}verder#{code}", viewport={"width": 390, "height": 844})
    await expect(phone.get_by_role("textbox", name="Uw code")).to_have_value(code)
    await expect(phone).to_have_url(house.url)  # the code is out of the address at once
    await press(phone, "Ga verder")
    await expect(log(phone)).to_contain_text("Ik las: ik zorg voor mijn man")
    await expect(log(phone)).to_contain_text(THERE)
    await say(phone, "hij vergeet veel")
    await expect(log(page)).to_contain_text("Ik las: hij vergeet veel")
    await expect(log(page)).to_contain_text("Dit gesprek is nu ook open op een ander apparaat")
    await phone.reload()
    await expect(log(phone)).to_contain_text("ik zorg voor mijn man")


async def test_asking_for_it_in_the_talk_leads_to_the_code(house, open_page):
    page = await open_page(house.url)
    await say(page, "ik wil later verder op mijn telefoon")
    await press(page, "Laat mijn code zien")
    await expect(page.locator("dialog[open] .code")).to_be_visible()
    await expect(page.locator("dialog[open] svg").first).to_be_visible()
    await press(page, "Maak deze code ongeldig")
    await expect(page.locator("dialog[open] .told")).to_contain_text("De code werkt niet meer.")
    await expect(page.locator("dialog[open] .code")).to_have_count(0)


async def test_by_keyboard_alone_with_a_wrong_code_first(house, open_page):
    begun = await open_page(house.url)
    await say(begun, "ik zorg voor mijn man")
    await expect(log(begun)).to_contain_text("Ik las")
    code = await code_of(begun)
    page = await open_page(house.url)
    have = page.get_by_role("button", name="Ik heb een code", exact=True)
    await expect(log(page)).to_contain_text("Was u al begonnen op een ander apparaat?")
    await have.focus()
    await page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name="Uw code")
    await expect(field).to_be_focused()
    await page.keyboard.type("2345-2345-CCCC")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert").filter(has_text=WRONG)).to_be_visible()
    await expect(field).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(have).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(field).to_have_value("")
    await expect(field).to_be_focused()
    await page.keyboard.type(code.lower().replace("-", " "))
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("Ik las: ik zorg voor mijn man")
    await expect(box(page)).to_be_focused()


async def test_a_code_typed_as_a_message_is_taken_for_what_it_is(house, open_page):
    page = await open_page(house.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await say(page, "K7M4-RXP2-T9HF")
    await expect(page.get_by_role("textbox", name="Uw code")).to_have_value("K7M4-RXP2-T9HF")
    assert house.reception.received == []


async def test_a_talk_that_was_open_is_asked_about_and_its_code_is_shown(house, open_page):
    begun = await open_page(house.url)
    await say(begun, "het eerste gesprek")
    await expect(log(begun)).to_contain_text("Ik las")
    code = await code_of(begun)
    page = await open_page(house.url)
    await say(page, "het tweede gesprek")
    await expect(log(page)).to_contain_text("Ik las")
    other_tab = await open_page(house.url, context=page.context)
    await expect(log(other_tab)).to_contain_text("het tweede gesprek")
    await say(page, code)
    await press(page, "Ga verder")
    await expect(page.get_by_role("alert").filter(has_text="een ander gesprek van u open")).to_be_visible()
    await press(page, "Ja, ga verder met de code")
    await expect(log(page)).to_contain_text("het eerste gesprek")
    await expect(log(page)).not_to_contain_text("het tweede gesprek")
    await expect(log(page)).to_contain_text("U komt er terug met deze code")
    await expect(log(other_tab)).to_contain_text("het eerste gesprek")
    await expect(log(other_tab)).not_to_contain_text("het tweede gesprek")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_both_windows_pass_all_rules_of_axe_and_fit_on_the_smallest_screen(house, open_page, scheme):
    small = {"width": 320, "height": 480}
    page = await open_page(house.url, viewport=small, color_scheme=scheme, reduced_motion="reduce")
    await say(page, "ik zorg voor mijn man")
    await expect(log(page)).to_contain_text("Ik las")
    await code_of(page)
    await require_axe(page, "code")
    await _fits(page)
    await press(page, "Sluiten")
    await press(page, "Meer")
    await press(page, "Ik heb een code")
    await page.get_by_role("textbox", name="Uw code").fill("abc")
    await press(page, "Ga verder")
    await expect(page.get_by_role("alert").filter(has_text=WRONG)).to_be_visible()
    await require_axe(page, "have")
    await _fits(page)


async def _fits(page):
    """Nothing sticks out sideways, and what can be pressed is large enough."""
    wide = await page.locator("dialog[open]").evaluate("e => e.scrollWidth - e.clientWidth")
    assert wide <= 0
    sizes = await page.locator("dialog[open] button, dialog[open] input").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect()).map((r) => Math.min(r.width, r.height))"
    )
    assert min(sizes) >= 44
