"""The request in the talk: why a part is empty, how it stands, and which card can be changed."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.web.browser import Answer
from tests.web.request_house import (
    DRAFT,
    SENT,
    TAKEN_UP,
    a_card,
    box,
    form,
    save,
    serve_form,
    sheet,
    with_card,
    with_form,
)
from tests.web.test_widget_talk import say


@pytest.fixture
def house(tmp_path):
    with serve_form(tmp_path) as house:
        yield house


async def test_the_card_says_in_words_why_a_part_is_empty_and_how_it_stands(house, open_page):
    house.reception.answers["toon"] = [Answer("Dit is de aanvraag.", card=a_card())]
    page = await with_card(house, open_page)
    for key, words in {
        "hours": "niet gevraagd",
        "loved_one_agrees": "u wilt dit niet zeggen",
        "contact_when": "gaat niet mee",
        "nights": "elke nacht",
    }.items():
        await expect(sheet(page).locator(f'[data-key="{key}"] dd')).to_have_text(words)
    headings = await sheet(page).get_by_role("heading", level=3).all_inner_texts()
    assert headings.index("Wie zorgt") < headings.index("De ander")
    await expect(sheet(page)).to_contain_text(DRAFT)


async def test_what_happens_to_it_is_seen_on_the_card_and_then_it_is_changed_in_the_talk(house, open_page):
    page = await with_card(house, open_page)
    house.reception.card.update(state="sent", standing=SENT)
    await say(page, "hallo")
    await expect(sheet(page)).to_contain_text(SENT)
    await expect(sheet(page).get_by_role("button", name="Aanpassen")).to_be_visible()
    house.reception.card.update(state="accepted", standing=TAKEN_UP, changeable=False)
    await say(page, "nog iets")
    await expect(sheet(page)).to_contain_text(TAKEN_UP)
    await expect(sheet(page).get_by_role("button", name="Aanpassen")).to_have_count(0)
    await expect(sheet(page).get_by_role("link", name="Bewaar een kopie")).to_have_attribute(
        "href", re.compile("copy$")
    )
    pdf = sheet(page).get_by_role("link", name="Opslaan als PDF")
    await expect(pdf).to_have_attribute("href", re.compile(r"copy\.pdf$"))


async def test_only_the_newest_card_can_be_changed(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Nachten").fill("drie nachten")
    await save(page)
    await expect(page.locator(".sheet")).to_have_count(2)
    await expect(page.get_by_role("button", name="Aanpassen")).to_have_count(1)
    await expect(page.locator(".standing:visible")).to_have_count(1)


async def test_a_card_that_does_not_say_it_can_be_changed_cannot(house, open_page):
    old = {key: a_card()[key] for key in ("kind", "reference", "recipient", "question", "sections")}
    house.reception.answers["toon"] = [Answer("Dit is de aanvraag.", card=old)]
    house.reception.card["reference"] = "AP-2222-22"
    page = await open_page(house.url)
    await say(page, "toon")
    await expect(sheet(page)).to_contain_text("Marijke")
    await expect(page.get_by_role("button", name="Aanpassen")).to_have_count(0)


async def test_nothing_moves_under_her_finger_once_the_card_is_there(house, open_page):
    stored = {key: value for key, value in a_card().items() if key != "standing"}
    send = {"title": "Aanvraag versturen", "payload": "/send"}
    house.reception.answers["toon"] = [Answer("Dit is de aanvraag.", buttons=[send], card=stored)]
    page = await open_page(house.url, reduced_motion="reduce")
    looks, places = asyncio.Queue(), "**/api/request"
    await page.route(places, looks.put)  # how it stands is asked as well: that answer waits until we measured
    await say(page, "toon")
    await require_at_rest(page, looks)
    await page.unroute(places)
    await page.get_by_role("button", name="Aanpassen").click()
    await box(page, "Nachten").fill("drie nachten")
    await expect(page.locator(".unsaved")).to_be_attached()
    assert await page.locator(".unsaved").evaluate("each => !each.hidden"), "it comes behind the form"
    await page.keyboard.press("Escape")
    await expect(form(page)).to_have_count(0)
    await page.route(places, looks.put)
    await page.reload()
    await expect(sheet(page)).to_contain_text("Dat staat nog niet in uw aanvraag")
    await require_at_rest(page, looks)


async def require_at_rest(page, looks):
    """What she can press stands where it stood when it came, also after the answer to how the request stands."""
    presses = [page.get_by_role("button", name=name) for name in ("Aanpassen", "Aanvraag versturen")]
    held = await looks.get()
    before = [await each.bounding_box() for each in presses]
    async with page.expect_response("**/api/request") as answer:
        await held.continue_()
    await (await answer.value).finished()
    await page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert [await each.bounding_box() for each in presses] == before
