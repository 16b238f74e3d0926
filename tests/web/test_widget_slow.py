"""On a slow line: how much comes over it, how long until she sees something, and until she is answered."""

from __future__ import annotations

import gzip
import time
from urllib.request import Request, urlopen

from playwright.async_api import expect

from tests.web.test_widget_talk import box, log, say

# What Chromium's own tools call "Slow 3G" and "Fast 3G": milliseconds there and back, bytes a second.
LINES = {"slow": (2000, 50_000, 50_000), "fast": (562, 180_000, 84_375)}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"


async def on_a_line(page, name):
    latency, down, up = LINES[name]
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    asked = {"offline": False, "latency": latency, "downloadThroughput": down, "uploadThroughput": up}
    await session.send("Network.emulateNetworkConditions", asked)


def fetched(url):
    """Bytes of an answer as they go over the line."""
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        return len(answer.read())


def test_all_that_comes_before_the_talk_is_small(live_server):
    script = fetched(live_server.url + "adempauze.js")
    assert script < 40_000
    with urlopen(live_server.url) as page, urlopen(live_server.url + "assets/page.css") as styles:
        around = len(gzip.compress(page.read())) + len(gzip.compress(styles.read()))
    assert script + around < 45_000


async def seconds(page, url):
    """How long until she sees something, until there is a talk, and until she is answered."""
    began = time.monotonic()
    await page.goto(url, wait_until="commit")
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    talk = time.monotonic() - began
    painted = await page.evaluate(PAINT)
    await expect(box(page)).to_be_visible()
    began = time.monotonic()
    await say(page, "hallo")
    await expect(log(page)).to_contain_text("Ik las: hallo")
    return painted, talk, time.monotonic() - began


async def test_on_slow_3g_there_are_numbers_soon_and_a_talk_a_little_later(live_server, open_page):
    """The limits are for the line: what this machine takes without one comes on top, so that a busy one may be slow."""
    itself = await seconds(await open_page("about:blank"), live_server.url)
    for name, most in (("slow", (6, 14, 6)), ("fast", (3, 6, 3))):
        page = await open_page("about:blank")
        await on_a_line(page, name)
        took = await seconds(page, live_server.url)
        room = [limit + 2 * own for limit, own in zip(most, itself, strict=True)]
        assert all(one < limit for one, limit in zip(took, room, strict=True)), (name, took, itself)


async def test_what_she_says_stands_there_before_anybody_answers(live_server, open_page):
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    live_server.reception.is_held = True
    await say(page, "hallo")
    await expect(page.locator('[data-author="person"] .body')).to_have_text("hallo")
    await expect(log(page)).not_to_contain_text("Ik las")
