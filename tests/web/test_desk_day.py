"""A coordinator's day at the desk in a real browser: by keyboard alone, kept up to date while typing, for everybody."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from bot.request.fields import FieldKey
from bot.request.record import Receiver
from bot.request.vocabulary import ReceiverKind, RequestState
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk.editors_site import EditorsSite, open_editors_site
from tests.web.desk_pages import check, served, tab_to


@pytest.fixture
def desk(tmp_path):
    """The desk with a catalogue on a free port; one request that waits and one that is Petra's."""
    with open_editors_site(tmp_path, offers=("o026", "o033", "o001")) as site:
        sent(site.requests, "waits", Urgency.PALLIATIVE)
        site.requests.accept(sent(site.requests, "mine").reference, site.petra)
        with served(site):
            yield site


@pytest.fixture
async def page(open_page, desk):
    page = await open_page(f"{desk.base_url}/desk/enter/{desk.staff.issue_sign_in(desk.petra.email)}")
    await page.get_by_role("button", name="Log in").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Aanvragen")
    await page.wait_for_load_state()  # the heading stands before the scripts run, and the keys are theirs
    return page


def mine(desk: EditorsSite) -> str:
    return desk.requests.for_conversation("mine").reference


def address(desk: EditorsSite, more: str = "") -> str:
    return f"{desk.base_url}/desk/requests/{mine(desk)}{more}"


async def test_a_request_goes_from_claim_to_outcome_by_keyboard_alone(page: Page, desk):
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Aanvraag van Ria")
    await page.wait_for_load_state()  # the keys are there once the page is
    await page.keyboard.press("s")
    await expect(page.get_by_role("button", name="Ik pak dit op")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("U hebt deze aanvraag")
    await tab_to(page, "Contact gehad")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("Het contact is vastgelegd")
    await page.wait_for_load_state()
    await page.keyboard.press("r")
    await expect(page.get_by_label("Uitkomst in gewone woorden")).to_be_focused()
    await page.keyboard.type("Vanaf maandag komt elke nacht iemand waken.")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Zo kunt u slapen; dat vroeg u.")
    await page.keyboard.press("Tab")
    await page.keyboard.type("De zorgorganisatie belt u vrijdag.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("afgerond")
    request = desk.requests.for_conversation("waits")
    assert request.state is RequestState.RESOLVED
    assert "Zo kunt u slapen; dat vroeg u." in request.outcome, "letters that are keys too were typed, not obeyed"


async def test_keys_walk_through_the_inbox_and_can_be_seen_and_switched_off(page: Page, desk):
    sent(desk.requests, "third")
    await page.reload()
    links = page.locator("a.who")
    await page.keyboard.press("j")
    await expect(links.nth(0)).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(links.nth(1)).to_be_focused()
    await page.keyboard.press("k")
    await expect(links.nth(0)).to_be_focused()
    await page.keyboard.press("?")
    overview = page.get_by_role("dialog", name="Sneltoetsen")
    await expect(overview).to_be_visible()
    await overview.get_by_label("Sneltoetsen gebruiken").uncheck()
    await page.keyboard.press("Escape")
    await expect(overview).to_be_hidden()
    await page.reload()
    await page.keyboard.press("j")
    assert await page.evaluate("document.activeElement === document.body")
    await page.get_by_role("button", name="Sneltoetsen").click()
    await overview.get_by_label("Sneltoetsen gebruiken").check()
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    await expect(page.get_by_label("Kenmerk, naam of woorden")).to_be_focused()
    await page.keyboard.type("j?")
    await expect(page.get_by_label("Kenmerk, naam of woorden")).to_have_value("j?")
    await expect(overview).to_be_hidden()


async def test_a_new_message_appears_while_she_types_and_nothing_she_typed_is_lost(page: Page, desk):
    await page.clock.install()
    await page.goto(address(desk))
    await page.keyboard.press("b")
    await expect(page.get_by_label("Bericht aan Ria")).to_be_focused()
    await page.keyboard.type("Dag Ria, ik")
    desk.requests.reply(mine(desk), desk.petra, "Wanneer komt het uit?")
    await asyncio.to_thread(desk.requests.add_from_carer, "mine", "Morgen na tien uur")
    await page.clock.run_for(10_000)
    thread = page.get_by_role("region", name="Berichten")
    await expect(thread).to_contain_text("Morgen na tien uur")
    await expect(page.locator("#news")).to_have_text("Er is een nieuw bericht.")
    await expect(page.get_by_label("Bericht aan Ria")).to_have_value("Dag Ria, ik")
    await expect(page.get_by_label("Bericht aan Ria")).to_be_focused()
    await page.keyboard.type(" bel u")
    await expect(page.get_by_label("Bericht aan Ria")).to_have_value("Dag Ria, ik bel u")
    await expect(page.get_by_role("link", name="Beantwoord Ria")).to_be_visible()


async def test_a_form_in_use_stays_when_its_card_changes_and_that_is_said(page: Page, desk):
    await page.clock.install()
    await page.goto(address(desk))
    await page.keyboard.press("d")
    await page.get_by_label("Waarom?").fill("Ik ben er volgende week niet.")
    await asyncio.to_thread(desk.requests.mark_contacted, mine(desk), desk.petra)
    await page.clock.run_for(10_000)
    await expect(page.locator("#news-box")).to_contain_text("Wat u typt, blijft staan.")
    await expect(page.get_by_label("Waarom?")).to_have_value("Ik ben er volgende week niet.")
    await expect(page.get_by_role("region", name="Verloop")).to_contain_text("had contact met Ria")


async def test_who_was_signed_out_elsewhere_keeps_what_she_typed(page: Page, desk):
    await page.clock.install()
    await page.goto(address(desk))
    await page.get_by_label("Bericht aan Ria").fill("Een lang bericht.")
    desk.staff.sign_out(desk.petra.id)
    await page.clock.run_for(10_000)
    await expect(page.locator("#news-box")).to_contain_text("Kopieer wat u typte")
    await expect(page.get_by_label("Bericht aan Ria")).to_have_value("Een lang bericht.")


async def test_a_letter_that_is_sent_when_the_session_is_over_stays_on_the_screen(page: Page, desk):
    """Between two looks of the page: the button itself must not lead her to the sign-in with nothing left."""
    await page.clock.install()
    await page.goto(address(desk))
    await page.get_by_label("Bericht aan Ria").fill("Een lang bericht.")
    desk.staff.sign_out(desk.petra.id)
    await page.get_by_role("button", name="Verstuur bericht").click()
    await expect(page.locator("#news-box")).to_contain_text("Kopieer wat u typte")
    await expect(page.get_by_label("Bericht aan Ria")).to_have_value("Een lang bericht.")


async def test_an_offer_is_proposed_without_a_script(open_page, desk):
    options = {"java_script_enabled": False}
    page = await open_page(f"{desk.base_url}/desk/enter/{desk.staff.issue_sign_in(desk.petra.email)}", **options)
    await page.get_by_role("button", name="Log in").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Aanvragen")
    await page.goto(address(desk))
    await page.get_by_role("link", name="Stel een aanbod voor").click()
    offer = page.locator(".candidate").first
    name = await offer.locator("label").inner_text()
    await offer.get_by_role("checkbox").check()
    await page.get_by_label("Naam of woord").fill("zzz")
    await page.get_by_role("button", name="Zoek", exact=True).click()
    await expect(page.get_by_role("group", name="Gekozen")).to_contain_text(name)
    await page.get_by_role("button", name="Stel voor aan Ria").click()
    await expect(page.get_by_role("status")).to_contain_text("Uw voorstel is verstuurd.")
    await expect(page.get_by_role("region", name="Berichten")).to_contain_text(name)


async def test_every_screen_of_a_request_can_be_used_by_everybody(page: Page, desk):
    """Axe in light and dark, and 320 pixels wide: what 1280 becomes at 400 %."""
    karim = desk._add("Karim", desk.petra.role, "Ede")
    reference = mine(desk)
    desk.requests.change_field(desk.requests.for_conversation("waits").stored_id, FieldKey.HOURS, "dag en nacht")
    desk.requests.propose(
        reference, desk.petra, [{"id": "o026", "name": "Zorgerf", "kind": "logeren"}], "Misschien dit?"
    )
    desk.requests.add_from_carer("mine", "Dat lijkt me wat")
    desk.requests.add_note(reference, karim, "Belde ook met het wijkteam.")
    desk.requests.plan(reference, desk.petra, desk.requests.now() + timedelta(days=1))
    to_karim = Receiver(ReceiverKind.COLLEAGUE, "Karim", staff_id=karim.id)
    desk.requests.forward(reference, desk.petra, to_karim, "Ik ben weg.")
    waits = desk.requests.for_conversation("waits").reference
    forms = [f"/desk/requests/{reference}?open={form}" for form in ("plan", "forward", "note", "closing")]
    others = [f"/desk/requests/{reference}/propose", "/desk/?view=waiting", "/desk/find?reference=ria"]
    paths = [f"/desk/requests/{waits}", *forms, *others]
    for path in paths:
        await page.goto(desk.base_url + path)
        await check(page)
    await page.goto(f"{desk.base_url}/desk/")
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()
    await check(page)
