"""The widget while the server answers and can keep nothing: danger is answered, and all of it is sent later."""

from __future__ import annotations

import json
import os

from playwright.async_api import expect

from tests.web.test_widget_talk import box, log, say
from tests.web.test_widget_trouble import own, stored

WAITS = "Ik kan uw bericht nu niet bewaren. Dat ligt aan ons."
HELP = "Bel nu met 113 Zelfmoordpreventie: 113 of 0800-0113. Dat kan dag en nacht, en u hoeft uw naam niet te zeggen."


class Away:
    """Stands in for the server while its database is away: it hears everything that waits."""

    def __init__(self) -> None:
        self.on = True
        self.heard: list[list[str]] = []

    async def __call__(self, route) -> None:
        if not self.on:
            await route.continue_()
            return
        waiting = (route.request.post_data_json or {}).get("waiting", [])
        self.heard.append(waiting)
        texts = [HELP] if any("leven" in text for text in waiting) else [WAITS]
        told = {"error": "not_kept", "text": texts[0], "unsaved": [{"text": text} for text in texts]}
        body = json.dumps({**told, "danger": texts == [HELP]})
        await route.fulfill(status=503, headers={"Retry-After": "1"}, content_type="application/json", body=body)


async def test_what_cannot_be_kept_waits_and_danger_is_answered(live_server, open_page):
    page, away = await open_page(live_server.url), Away()
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await page.route("**/api/messages", away)
    await say(page, "mijn man heeft dementie")
    await expect(log(page)).to_contain_text(WAITS)
    await expect(log(page).get_by_role("link", name="030 760 60 55")).to_be_visible()
    await say(page, "ik wil niet meer leven")
    await expect(log(page)).to_contain_text("0800-0113. Dat kan dag en nacht")
    await expect(own(page).nth(1)).to_contain_text("nog niet verstuurd")
    assert ["mijn man heeft dementie", "ik wil niet meer leven"] in away.heard
    if folder := os.environ.get("ADEMPAUZE_PICTURES"):
        await page.wait_for_timeout(900)
        await page.screenshot(path=f"{folder}/unkept-1280.png")
        await page.set_viewport_size({"width": 390, "height": 800})
        await page.wait_for_timeout(900)
        await page.screenshot(path=f"{folder}/unkept-390.png")
    await expect(log(page).get_by_text(WAITS)).to_have_count(1)
    away.on = False
    await expect(log(page)).to_contain_text("Ik las: ik wil niet meer leven")
    assert stored(live_server) == ["mijn man heeft dementie", "ik wil niet meer leven"]
    await expect(own(page)).to_have_count(2)
    await expect(page.get_by_text("nog niet verstuurd")).to_have_count(0)


async def test_who_comes_while_nothing_is_kept_is_heard_before_there_is_a_talk(live_server, open_page, chromium):
    context, away = await chromium.new_context(locale="nl-NL"), Away()
    await context.route("**/api/conversation", away)
    page = await open_page(live_server.url, context=context)
    await expect(log(page)).to_contain_text(WAITS)
    await expect(box(page)).to_be_visible()
    await say(page, "ik wil niet meer leven")
    await expect(log(page)).to_contain_text("0800-0113. Dat kan dag en nacht")
    away.on = False
    await expect(log(page)).to_contain_text("Ik las: ik wil niet meer leven")
    assert stored(live_server) == ["ik wil niet meer leven"]
    await context.close()
