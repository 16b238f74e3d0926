"""Reading a longer talk: days, where she is in it, what came meanwhile, and what is a number to call."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from playwright.async_api import expect
from sqlalchemy import update

from knowledge.storage import metadata
from tests.web.browser import Answer, until
from tests.web.test_widget_talk import box, log, say

PHONE = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}
WELCOME_INVITATION_HERS_ANSWER = ("Voor wie zorgt u?", "ander apparaat", "hallo", "Ik las: hallo")
FROM_THE_END = "e => e.scrollHeight - e.scrollTop - e.clientHeight"


async def begun(house, open_page, **look):
    page = await open_page(house.url, **look)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    return page, house.only_conversation()


def put_back(house, days_by_text):
    """As if these things were said so many days ago."""
    messages = metadata.tables["messages"]
    with house.conversations._sessions.begin() as session:
        for number, days in days_by_text.items():
            at = datetime.now(timezone.utc) - timedelta(days=days)
            session.execute(update(messages).where(messages.c.id == number).values(created_at=at))


async def test_a_line_stands_between_days_and_none_in_a_talk_of_today(live_server, open_page):
    page, talk = await begun(live_server, open_page)
    await say(page, "hallo")
    await expect(log(page)).to_contain_text("Ik las: hallo")
    await expect(page.locator(".day")).to_have_count(0)
    first, second, third = (message.id for message in live_server.conversations.since(talk))
    put_back(live_server, {first: 5, second: 2, third: 2})
    await page.reload()
    await expect(page.locator(".day")).to_have_count(2)
    await say(page, "vandaag")
    await expect(log(page)).to_contain_text("Ik las: vandaag")
    await expect(page.locator(".day")).to_have_count(3)
    order = await log(page).evaluate("log => Array.from(log.children).map((e) => e.className.split(' ')[0])")
    assert order == ["day", "message", "day", "message", "message", "day", "message", "message"]
    days = await page.locator(".day").all_inner_texts()
    assert len(set(days)) == 3
    assert all(len(day.split()) == 3 for day in days), days
    await page.get_by_role("button", name="Meer", exact=True).click()
    await page.get_by_role("button", name="Laat de tijd bij elk bericht zien").click()
    await page.keyboard.press("Escape")
    await expect(log(page).locator("time:visible")).to_have_count(5)


async def test_a_device_with_a_wrong_date_puts_no_days_between(live_server, open_page):
    page = await open_page("about:blank")
    await page.clock.set_system_time(datetime.now(timezone.utc) - timedelta(days=3))
    await page.goto(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await say(page, "hallo")
    await expect(log(page)).to_contain_text("Ik las: hallo")
    await expect(page.locator(".day")).to_have_count(1)  # above all of it: by her device that is another day


async def test_what_she_writes_before_the_talk_is_open_keeps_its_place_on_such_a_device(live_server, open_page):
    """The invitation to go on with a code comes between: her words stay above their answer, whatever stands there."""
    page, opened = await open_page("about:blank"), asyncio.Event()

    async def later(route):
        await opened.wait()
        await route.continue_()

    await page.clock.set_system_time(datetime.now(timezone.utc) - timedelta(days=3))
    await page.route("**/api/conversation", later)
    await page.goto(live_server.url)
    await say(page, "hallo")
    await expect(log(page)).to_contain_text("hallo")
    opened.set()
    await expect(log(page)).to_contain_text("Ik las: hallo")
    read = await log(page).locator(".message, .begun").all_inner_texts()
    places = [next((i for i, one in enumerate(read) if words in one), -1) for words in WELCOME_INVITATION_HERS_ANSWER]
    assert places == [0, 1, 2, 3], read


async def test_a_long_talk_opens_at_its_end_and_takes_no_focus(live_server, open_page):
    page, talk = await begun(live_server, open_page, **PHONE)
    for number in range(75):
        live_server.conversations.add(talk, "person", f"vraag {number}")
        live_server.conversations.add(talk, "assistant", f"antwoord {number}")
    await page.reload()
    await expect(log(page).get_by_text("antwoord 74")).to_be_in_viewport()
    await expect(page.locator(".message")).to_have_count(151)
    scroller = page.locator(".scroller")
    await until(lambda: scroller.evaluate(f"e => ({FROM_THE_END})(e) < 4"), "at the end")
    await expect(page.locator(".newest")).to_be_hidden()
    assert await page.evaluate("document.activeElement === document.body")


async def test_what_she_scrolled_to_stays_where_it_is_as_the_sign_goes(live_server, open_page):
    """Found under load: the sign went as she pressed, all moved, and the press was for nothing."""
    page, _ = await begun(live_server, open_page, **PHONE)
    words = "\n\n".join(f"Regel {n}." for n in range(40))
    live_server.reception.answers = {"lang": [Answer(words, buttons=[{"title": "Verder", "payload": "/verder"}])]}
    await say(page, "lang")
    await expect(page.get_by_role("button", name="Lees verder")).to_be_visible()
    moved = await page.locator(".scroller").evaluate(
        """async (scroller) => {
            const button = [...scroller.querySelectorAll("button")].find((one) => one.textContent === "Verder");
            scroller.style.scrollBehavior = "auto";
            scroller.scrollTop = scroller.scrollHeight;
            const before = button.getBoundingClientRect().top;
            const frame = () => new Promise(requestAnimationFrame);
            await new Promise((done) => scroller.addEventListener("scroll", done, { once: true }));
            await frame().then(frame);
            return button.getBoundingClientRect().top - before;
        }"""
    )
    await expect(page.locator(".newest")).to_be_hidden()
    assert abs(moved) <= 1, "a pixel is rounding; without that room it was 57"
    await page.get_by_role("button", name="Verder", exact=True).click()
    await expect(log(page)).to_contain_text("Verder")


async def test_what_comes_while_she_reads_above_waits_below_a_sign(live_server, open_page):
    page, talk = await begun(live_server, open_page, **PHONE)
    live_server.reception.answers = {"lang": [Answer("\n\n".join(f"Regel {n}." for n in range(40)))]}
    await say(page, "lang")
    more = page.get_by_role("button", name="Lees verder")
    await expect(more).to_be_visible()
    scroller, pill = await page.locator(".scroller").bounding_box(), await more.bounding_box()
    assert pill["y"] >= scroller["y"] + scroller["height"]  # it covers no line
    start = await page.locator(".scroller").evaluate("e => e.scrollTop")
    await page.locator(".scroller").hover()
    await page.mouse.wheel(0, -400)
    await until(lambda: page.locator(".scroller").evaluate(f"e => e.scrollTop < {start}"), "the wheel turned")
    before = await page.locator(".scroller").evaluate("e => e.scrollTop")
    live_server.conversations.add(talk, "staff", "Ik bel u morgen.")
    new = page.get_by_role("button", name="Nieuw bericht")
    await expect(new).to_be_visible()
    assert await page.locator(".scroller").evaluate("e => e.scrollTop") == pytest.approx(before, abs=400)
    await expect(log(page).get_by_text("Ik bel u morgen.")).not_to_be_in_viewport()
    await new.click()
    await expect(log(page).get_by_text("Ik bel u morgen.")).to_be_in_viewport()
    await expect(new).to_be_hidden()


async def test_her_own_number_is_no_number_to_call_but_that_of_a_line_always_is(live_server, open_page):
    said = "U krijgt bericht op 06 12345678. Of bel 030 760 60 55 of 0318 68 09 11."
    hers = "mijn nummer is +31 6-12 34 56 78, en ik belde al 030-7606055"
    live_server.reception.answers = {"en nu": [Answer(said)], hers: [Answer("Goed.")]}
    page, _ = await begun(live_server, open_page)
    await say(page, hers)
    await say(page, "en nu")
    await expect(log(page)).to_contain_text(said)
    calls = [await link.get_attribute("href") for link in await log(page).locator("a.call").all()]
    assert calls == ["tel:0307606055", "tel:0318680911"]
    await page.reload()
    await expect(log(page)).to_contain_text(said)
    await expect(log(page).locator("a.call")).to_have_count(2)


@pytest.mark.parametrize("width", [320, 340, 360, 375, 390])
async def test_the_number_of_a_request_stays_on_one_line(live_server, open_page, width):
    live_server.reception.answers = {
        "nummer": [Answer("Uw aanvraag is verstuurd. Uw nummer is AP-7K3M-2Q, of AP-9XYZ-4R.")]
    }
    page, _ = await begun(live_server, open_page, viewport={"width": width, "height": 700})
    await say(page, "nummer")
    await expect(page.locator(".whole")).to_have_count(2)
    for number in await page.locator(".whole").all():
        assert await number.evaluate("e => e.getClientRects().length") == 1


async def test_nobody_seems_to_read_while_nothing_is_read(live_server, open_page):
    live_server.reception.is_held = True
    page, _ = await begun(live_server, open_page)
    dots = page.locator(".typing i")
    await say(page, "hallo")
    await expect(dots).to_have_count(3)
    live_server.reception.is_held = False
    await expect(log(page)).to_contain_text("Ik las: hallo")
    await expect(dots).to_have_count(0)
    live_server.stop()
    await say(page, "bent u daar")
    await expect(log(page)).to_contain_text("nog niet verstuurd")
    await expect(dots).to_have_count(0)
    await expect(box(page)).to_be_focused()
