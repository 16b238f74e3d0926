"""A coordinator's first minutes at the desk, in a real browser: come in, see what is urgent, take it up, close it."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, expect

from bot.request.inbox import InboxFilter, InboxView
from bot.request.vocabulary import RequestState
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk_site import Site, open_site
from tests.web.desk_pages import check, served, tab_to


@pytest.fixture
def desk(tmp_path):
    """The desk on a free port, with three requests waiting."""
    with open_site(tmp_path) as site:
        sent(site.requests, "normal")
        sent(site.requests, "dying", Urgency.PALLIATIVE)
        sent(site.requests, "soon", Urgency.SOON)
        with served(site):
            yield site


@pytest.fixture
async def page(open_page, desk):
    return await open_page(f"{desk.base_url}/desk/sign-in")


async def enter(page: Page, desk: Site) -> None:
    await page.goto(f"{desk.base_url}/desk/enter/{desk.staff.issue_sign_in(desk.petra.email)}")
    await page.get_by_role("button", name="Log in").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Aanvragen")
    await page.wait_for_load_state()  # the heading stands before the scripts run: keys and a moved clock need them


async def test_the_most_urgent_request_is_opened_and_taken_up_by_keyboard(page, desk):
    await page.goto(f"{desk.base_url}/desk/enter/{desk.staff.issue_sign_in(desk.petra.email)}")
    await tab_to(page, "Log in")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("row").nth(1)).to_contain_text("laatste levensfase")
    await tab_to(page, "Ria")
    ring = await page.evaluate("getComputedStyle(document.activeElement, '::after').outlineStyle")
    assert ring == "solid"
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Aanvraag van Ria")
    await expect(page.get_by_role("blockquote")).to_have_text("Mijn man vergeet steeds meer en ik slaap niet.")
    await tab_to(page, "Ik pak dit op")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("U hebt deze aanvraag")

    dying = desk.requests.for_conversation("dying")
    assert (dying.state, dying.owner) == (RequestState.ACCEPTED, "Petra")
    assert desk.listener.names() == ["utter_request_accepted"]


async def test_she_is_written_and_the_request_is_closed_with_an_outcome(page, desk):
    await enter(page, desk)
    await page.get_by_role("link", name="Ria").first.click()
    await page.get_by_role("button", name="Ik pak dit op").click()
    await page.get_by_label("Bericht aan Ria").fill("Zal ik u morgen om tien uur bellen?")
    await page.get_by_role("button", name="Verstuur bericht").click()
    await expect(page.get_by_role("region", name="Berichten")).to_contain_text("Zal ik u morgen om tien uur bellen?")
    assert desk.requests.person_is_handling("dying")
    desk.requests.add_from_carer("dying", "Ja, graag")
    await page.reload()
    await expect(page.get_by_role("region", name="Berichten")).to_contain_text("Ja, graag")
    await check(page)

    await page.get_by_role("button", name="Contact gehad").click()
    await page.get_by_role("link", name="Rond af met een uitkomst").click()
    await page.get_by_role("button", name="Rond af").click()
    await page.get_by_role("link", name="Schrijf op wat de uitkomst is").click()
    await expect(page.get_by_label("Uitkomst in gewone woorden")).to_be_focused()
    await page.keyboard.type("Vanaf maandag komt elke nacht iemand.")
    await page.get_by_label("Waarom is dit het geworden?").fill("Zo kunt u slapen.")
    await page.get_by_label("Hoe gaat het verder?").fill("De zorgorganisatie belt u vrijdag.")
    await page.get_by_role("button", name="Rond af").click()
    await expect(page.get_by_role("status")).to_contain_text("afgerond")
    assert not desk.requests.person_is_handling("dying")
    assert desk.listener.names()[-1] == "utter_request_resolved"


async def test_every_page_can_be_used_by_everybody(page, desk):
    await check(page)
    await enter(page, desk)
    await check(page)
    dying = desk.requests.for_conversation("dying")
    for path in (f"/desk/requests/{dying.reference}", "/desk/?view=mine", "/desk/account", "/desk/nergens"):
        await page.goto(desk.base_url + path)
        await check(page)


async def test_a_new_request_appears_by_itself_and_keeps_the_place_of_the_reader(page, desk):
    await page.clock.install()
    await enter(page, desk)
    await expect(page.get_by_role("row")).to_have_count(4)
    last = desk.requests.inbox(InboxFilter(InboxView.OPEN, desk.petra))[-1].reference
    link = page.locator(f'a.who[href$="{last}"]')
    await link.focus()
    await asyncio.to_thread(sent, desk.requests, "later", Urgency.EMERGENCY)
    await page.clock.run_for(15_000)
    await expect(page.get_by_role("row")).to_have_count(5)
    await expect(page.get_by_role("row").nth(2)).to_contain_text("spoed")
    await expect(link).to_be_focused()
    await expect(page.locator("#inbox-news")).to_have_text("De lijst is bijgewerkt.")


async def test_who_was_signed_out_elsewhere_is_led_to_the_sign_in(page, desk):
    await page.clock.install()
    await enter(page, desk)
    desk.staff.sign_out(desk.petra.id)
    await page.clock.run_for(15_000)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
