"""After "snel weg": whoever opens the page next sees nothing of the talk by itself, and she can go on."""

from __future__ import annotations

from playwright.async_api import async_playwright, expect

from tests.web.conftest import CHROMIUM, QUIET
from tests.web.test_widget_access import require_axe
from tests.web.test_widget_talk import box, log, say

SECRET = "niemand mag dit zien"


async def left(house, open_page, **options):
    """A page in a browser of which she left in a hurry."""
    page = await open_page(house.url + "?gemeente=Ede", reduced_motion="reduce", **options)
    await say(page, SECRET)
    await expect(log(page)).to_contain_text(f"Ik las: {SECRET}")
    await page.get_by_role("button", name="Snel weg").click()
    await page.wait_for_url("about:blank")
    return page


def begin(page, name):
    return page.get_by_role("button", name=name)


async def test_the_next_visit_shows_nothing_of_it_anywhere_and_goes_on_when_she_says_so(live_server, open_page):
    page = await left(live_server, open_page)
    await page.goto(live_server.url)
    await expect(log(page)).to_contain_text("Hoe wilt u beginnen?")
    assert SECRET not in await page.evaluate("document.querySelector('adempauze-gesprek').shadowRoot.textContent")
    await expect(box(page)).to_be_hidden()
    await require_axe(page, "beginning")
    for path in ("api/messages", "api/stream", "api/request"):
        answer = await page.request.get(live_server.url + path)
        assert (answer.status, SECRET in await answer.text()) == (401, False), path
    await page.get_by_role("button", name="Meer", exact=True).click()
    await expect(page.get_by_role("dialog").get_by_role("button", name="Wis gesprek")).to_be_hidden()
    await page.keyboard.press("Escape")
    await begin(page, "Verder met een eerder gesprek").click()
    await expect(log(page)).to_contain_text(f"Ik las: {SECRET}")
    await expect(box(page)).to_be_focused()
    await page.reload()
    await expect(log(page)).to_contain_text(f"Ik las: {SECRET}")


async def test_a_new_talk_begun_meanwhile_takes_nothing_away(live_server, open_page):
    page = await left(live_server, open_page)
    await page.goto(live_server.url)
    await begin(page, "Met een nieuw gesprek").click()
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await say(page, "ik ben iemand anders")
    await expect(log(page)).to_contain_text("Ik las: ik ben iemand anders")
    await expect(log(page)).not_to_contain_text(SECRET)
    await page.get_by_role("button", name="Meer", exact=True).click()
    await begin(page, "Verder met een eerder gesprek").click()
    await expect(log(page)).to_contain_text(f"Ik las: {SECRET}")
    await expect(log(page)).not_to_contain_text("iemand anders")
    await page.get_by_role("button", name="Meer", exact=True).click()
    await begin(page, "Verder met een eerder gesprek").click()  # and back again
    await expect(log(page)).to_contain_text("iemand anders")


async def test_where_there_is_no_earlier_talk_she_reads_that(live_server, open_page):
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await page.get_by_role("button", name="Meer", exact=True).click()
    await begin(page, "Verder met een eerder gesprek").click()
    await expect(page.get_by_role("status").filter(has_text="Op dit apparaat is geen eerder gesprek.")).to_be_visible()


async def test_a_talk_that_is_gone_meanwhile_is_said_and_she_can_begin(live_server, open_page):
    page = await left(live_server, open_page)
    live_server.conversations.erase(live_server.only_conversation())
    await page.goto(live_server.url)
    await begin(page, "Verder met een eerder gesprek").click()
    await expect(log(page)).to_contain_text("Op dit apparaat is geen eerder gesprek.")
    await begin(page, "Met een nieuw gesprek").click()
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")


async def test_every_tab_leaves_and_it_works_without_a_line(live_server, open_page):
    page = await open_page(live_server.url)
    await say(page, SECRET)
    await expect(log(page)).to_contain_text(f"Ik las: {SECRET}")
    other = await open_page(live_server.url, context=page.context)
    await expect(log(other)).to_contain_text(f"Ik las: {SECRET}")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Snel weg").click()
    await page.wait_for_url("about:blank")
    await other.wait_for_url("about:blank")
    await page.context.set_offline(False)
    await other.goto(live_server.url)
    await expect(log(other)).to_contain_text("Hoe wilt u beginnen?")


async def test_the_way_back_in_the_history_shows_nothing_also_a_page_kept_whole(live_server):
    """With the browser's cache for "back" on, which the other tests have off."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, ignore_default_args=["--disable-back-forward-cache"]
        )
        page = await browser.new_page()
        back = "setTimeout(() => history.back())"
        await page.goto(live_server.url)
        await say(page, SECRET)
        await expect(log(page)).to_contain_text(f"Ik las: {SECRET}")
        await page.goto(live_server.url + "toegankelijkheid")
        await page.evaluate(back)
        await expect(log(page)).to_contain_text(f"Ik las: {SECRET}")  # without leaving, "back" is as anywhere
        await expect(log(page)).to_be_visible()
        await page.goto(live_server.url + "g/Ede")
        await expect(log(page)).to_contain_text(f"Ik las: {SECRET}")
        await page.get_by_role("button", name="Snel weg").click()
        await page.wait_for_url("about:blank")
        assert await page.title() == ""
        await page.evaluate(back)
        await expect(log(page)).to_contain_text("Hoe wilt u beginnen?")
        assert SECRET not in await page.evaluate("document.querySelector('adempauze-gesprek').shadowRoot.textContent")
        await browser.close()


async def test_a_page_that_is_put_away_is_blank_until_it_knows(live_server, open_page):
    page = await open_page(live_server.url)
    await say(page, SECRET)
    await expect(log(page)).to_contain_text(f"Ik las: {SECRET}")
    gone = "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))"
    back = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    await page.evaluate(gone)
    await expect(log(page)).to_be_hidden()
    await page.evaluate(back)
    await expect(log(page)).to_be_visible()
    await say(page, "en verder")
    await expect(log(page)).to_contain_text("Ik las: en verder")
    await page.evaluate(gone)
    await page.evaluate("document.cookie = 'adempauze-weg=ja; Path=/'")  # left in another tab meanwhile
    await page.evaluate(back)
    await expect(log(page)).to_contain_text("Hoe wilt u beginnen?")
    await expect(log(page)).not_to_contain_text(SECRET)


async def test_what_stays_in_the_browser_no_script_can_read(live_server, open_page):
    page = await left(live_server, open_page)
    await page.goto(live_server.url)
    await begin(page, "Met een nieuw gesprek").click()
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    cookies = {cookie["name"]: cookie for cookie in await page.context.cookies()}
    assert set(cookies) == {"adempauze", "adempauze-eerder"}
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies.values())
