"""A server, or somebody between, that answers with names that change every object in a script: the widget shows the
words and nothing else changes (prototype poisoning, ASVS 15.3.6)."""

from __future__ import annotations

import json

from playwright.async_api import expect

from tests.web.test_widget_talk import log, say

POISON = '"__proto__": {"polluted": "yes"}, "constructor": {"prototype": {"polluted": "yes"}}'
MESSAGE = f"""{{"id": 90, "author": "assistant", "author_name": null, "text": "Gewone woorden",
 "at": "2026-11-23T09:00:00Z",
 "buttons": [{{"title": "Ja", "token": "90.0", {POISON}}}, {{"title": "__proto__", "token": "__proto__"}}],
 "card": {{"kind": "__proto__", {POISON}}}, {POISON}}}"""
KINDS = ("__proto__", "constructor", "toString")
CLEAN = """() => [({}).polluted, [].polluted, (() => {}).polluted, Object.prototype.polluted,
 Object.getOwnPropertyNames(Object.prototype).length].map(String)"""


async def test_what_a_server_answers_changes_no_object_of_the_page(live_server, open_page):
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Ik ben een computerprogramma.")
    before = await page.evaluate(CLEAN)
    assert before[:4] == ["undefined"] * 4
    number = 90

    async def poisoned(route):
        nonlocal number
        kind = KINDS[(number - 90) % len(KINDS)]
        body = MESSAGE.replace('"id": 90', f'"id": {number}').replace('"kind": "__proto__"', f'"kind": "{kind}"')
        number += 1
        answer = f'{{"messages": [{body}], {POISON}, "unsaved": {{{POISON}}}, "fields": {{{POISON}}}}}'
        assert json.loads(answer)
        await route.fulfill(status=200, content_type="application/json", body=answer)

    await page.route("**/api/messages", poisoned)
    for turn in range(2):
        await say(page, f"bericht {turn}")
        await expect(log(page).get_by_text("Gewone woorden")).to_have_count(turn + 1)
    assert await page.evaluate(CLEAN) == before


async def test_what_stands_in_the_store_of_the_tab_changes_nothing_either(live_server, open_page):
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Ik ben een computerprogramma.")
    await page.evaluate(
        """(poison) => { for (const key of [...Object.keys(sessionStorage), "adempauze-outbox", "adempauze-request"])
             sessionStorage.setItem(key, poison); }""",
        f'[{{"text": "x", "mark": "mark-12345678", {POISON}}}]',
    )
    await page.reload()
    await expect(log(page)).to_contain_text("Ik ben een computerprogramma.")
    assert (await page.evaluate(CLEAN))[:4] == ["undefined"] * 4
