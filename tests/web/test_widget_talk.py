"""The widget as somebody uses it: writing, choosing, reading, leaving, coming back."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.browser import Answer

CHOICES = [{"title": "Ja, graag", "payload": "/affirm"}, {"title": "Ik wil een mens spreken", "payload": "/human"}]


def log(page):
    return page.get_by_role("log")


def box(page):
    return page.get_by_label("Uw bericht")


async def say(page, text):
    await box(page).fill(text)
    await box(page).press("Enter")


async def press_erase(page):
    await page.get_by_role("button", name="Meer", exact=True).click()
    await page.get_by_role("button", name="Wis gesprek").click()


async def test_she_writes_and_is_answered(live_server, open_page):
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Ik ben een computerprogramma.")
    await say(page, "mijn man vergeet steeds meer")
    await expect(log(page)).to_contain_text("Ik las: mijn man vergeet steeds meer")
    await expect(box(page)).to_have_value("")
    await expect(box(page)).to_be_focused()
    own = await page.locator('[data-author="person"] .body').bounding_box()
    answer = await page.locator('[data-author="assistant"] .body').last.bounding_box()
    assert own["x"] > answer["x"]


async def test_a_choice_is_pressed_once_and_then_gone(live_server, open_page):
    live_server.reception.answers = {"kies": [Answer("Zal ik?", CHOICES)], "/affirm": [Answer("Dan doe ik dat.")]}
    page = await open_page(live_server.url)
    await say(page, "kies")
    await page.get_by_role("button", name="Ja, graag").click()
    await expect(log(page)).to_contain_text("Dan doe ik dat.")
    await expect(page.get_by_role("button", name="Ja, graag")).to_have_count(0)
    await expect(box(page)).to_be_focused()
    assert [incoming.payload for incoming in live_server.reception.received] == [None, "/affirm"]


async def test_everything_works_with_the_keyboard_alone(live_server, open_page):
    live_server.reception.answers = {
        "kies\nregel twee": [Answer("Zal ik?", CHOICES)],
        "/affirm": [Answer("Dat is goed.")],
    }
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    names = []
    for _ in range(7):
        await page.keyboard.press("Tab")
        names.append(await page.evaluate("document.activeElement.shadowRoot.activeElement?.textContent.trim()"))
        if await page.evaluate("document.activeElement.shadowRoot.activeElement?.tagName") == "TEXTAREA":
            break
    assert names[:4] == ["Bellen", "A+", "Meer", "Snel weg"]
    await page.keyboard.type("kies")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("regel twee")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Ja, graag")).to_be_visible()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_role("button", name="Ja, graag")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("Dat is goed.")
    await expect(box(page)).to_be_focused()


async def test_text_is_only_ever_text(live_server, open_page):
    nasty = '<img src=x onerror="window.hacked=1"> <b>vet</b> javascript:alert(1) http://onveilig.example'
    live_server.reception.answers = {"html": [Answer(nasty, [{"title": "<i>knop</i>", "payload": "/x"}])]}
    page = await open_page(live_server.url)
    await say(page, "<script>window.hacked=1</script>")
    await say(page, "html")
    await expect(log(page)).to_contain_text(nasty)
    await expect(page.get_by_role("button", name="<i>knop</i>")).to_be_visible()
    assert await page.evaluate("window.hacked") is None
    assert await log(page).locator("a, img, b:not(.who b), script").count() == 0


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Bel 112 of 113.", ["tel:112", "tel:113"]),
        ("Bel 0800-0113 of 0800-2000, gratis.", ["tel:08000113", "tel:08002000"]),
        ("Mantelzorglijn: 030 760 60 55", ["tel:0307606055"]),
        ("Mobiel 06-12345678, of +31 6 12345678.", ["tel:0612345678", "tel:+31612345678"]),
        ("De gemeente: 14 0318", ["tel:140318"]),
        ("Kijk op https://www.ede.nl/zorg?a=1.", ["https://www.ede.nl/zorg?a=1"]),
        ("U krijgt 113 euro, dat is € 112 minder dan 2.113.", []),
        ("Postcode 6711 AB, nummer 012, klantnummer 01234567890123", []),
        ("https://", []),
    ],
)
async def test_numbers_and_addresses_can_be_used(live_server, open_page, text, links):
    live_server.reception.answers = {"bellen": [Answer(text)]}
    page = await open_page(live_server.url)
    await say(page, "bellen")
    await expect(log(page)).to_contain_text(text)
    found = [await link.get_attribute("href") for link in await log(page).get_by_role("link").all()]
    assert found == links


async def test_what_a_person_of_the_municipality_writes_arrives_by_itself_and_is_marked(live_server, open_page):
    page = await open_page(live_server.url)
    await say(page, "hallo")
    await expect(log(page)).to_contain_text("Ik las: hallo")
    live_server.conversations.add(
        live_server.only_conversation(), "staff", "Ik bel u morgen.", author_name="Marieke, gemeente Ede"
    )
    message = page.locator('[data-author="staff"]')
    await expect(message).to_contain_text("Ik bel u morgen.")
    await expect(message).to_contain_text("Marieke, gemeente Ede")
    await expect(message).to_contain_text("een mens")


async def test_who_comes_back_later_sees_the_whole_talk(live_server, open_page):
    page = await open_page(live_server.url)
    await say(page, "hallo")
    await expect(log(page)).to_contain_text("Ik las: hallo")
    await page.close()
    live_server.conversations.add(live_server.only_conversation(), "staff", "Uw aanvraag is geaccepteerd.")
    page = await open_page(live_server.url, context=page.context)
    await expect(log(page)).to_contain_text("Uw aanvraag is geaccepteerd.")
    await expect(page.locator(".message")).to_have_count(4)


async def test_two_tabs_stay_in_step(live_server, open_page):
    one = await open_page(live_server.url)
    await expect(log(one)).to_contain_text("Voor wie zorgt u?")
    other = await open_page(live_server.url, context=one.context)
    await expect(log(other)).to_contain_text("Voor wie zorgt u?")
    await say(one, "vanuit het ene venster")
    await expect(log(other)).to_contain_text("Ik las: vanuit het ene venster")
    await say(other, "en vanuit het andere")
    await expect(log(one)).to_contain_text("Ik las: en vanuit het andere")
    for tab in (one, other):
        await expect(tab.locator(".message")).to_have_count(5)


async def test_escape_closes_a_window_and_gives_the_focus_back(live_server, open_page):
    page = await open_page(live_server.url)
    for name, title in [("Bellen", "Liever een mens spreken?"), ("Meer", "Wat kunt u nog meer?")]:
        opener = page.get_by_role("button", name=name, exact=True)
        await opener.press("Enter")
        await expect(page.get_by_role("dialog", name=title)).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(opener).to_be_focused()


async def test_the_numbers_to_call_are_one_press_away(live_server, open_page):
    page = await open_page(live_server.url)
    await page.get_by_role("button", name="Bellen").click()
    call = page.get_by_role("dialog").get_by_role("link", name="030 760 60 55")
    await expect(call).to_have_attribute("href", "tel:0307606055")


async def test_erasing_asks_first_then_leaves_nothing_in_any_tab(live_server, open_page):
    page = await open_page(live_server.url)
    await say(page, "dit moet weg")
    await expect(log(page)).to_contain_text("Ik las: dit moet weg")
    other = await open_page(live_server.url, context=page.context)
    await expect(log(other)).to_contain_text("Ik las: dit moet weg")
    talk_id = live_server.only_conversation()
    await press_erase(page)
    await page.get_by_role("button", name="Nee, bewaar het").click()
    assert live_server.conversations.get(talk_id) is not None
    await press_erase(page)
    await page.get_by_role("button", name="Ja, wis alles").click()
    for window in (page, other):
        await expect(log(window)).to_contain_text("Uw gesprek is gewist.")
        await expect(log(window)).not_to_contain_text("dit moet weg")
        await expect(box(window)).to_be_hidden()
    assert live_server.conversations.get(talk_id) is None
    await page.get_by_role("button", name="Opnieuw beginnen").click()
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await expect(box(page)).to_be_focused()


async def test_leaving_quickly_shows_another_page_and_back_does_not_return(live_server, open_page):
    page = await open_page(live_server.url)
    await say(page, "niemand mag dit zien")
    await expect(log(page)).to_contain_text("Ik las: niemand mag dit zien")
    await page.get_by_role("button", name="Snel weg").click()
    await page.wait_for_url("about:blank")
    await page.go_back()
    assert live_server.url not in page.url
    assert "niemand mag dit zien" not in await page.content()


async def test_too_long_a_message_is_explained_and_stays_where_it_was(live_server, open_page):
    page = await open_page(live_server.url)
    long = "lang " * 2_500
    await say(page, long)
    await expect(page.locator("#message-note")).to_contain_text("10.000 tekens")
    await expect(box(page)).to_have_value(long)
    assert live_server.reception.received == []


async def test_a_choice_that_is_no_longer_there_is_explained(live_server, open_page):
    live_server.reception.answers = {"kies": [Answer("Zal ik?", CHOICES)]}
    page = await open_page(live_server.url)
    await say(page, "kies")
    await expect(page.get_by_role("button", name="Ja, graag")).to_be_visible()
    await page.route(
        "**/api/messages", lambda route: route.continue_(post_data='{"button":"9.9","client_id":"message-9"}')
    )
    await page.get_by_role("button", name="Ja, graag").click()
    await expect(log(page)).to_contain_text("Deze keuze is er niet meer.")
    await expect(page.get_by_role("button", name="Ja, graag")).to_be_visible()


async def test_the_place_and_origin_of_the_link_are_kept(live_server, open_page):
    page = await open_page(f"{live_server.url}?gemeente=Ede&via=huisarts")
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    conversation = live_server.conversations.get(live_server.only_conversation())
    assert (conversation.municipality, conversation.origin) == ("Ede", "huisarts")
