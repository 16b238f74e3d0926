"""Nothing she typed in the form is ever lost, and nothing of it stays where it may not."""

from __future__ import annotations

import asyncio
import copy

import pytest
from playwright.async_api import expect

from tests.web.browser import Answer, until
from tests.web.request_house import TAKEN_UP, box, focused, form, more, save, serve_form, sheet, tick, with_form
from tests.web.test_widget_access import require_axe
from tests.web.test_widget_talk import log, say

KEPT = "sessionStorage.getItem('adempauze-request')"


@pytest.fixture
def house(tmp_path):
    with serve_form(tmp_path) as house:
        yield house


async def is_told_with_focus(page, words):
    return (await focused(page) or "").startswith(words)


async def test_a_reload_takes_nothing_away(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Doet dit").fill("alles")
    await tick(page, "Naam weglaten").check()
    await form(page).get_by_role("radio", name="Ja, dat mag mee").check()
    await page.reload()
    await expect(sheet(page).get_by_text("Dat staat nog niet in uw aanvraag")).to_be_visible()
    await page.get_by_role("button", name="Aanpassen").click()
    await expect(box(page, "Doet dit")).to_have_value("alles")
    await expect(tick(page, "Naam weglaten")).to_be_checked()
    await expect(form(page).get_by_role("radio", name="Ja, dat mag mee")).to_be_checked()
    await save(page)
    await expect(form(page)).to_have_count(0)
    await page.reload()
    await expect(sheet(page)).to_contain_text("alles")
    await expect(sheet(page).get_by_text("Dat staat nog niet in uw aanvraag")).to_be_hidden()


async def test_a_lost_connection_loses_no_word_and_counts_once(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Nachten").fill("drie nachten")
    arrived = []

    async def lose_the_answer(route):
        if route.request.method != "POST":
            await route.continue_()
            return
        arrived.append(await route.fetch())
        await route.abort()

    await page.route("**/api/request", lose_the_answer)
    await save(page)
    await expect(form(page)).to_contain_text("Er is even geen verbinding. Wat u typte, blijft hier staan.")
    await until(lambda: is_told_with_focus(page, "Bewaren lukte nog niet"), "what went wrong has the focus")
    await expect(box(page, "Nachten")).to_have_value("drie nachten")
    await page.unroute("**/api/request")
    await save(page)
    await expect(form(page)).to_have_count(0)
    own = page.locator('[data-author="person"]', has_text="Ik heb mijn aanvraag aangepast.")
    await expect(own).to_have_count(1)
    assert len(arrived) == 1


async def test_the_first_press_opens_the_form_also_when_the_line_is_slow(house, open_page):
    page, is_through = await open_page("about:blank", reduced_motion="reduce"), asyncio.Event()

    async def late(route):
        await is_through.wait()
        await route.continue_()

    await page.route("**/api/request", late)
    await page.clock.install()
    await page.goto(house.url)
    await say(page, "toon")
    await page.get_by_role("button", name="Aanpassen").click()
    await page.clock.run_for(2_000)  # longer than the form waits for news of what it knows
    await expect(form(page)).to_have_count(0)
    is_through.set()
    await expect(form(page)).to_be_visible()


async def test_what_cannot_be_kept_is_said_beside_the_part_and_at_the_top(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Doet dit").fill("a" * 2001)
    await box(page, "Nachten").fill("drie nachten")
    await save(page)
    summary = form(page).locator(".problem")
    await expect(summary).to_be_focused()
    await expect(summary).to_contain_text("Kijk nog even naar deze delen.")
    await expect(box(page, "Doet dit")).to_have_attribute("aria-invalid", "true")
    described = await box(page, "Doet dit").get_attribute("aria-describedby")
    await expect(page.locator(f"#{described.split()[-1]}")).to_contain_text("Er passen 2.000 tekens in.")
    await require_axe(page, "with an error")
    await summary.get_by_role("button", name="Doet dit").click()
    await expect(box(page, "Doet dit")).to_be_focused()
    await expect(box(page, "Nachten")).to_have_value("drie nachten")
    assert house.said == []
    await box(page, "Doet dit").fill("wassen")
    await save(page)
    await expect(form(page)).to_have_count(0)
    assert house.said[0]["changes"] == {"tasks": "wassen", "nights": "drie nachten"}


async def test_taken_up_while_she_typed_she_reads_that_and_keeps_her_words(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Nachten").fill("drie nachten")
    house.reception.card.update(state="accepted", standing=TAKEN_UP, changeable=False)
    await save(page)
    await expect(form(page)).to_contain_text("Een consulent is al met uw aanvraag bezig.")
    await expect(box(page, "Nachten")).to_have_value("drie nachten")
    assert house.said == []


async def test_snel_weg_is_there_in_the_form_and_leaves_nothing(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Nachten").fill("drie nachten")
    await form(page).get_by_role("button", name="Snel weg").click()
    await expect(page).to_have_url("about:blank")
    await page.goto(house.url)
    assert await page.evaluate(KEPT) is None


async def test_erasing_takes_what_was_typed_too(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Nachten").fill("drie nachten")
    await page.keyboard.press("Escape")
    await until(lambda: page.evaluate(KEPT), "kept in the tab")
    await page.get_by_role("button", name="Meer", exact=True).click()
    await page.get_by_role("button", name="Wis gesprek").click()
    await page.get_by_role("button", name="Ja, wis alles").click()
    await expect(log(page)).to_contain_text("gewist")
    assert await page.evaluate(KEPT) is None


async def test_what_was_typed_for_another_request_stays_out_of_this_one(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Nachten").fill("drie nachten")
    await page.keyboard.press("Escape")
    house.reception.card["reference"] = "AP-2222-22"
    house.reception.answers["nieuw"] = [Answer("Dit is de aanvraag.", card=copy.deepcopy(house.reception.card))]
    await say(page, "nieuw")
    await expect(sheet(page)).to_contain_text("AP-2222-22")
    await page.get_by_role("button", name="Aanpassen").click()
    await expect(box(page, "Nachten")).to_have_value("elke nacht")


async def test_what_was_added_in_a_fold_is_in_sight_again(house, open_page):
    page = await with_form(house, open_page)
    await more(page, "Wie zorgt").click()
    await box(page, "Uren zorg").fill("u" * 2001)
    await more(page, "Wie zorgt").click()
    await save(page)
    await form(page).locator(".problem").get_by_role("button", name="Uren zorg").click()
    await expect(box(page, "Uren zorg")).to_be_focused()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Aanpassen").click()
    await expect(box(page, "Uren zorg")).to_have_value("u" * 2001)
