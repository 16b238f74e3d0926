"""The form for everybody: under axe in every look, small, zoomed in, by finger and by keyboard."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.request_house import box, form, restored, save, serve_form, tick, with_card, with_form
from tests.web.test_widget_access import LOOKS, require_axe


@pytest.fixture
def house(tmp_path):
    with serve_form(tmp_path) as house:
        yield house


@pytest.mark.parametrize("look", LOOKS)
async def test_card_and_form_pass_all_rules_of_axe(house, open_page, look):
    page = await with_card(house, open_page, **LOOKS[look])
    await require_axe(page, "card")
    await page.get_by_role("button", name="Aanpassen").click()
    await expect(form(page)).to_be_visible()
    await require_axe(page, "form")
    await tick(page, "Naam weglaten").check()
    await tick(page, "Hoe zwaar het is meesturen").check()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Aanpassen").click()
    await expect(restored(page)).to_be_visible()
    await require_axe(page, "restored")


@pytest.mark.parametrize("look", ["narrow", "zoomed"])
async def test_small_or_zoomed_in_all_of_it_can_be_read_and_reached(house, open_page, look):
    page = await with_form(house, open_page, **LOOKS[look])
    await box(page, "Nachten").fill("w" * 300)
    wide = "document.querySelector('adempauze-gesprek').shadowRoot.querySelector('dialog.form').scrollWidth"
    assert await page.evaluate(wide) <= 320
    for target in (box(page, "Naam"), form(page).get_by_role("button", name="Bewaren")):
        await target.scroll_into_view_if_needed()
        await expect(target).to_be_in_viewport()
    await save(page)
    await expect(form(page)).to_have_count(0)


async def test_what_has_the_focus_is_never_behind_the_foot(house, open_page):
    page = await with_form(house, open_page, viewport={"width": 390, "height": 700})
    foot = (
        "document.querySelector('adempauze-gesprek').shadowRoot.querySelector('.form-foot').getBoundingClientRect().top"
    )
    for _ in range(22):
        await page.keyboard.press("Tab")
        bottom, is_inside = await page.evaluate(
            """() => {
                const active = document.activeElement.shadowRoot?.activeElement;
                return [active?.getBoundingClientRect().bottom, Boolean(active?.closest(".part, .health"))];
            }"""
        )
        assert not is_inside or bottom <= await page.evaluate(foot)


async def test_everything_to_press_is_large_enough(house, open_page):
    page = await with_form(house, open_page, viewport={"width": 320, "height": 640}, has_touch=True)
    targets = await page.locator(
        "dialog.form button:visible, dialog.form .tick:visible, dialog.form textarea:visible, .copy a, .changing button"
    ).all()
    assert len(targets) > 15
    for target in targets:
        size = await target.bounding_box()
        assert size["height"] >= 44, await target.inner_text()
        assert size["width"] >= 44, await target.inner_text()
