"""The pages without any script: to be called back, what she has a right to, documents, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.async_api import expect

from channels.serving import application
from tests.house import MONDAY_MORNING, SetClock, opened_house
from tests.web.browser import ThreadedServer
from tests.web.test_widget_access import LOOKS, require_axe

DANGER = "Mijn man slaat mij."
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TO_HIT = "main :is(button, input:not([type=hidden]):not([type=checkbox]), textarea, summary, .press, .phones a):visible"


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> Iterator[str]:
    with opened_house(tmp_path_factory.mktemp("pages"), SetClock(MONDAY_MORNING), with_model=False) as house:

        async def app(
            scope, receive, send
        ) -> None:  # the house must know its address, and that is known when the server is there
            await made(scope, receive, send)

        server = ThreadedServer(app)
        address = f"http://127.0.0.1:{server.port}"
        made = application(replace(house, settings=replace(house.settings, base_url=address)))
        server.start()
        yield address + "/"
        server.stop()


async def require_good(page, state):
    await require_axe(page, state)
    assert await page.evaluate(WIDER) <= 0, state
    for target in await page.locator(TO_HIT).all():
        size = await target.bounding_box()
        assert min(size["height"], size["width"]) >= 44, (state, await target.inner_text())
    assert (await page.title()).endswith("Adempauze"), state


async def fill(page, question=DANGER):
    await page.get_by_label("Uw telefoonnummer").fill("06 12345678")
    await page.get_by_label("Wat wilt u vragen of vertellen?").fill(question)


async def press(page, name):
    await page.get_by_role("button", name=name).click()


@pytest.mark.parametrize("look", ["dark", "forced", "zoomed"])
async def test_every_page_is_good_for_everybody(url, open_page, look):
    page = await open_page(url + "bel-mij?gemeente=Ede", **LOOKS[look])
    await require_good(page, "form")
    await press(page, "Nalezen")
    await expect(page.get_by_role("alert")).to_contain_text("Vul een telefoonnummer in")
    await require_good(page, "faults")
    await fill(page)
    await press(page, "Nalezen")
    await expect(page.get_by_role("alert")).to_contain_text("0800-2000")
    await require_good(page, "check")
    await page.get_by_label("Ja, ik vind het goed").check()
    await press(page, "Versturen")
    await expect(page.get_by_role("heading", level=1)).to_have_text("De gemeente heeft uw vraag")
    await require_good(page, "sent")
    await page.goto(url + "bel-mij")
    await fill(page, "Ik ben 15 en mijn vader slaat mij.")
    await press(page, "Nalezen")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Hier luistert meteen iemand")
    await expect(page.get_by_role("main").get_by_role("link", name="0800-0432").first).to_be_visible()
    await require_good(page, "young")
    await page.goto(url + "bel-mij")
    await page.get_by_label("Wat wilt u vragen of vertellen?").evaluate("e => (e.value = 'x'.repeat(400_000))")
    await press(page, "Nalezen")
    await expect(page.get_by_text("Dit is te veel om in een keer te versturen.")).to_be_visible()
    await require_good(page, "too much")
    for path in ("api/export", "privacy", "toegankelijkheid", "nergens"):
        await page.goto(url + path)
        await require_good(page, path)


async def test_it_goes_without_scripts_and_with_the_keyboard_alone(url, open_page):
    page = await open_page(url + "g/Ede", java_script_enabled=False)
    await expect(page.get_by_role("link", name="030 760 60 55")).to_be_visible()
    await page.get_by_role("link", name="Of laat een consulent u bellen").press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Laat een consulent u bellen")
    for key in ("Tab", "Tab", "Tab"):  # the way back, the municipality, the number
        await page.keyboard.press(key)
    await page.keyboard.type("0612")
    await page.keyboard.press("Enter")
    wrong = page.get_by_role("alert").get_by_role("link", name="Dit nummer is te kort.")
    await wrong.press("Enter")
    await page.keyboard.press("Tab")  # the fragment took her to the field, or one press before it
    if not await page.get_by_label("Uw telefoonnummer").evaluate("e => e === document.activeElement"):
        await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_label("Uw telefoonnummer")).to_be_focused()
    await page.keyboard.press("Control+a")
    await page.keyboard.type("06 12345678")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Dit gaat naar de gemeente")
    await page.get_by_role("button", name="Iets veranderen").press("Enter")
    await expect(page.get_by_label("Uw telefoonnummer")).to_have_value("06 12345678")
    await page.get_by_role("button", name="Nalezen").press("Enter")
    await page.get_by_label("Ja, ik vind het goed").press("Space")
    await page.keyboard.press("Enter")  # in a form, that sends
    await expect(page.get_by_role("heading", level=1)).to_have_text("De gemeente heeft uw vraag")
    await expect(page.get_by_text("Uw nummer is")).to_be_visible()
    await page.reload()  # nothing is sent again
    await expect(page.get_by_text("Uw nummer is")).to_be_visible()


async def test_where_danger_is_heard_the_numbers_that_save_lives_come_first(url, open_page):
    page = await open_page(url + "bel-mij?gemeente=Ede", viewport={"width": 390, "height": 844})
    await fill(page)
    await press(page, "Nalezen")
    await expect(page.locator(".danger .phones a").first).to_have_text("112")
    await expect(page.locator(".danger .phones a").first).to_be_in_viewport()
    order = ["112", "0800-2000", "0800-0113", "113", "030 760 60 55"]  # the short number under the one it is short for
    await expect(page.locator(".danger .phones a")).to_have_text(order)
    await expect(page.get_by_role("region", name="U kunt nu bellen")).to_have_count(1)
