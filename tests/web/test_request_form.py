"""Her hands on the request: the form in a real browser, by mouse and by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.request_house import (
    SENT,
    box,
    focused,
    form,
    more,
    restored,
    save,
    serve_form,
    sheet,
    tick,
    with_card,
    with_form,
)
from tests.web.test_widget_access import require_axe
from tests.web.test_widget_talk import log, say


@pytest.fixture
def house(tmp_path):
    with serve_form(tmp_path) as house:
        yield house


async def test_she_changes_leaves_out_ticks_and_answers_and_saves_once(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Nachten").fill("drie nachten per week")
    await expect(box(page, "Uren zorg")).to_have_count(0)  # what was not asked is folded away
    await more(page, "Wie zorgt").click()
    await box(page, "Uren zorg").fill("40")
    await tick(page, "Telefoon weglaten").check()
    await expect(box(page, "Telefoon")).to_have_count(0)
    await tick(page, "Hoe zwaar het is meesturen").check()
    await tick(page, "Wanneer bellen weglaten").uncheck()
    await form(page).get_by_role("radio", name="Nee, laat dat weg").check()
    await save(page)
    await expect(form(page)).to_have_count(0)
    await expect(log(page)).to_contain_text("Ik heb mijn aanvraag aangepast.")
    await expect(sheet(page)).to_contain_text("drie nachten per week")
    assert house.said == [
        {
            "changes": {"nights": "drie nachten per week", "hours": "40", "contact_phone": None},
            "include": ["load", "contact_when"],
            "loved_one_health": False,
        }
    ]
    await expect(sheet(page)).to_be_focused()


async def test_nothing_is_chosen_for_her(house, open_page):
    page = await with_form(house, open_page)
    await expect(tick(page, "Hoe zwaar het is meesturen")).not_to_be_checked()
    await expect(form(page).get_by_role("radio", checked=True)).to_have_count(0)
    await expect(form(page)).to_contain_text("slaapt slecht (een signaal, geen test)")
    await expect(form(page).get_by_role("group", name="Mag de consulent")).to_contain_text("Wat er speelt.")
    await expect(form(page)).not_to_contain_text("Wat dit is")
    await box(page, "Naam").fill("Marijke de Wit")
    await save(page)
    await expect(form(page)).to_have_count(0)
    assert house.said == [{"changes": {"contact_name": "Marijke de Wit"}, "include": [], "loved_one_health": None}]


async def test_a_part_she_empties_is_left_out(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Nachten").fill("  ")
    await save(page)
    await expect(sheet(page).locator('[data-key="nights"] dd')).to_have_text("gaat niet mee")
    assert house.said[0]["changes"] == {"nights": None}


async def test_saving_without_a_change_sends_nothing(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Nachten").fill("anders")
    await box(page, "Nachten").fill("elke nacht")
    await save(page)
    await expect(form(page)).to_have_count(0)
    await expect(page.get_by_role("button", name="Aanpassen")).to_be_focused()
    await expect(sheet(page).get_by_text("Dat staat nog niet in uw aanvraag")).to_be_hidden()
    assert house.said == []


async def test_pressed_twice_it_is_sent_once(house, open_page):
    page = await with_form(house, open_page)
    house.reception.is_held = True
    await box(page, "Nachten").fill("anders")
    await form(page).get_by_role("button", name="Bewaren").dblclick()
    await expect(form(page)).to_contain_text("Ik bewaar het.")
    house.reception.is_held = False
    await expect(form(page)).to_have_count(0)
    assert len(house.said) == 1


async def test_a_request_that_was_sent_says_who_reads_the_change(house, open_page):
    house.reception.card.update(state="sent", standing=SENT)
    page = await open_page(house.url)
    await say(page, "toon")
    await expect(sheet(page)).to_contain_text(SENT)
    await page.get_by_role("button", name="Aanpassen").click()
    await expect(form(page)).to_contain_text("De consulent heeft uw aanvraag al")


async def test_it_all_works_with_the_keyboard_alone(house, open_page):
    page = await with_card(house, open_page)
    await page.get_by_role("button", name="Aanpassen").focus()
    await page.keyboard.press("Enter")
    await expect(form(page).get_by_role("heading", name="Uw aanvraag aanpassen")).to_be_focused()
    await page.keyboard.press("Tab")
    assert await focused(page) == "Snel weg"
    await page.keyboard.press("Tab")
    await expect(tick(page, "Zorgt voor weglaten")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(box(page, "Zorgt voor")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(tick(page, "Doet dit weglaten")).to_be_checked()
    await box(page, "Naam").focus()
    await page.keyboard.type(" de Wit")
    await page.keyboard.press("Enter")  # in a field of one line this saves, as in every form
    await expect(form(page)).to_have_count(0)
    await expect(sheet(page)).to_be_focused()
    assert set(house.said[0]["changes"]) == {"tasks", "contact_name"}


async def test_escape_closes_and_keeps_and_the_focus_is_back(house, open_page):
    page = await with_form(house, open_page)
    await box(page, "Nachten").fill("drie nachten")
    await page.keyboard.press("Escape")
    await expect(form(page)).to_have_count(0)
    await expect(page.get_by_role("button", name="Aanpassen")).to_be_focused()
    await expect(sheet(page).get_by_text("Dat staat nog niet in uw aanvraag")).to_be_visible()
    assert house.said == []
    await page.keyboard.press("Enter")
    await expect(box(page, "Nachten")).to_have_value("drie nachten")
    await expect(restored(page)).to_be_visible()
    await form(page).get_by_role("button", name="Wis wat ik typte").click()
    await expect(box(page, "Nachten")).to_have_value("elke nacht")
    await expect(restored(page)).to_be_hidden()
    await expect(form(page).get_by_role("heading", name="Uw aanvraag aanpassen")).to_be_focused()


async def test_her_own_question_can_be_put_in_other_words(house, open_page):
    house.reception.card["question_words"] = "Mijn man vergeet steeds meer en ik slaap niet."
    page = await with_form(house, open_page)
    await require_axe(page, "form with her question")
    words = box(page, "In uw eigen woorden")
    await expect(words).to_have_value("Mijn man vergeet steeds meer en ik slaap niet.")
    await words.fill("Wie blijft er eens een nacht?")
    await save(page)
    await expect(form(page)).to_have_count(0)
    assert house.said[0]["question"] == "Wie blijft er eens een nacht?"
    assert house.said[0]["changes"] == {}
