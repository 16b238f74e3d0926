"""What she can do with the talk besides talking: larger, when, copy, keep, mail, print, speak, and right to left."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import expect

from tests.web.browser import Answer, until
from tests.web.test_widget_access import ANSWERS, require_axe
from tests.web.test_widget_talk import box, log, say

EAR = """
window.SpeechRecognition = class {
  start() { window.ears = (window.ears || 0) + 1; window.ear = this; }
  stop() { this.onend(); }
};
window.speak = (text) => {
  const result = Object.assign([{ transcript: text }], { isFinal: true });
  window.ear.onresult({ results: [result], resultIndex: 0 });
};
"""
PRINTER = """
const inside = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow").get;
Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", { get() {
  const view = inside.call(this);
  view.print = () => (window.printed = view.document.body.innerText);
  return view;
} });
"""
ARABIC = "مرحبا، أنا أعتني بأمي كل يوم"


@pytest.fixture
def house(live_server):
    live_server.reception.answers = {**ANSWERS, "arabisch": [Answer(ARABIC, [{"title": "نعم", "payload": "/affirm"}])]}
    return live_server


async def press(page, name):
    await page.get_by_role("button", name=name, exact=True).click()


async def open_with_talk(open_page, house, **options):
    page = await open_page(house.url, **options)
    await say(page, "aanbod")
    await expect(log(page)).to_contain_text("De Linde")
    await say(page, "mens")
    await expect(log(page)).to_contain_text("Ik bel u morgen.")
    return page


async def test_larger_letters_make_everything_larger_and_stay(house, open_page):
    page = await open_page(house.url, reduced_motion="reduce")
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    text, button = log(page).locator(".body p").first, page.locator(".send")
    before, wide = await text.evaluate(size), (await button.bounding_box())["width"]
    await press(page, "A+: grotere letters")
    assert await text.evaluate(size) == pytest.approx(before * 1.3)
    assert (await button.bounding_box())["width"] == pytest.approx(wide * 1.3, abs=1)
    await expect(page.get_by_role("button", name="A+: grotere letters")).to_have_attribute("aria-pressed", "true")
    await require_axe(page, "larger")
    await page.set_viewport_size({"width": 320, "height": 640})
    whole = "e => e.scrollHeight <= e.clientHeight"
    await until(lambda: box(page).evaluate(whole), "what is asked of her fits in the field, empty as it is")
    await page.set_viewport_size({"width": 1280, "height": 860})
    await page.reload()
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    assert await text.evaluate(size) == pytest.approx(before * 1.3)
    await press(page, "A+: grotere letters")
    assert await text.evaluate(size) == pytest.approx(before)


async def test_who_set_the_browser_larger_gets_it_larger_on_any_page(house, open_page):
    page = await open_page(house.url)
    await page.add_style_tag(url=house.url + "assets/page.css")
    await page.evaluate("document.documentElement.style.fontSize = '8px'")
    assert await log(page).locator(".body p").first.evaluate("e => getComputedStyle(e).fontSize") == "18px"


async def test_times_show_on_demand(house, open_page):
    page = await open_with_talk(open_page, house)
    await expect(log(page).locator("time").first).to_be_hidden()
    await press(page, "Meer")
    await press(page, "Laat de tijd bij elk bericht zien")
    await page.keyboard.press("Escape")
    await expect(log(page).locator("time:visible")).to_have_count(await log(page).locator(".message").count())


async def test_copying_puts_the_talk_in_order_on_the_clipboard(house, open_page):
    page = await open_with_talk(open_page, house, permissions=["clipboard-read", "clipboard-write"])
    await press(page, "Meer")
    await press(page, "Kopieer het gesprek")
    await expect(page.get_by_role("status").filter(has_text="Het gesprek staat op uw klembord.")).to_be_visible()
    text = await page.evaluate("navigator.clipboard.readText()")
    parts = ["Gesprek met Adempauze", "Hallo, ik ben Adempauze.", "aanbod", "Logeerhuis De Linde", "- ", "Marieke, Ede"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "0318 12 34 56" in text
    assert "Klopt dit niet?" not in text
    assert "✓" not in text


async def test_where_the_clipboard_is_closed_the_old_way_or_an_honest_word(house, open_page):
    page = await open_with_talk(open_page, house)
    await page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    await page.evaluate("void (document.execCommand = () => false)")
    await press(page, "Meer")
    await press(page, "Kopieer het gesprek")
    await expect(page.get_by_text("Kopiëren lukt in deze browser niet.")).to_be_visible()


async def test_saving_gives_a_text_file_without_our_server(house, open_page):
    page = await open_with_talk(open_page, house)
    await page.context.set_offline(True)
    await press(page, "Meer")
    async with page.expect_download() as waiting:
        await press(page, "Bewaar het gesprek als tekst")
    download = await waiting.value
    assert download.suggested_filename == "adempauze.txt"
    kept = await asyncio.to_thread(Path(await download.path()).read_text, encoding="utf-8")
    assert "Ik bel u morgen." in kept
    await page.context.set_offline(False)


async def test_a_mail_to_herself_fits_and_says_when_it_is_not_all(house, open_page):
    page = await open_page(house.url)
    clicked = "HTMLAnchorElement.prototype.click = function () { window.mail = this.href; }"
    await page.evaluate(clicked)
    await say(page, "hallo & tot ziens?")
    await expect(log(page)).to_contain_text("Ik las: hallo & tot ziens?")
    await press(page, "Meer")
    await press(page, "Mail het gesprek naar uzelf")
    body = parse_qs(urlsplit(await page.evaluate("window.mail")).query)["body"][0]
    assert "hallo & tot ziens?" in body
    assert "Voor wie zorgt u?" in body
    await page.keyboard.press("Escape")
    await say(page, "lang " * 300)
    await say(page, "tot slot")
    await expect(log(page)).to_contain_text("Ik las: tot slot")
    await press(page, "Meer")
    await press(page, "Mail het gesprek naar uzelf")
    address = await page.evaluate("window.mail")
    assert len(address) <= 1800
    body = parse_qs(urlsplit(address).query)["body"][0]
    assert body.startswith("Het hele gesprek past niet in deze mail.")
    assert "Ik las: tot slot" in body


async def test_printing_prints_the_talk_and_nothing_around_it(house, open_page):
    page = await open_page(house.url)
    await say(page, "mens")
    await expect(log(page)).to_contain_text("Ik bel u morgen.")
    await press(page, "Meer")
    await page.evaluate(PRINTER)
    await press(page, "Print het gesprek")
    await until(lambda: page.evaluate("window.printed"), "printed")
    printed = await page.evaluate("window.printed")
    assert printed.startswith("Gesprek met Adempauze")
    assert "Ik bel u morgen." in printed
    assert "Snel weg" not in printed


async def test_speaking_is_off_until_she_agrees_and_nothing_is_sent_by_itself(house, open_page):
    page = await open_page("about:blank", reduced_motion="reduce")  # half-way its arrival a text has half its contrast
    await page.add_init_script(EAR)
    await page.goto(house.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await press(page, "Spreken in plaats van typen")
    asks = page.get_by_role("dialog", name="Wilt u spreken?")
    await expect(asks).to_contain_text("De maker van uw browser kan daarbij meeluisteren.")
    await require_axe(page, "voice")
    await press(page, "Nee, ik typ liever")
    assert await page.evaluate("window.ears") is None
    await press(page, "Spreken in plaats van typen")
    await press(page, "Ja, luister mee")
    await expect(page.get_by_text("Uw browser luistert.")).to_be_visible()
    await box(page).fill("mijn man")
    await page.evaluate("speak('vergeet steeds meer')")
    await expect(box(page)).to_have_value("mijn man vergeet steeds meer")
    await press(page, "Spreken in plaats van typen")
    await expect(page.get_by_text("Uw browser luistert.")).to_have_count(0)
    assert house.reception.received == []
    await press(page, "Spreken in plaats van typen")  # she was asked once
    await until(lambda: page.evaluate("window.ears === 2"), "the browser listens again")


async def test_a_browser_that_cannot_listen_has_no_microphone(house, open_page):
    page = await open_page("about:blank")
    await page.add_init_script("delete window.webkitSpeechRecognition; delete window.SpeechRecognition")
    await page.goto(house.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await expect(page.get_by_role("button", name="Spreken in plaats van typen")).to_have_count(0)


async def test_a_language_that_reads_from_right_to_left_stands_that_way_and_ours_does_not(house, open_page):
    page = await open_page(house.url, reduced_motion="reduce")
    await say(page, "arabisch")
    message = log(page).locator(".message", has_text=ARABIC)
    await expect(message).to_have_attribute("dir", "rtl")
    await expect(message.locator(".body")).to_have_css("text-align", "start")
    await say(page, ARABIC)
    await expect(log(page)).to_contain_text(f"Ik las: {ARABIC}")
    mixed = log(page).locator(".message", has_text="Ik las:")
    assert await mixed.get_attribute("dir") is None
    message = message.first
    body, frame = await message.locator(".body").bounding_box(), await message.bounding_box()
    assert body["x"] + body["width"] == pytest.approx(frame["x"] + frame["width"], abs=1)


@pytest.mark.parametrize("name", ["Bellen", "Meer"])
async def test_every_window_fits_at_400_percent_and_is_easy_to_hit(house, open_page, name):
    page = await open_page(house.url, viewport={"width": 320, "height": 256}, has_touch=True)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await press(page, name)
    window = page.get_by_role("dialog")
    await expect(window).to_be_visible()
    box_ = await window.bounding_box()
    assert box_["x"] >= 0
    assert box_["x"] + box_["width"] <= 320
    assert box_["height"] <= 256
    for target in await window.locator("button, a").all():
        size = await target.bounding_box()
        assert min(size["height"], size["width"]) >= 44, await target.inner_text()
    close = window.get_by_role("button", name="Sluiten")
    await close.scroll_into_view_if_needed()
    await close.click()
    await expect(window).to_have_count(0)
