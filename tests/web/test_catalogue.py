"""An editor's day in a real browser: what needs her, one mended by keyboard, seen by carers, taken back."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from knowledge.curation.record import ChangeAction, RecordKind
from knowledge.curation.reports import ReportedBy, ReportReason
from knowledge.matching.find import match_offers
from knowledge.matching.need import Need
from knowledge.places.regions import Spot
from knowledge.vocabulary import OfferKind, OfferStatus
from tests.unit.channels.desk.editors_site import REGIONS
from tests.web.browser import until
from tests.web.desk_pages import tab_to
from tests.web.editors import desk, enter, page  # noqa: F401  - fixtures

OFFER = "/desk/catalogus/aanbod/o002"


def seen_by_a_carer(desk) -> list[str]:  # noqa: F811
    """The names a carer in Groningen gets who looks for a support centre."""
    need = Need(kinds=frozenset({OfferKind.CARER_SUPPORT_CENTRE}), carer_at=Spot("Groningen"))
    found = match_offers(need, desk.catalogue.offers(), REGIONS, desk.now().date())
    return [match.offer.name for match in found.matches]


async def test_what_is_reported_is_mended_and_published_with_the_keyboard_alone(page, desk):  # noqa: F811
    desk.reports.add("o002", ReportReason.PHONE, ReportedBy.COORDINATOR, "Dit nummer is van een bakker.")
    await page.goto(f"{desk.base_url}/desk/enter/{desk.staff.issue_sign_in(desk.els.email)}")
    await tab_to(page, "Log in")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Gemeld")).to_be_visible()
    await tab_to(page, "Steunpunt Mantelzorg Humanitas Groningen")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Dit nummer is van een bakker.")).to_be_visible()
    await tab_to(page, "Bereikbaar")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("textbox", name="Telefoon")).to_be_focused()
    await page.keyboard.press("Control+A")
    await page.keyboard.type("050-777 77 77")
    await tab_to(page, "Publiceer")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status").first).to_contain_text("Gepubliceerd")
    assert desk.catalogue.offer("o002").phone == "050-777 77 77"
    await tab_to(page, "Afgehandeld")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status").first).to_contain_text("Afgehandeld")
    assert desk.reports.open() == ()


async def test_still_right_takes_one_click_and_leaves_the_queue(page, desk):  # noqa: F811
    await enter(page, desk)
    await page.goto(f"{desk.base_url}/desk/catalogus?groep=stale")
    button = page.get_by_role("button", name=re.compile("^Nog juist.*Steunpunt Mantelzorg Humanitas"))
    await button.click()
    await expect(page.get_by_role("status").first).to_contain_text("Bedankt")
    await expect(button).to_have_count(0)
    assert desk.catalogue.offer("o002").checked_by == "Els"


async def test_the_preview_shows_the_change_and_who_would_get_it_without_leaving_the_form(page, desk):  # noqa: F811
    await enter(page, desk)
    await page.goto(desk.base_url + "/desk/catalogus/aanbod/o004")
    await page.evaluate("window.stayed = true")
    await page.get_by_label("Naam", exact=True).fill("Even Vrij")
    await page.get_by_role("radio", name="gestopt").check()
    await page.get_by_role("button", name="Voorbeeld").click()
    seen = page.get_by_role("region", name="Wat een mantelzorger ziet")
    await expect(seen).to_contain_text("Dit aanbod krijgt nu niemand te zien")
    dropped = seen.get_by_role("region", name="Dementie, iemand bij hem thuis").locator(".dropped")
    await expect(dropped).to_contain_text("valt weg")
    await page.get_by_role("radio", name="open", exact=True).check()
    await page.get_by_role("button", name="Voorbeeld").click()
    await expect(seen.get_by_role("article")).to_contain_text("Even Vrij")
    assert await page.evaluate("window.stayed")
    await expect(page.get_by_label("Naam", exact=True)).to_have_value("Even Vrij")
    assert desk.records.draft(RecordKind.OFFER, "o004") is None


async def test_a_published_change_reaches_carers_and_goes_back(page, desk):  # noqa: F811
    assert "Steunpunt Mantelzorg Humanitas Groningen" in seen_by_a_carer(desk)
    await enter(page, desk)
    await page.goto(desk.base_url + OFFER)
    await page.get_by_label("Naam", exact=True).fill("Steunpunt Stad")
    await page.get_by_role("button", name="Publiceer").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Steunpunt Stad")
    assert "Steunpunt Stad" in seen_by_a_carer(desk)
    await page.get_by_role("link", name="Geschiedenis en terugzetten").click()
    await expect(page.get_by_role("row", name=re.compile("^Naam"))).to_contain_text("Steunpunt Stad")
    await page.get_by_role("button", name="Zet terug").first.click()
    await expect(page.get_by_role("status").first).to_contain_text("Teruggezet")
    assert "Steunpunt Mantelzorg Humanitas Groningen" in seen_by_a_carer(desk)


async def test_two_editors_on_one_offer_choose_between_their_versions(page, open_page, desk):  # noqa: F811
    await enter(page, desk)
    await page.goto(desk.base_url + OFFER)
    other = await open_page(f"{desk.base_url}/desk/sign-in")
    await enter(other, desk, desk.omar)
    await other.goto(desk.base_url + OFFER)
    await page.get_by_label("Naam", exact=True).fill("Naam van Els")
    await page.get_by_role("button", name="Publiceer").click()
    await expect(page.get_by_role("status").first).to_contain_text("Gepubliceerd")
    await other.get_by_label("Naam", exact=True).fill("Naam van Omar")
    await other.get_by_role("textbox", name="E-mail").fill("info@steunpunt.example")
    await other.get_by_role("button", name="Publiceer").click()
    await expect(other.get_by_role("heading", level=1)).to_contain_text("Twee versies")
    names = other.get_by_role("group", name="Naam")
    await names.get_by_role("radio", name="Naam van Els").check()
    await other.get_by_role("button", name="Publiceer mijn keuze").click()
    await expect(other.get_by_role("status").first).to_contain_text("Gepubliceerd")
    offer = desk.catalogue.offer("o002")
    assert (offer.name, offer.email) == ("Naam van Els", "info@steunpunt.example")


async def test_a_file_with_a_wrong_row_changes_nothing_until_she_says_so(page, desk):  # noqa: F811
    await enter(page, desk)
    await page.get_by_role("link", name="Bestanden").first.click()
    rows = "Kenmerk;Naam;Provincie\no002;Steunpunt uit een lijst;Groningen\no003;Ontmoetingsgroep;Atlantis\n"
    await page.get_by_label("Bestand", exact=True).set_input_files(
        {"name": "lijst.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    await page.get_by_role("button", name="Bekijk wat er zou gebeuren").click()
    await expect(page.get_by_role("region", name="Klopt niet")).to_contain_text("Atlantis")
    await expect(page.get_by_role("region", name="Gewijzigd")).to_contain_text("Steunpunt uit een lijst")
    assert desk.records.recent(1)[0].action is ChangeAction.SEEDED
    await page.get_by_label("Sla die regel over").check()
    await page.get_by_role("button", name="Lees 1 regel in").click()
    await expect(page.get_by_role("status").first).to_contain_text("1 gewijzigd")
    assert desk.catalogue.offer("o002").name == "Steunpunt uit een lijst"
    assert desk.catalogue.offer("o003").province == "Groningen"


async def test_in_a_crisis_several_close_at_once_and_people_are_told(page, desk):  # noqa: F811
    await enter(page, desk)
    await page.get_by_role("link", name="Aanbod", exact=True).first.click()
    await page.wait_for_url("**/desk/catalogus/aanbod")  # and loaded: the key is the script's
    await page.keyboard.press("/")
    await page.keyboard.type("groningen stad")
    await page.keyboard.press("Enter")
    await page.get_by_label("Kies Logeerhuis De Opstap").check()
    await page.get_by_label("Kies Steunpunt Mantelzorg Humanitas Groningen").check()
    await page.get_by_role("button", name="Sluit of heropen wat is aangevinkt").click()
    await page.get_by_role("button", name="Doe dit voor alle 2").click()
    await expect(page.get_by_role("alert")).to_contain_text("Schrijf op waarom")
    await page.get_by_label("tijdelijk dicht").check()
    await page.get_by_label("Waarom").fill("Brand in het pand")
    await page.get_by_label("Zet een mededeling boven het gesprek").check()
    await page.get_by_label("Tekst").fill(
        "Logeerhuis De Opstap is door brand dicht. Uw gemeente zoekt een andere plek."
    )
    await page.get_by_label("Te zien tot en met").fill("30-11-2026")
    await page.get_by_role("button", name="Doe dit voor alle 2").click()
    await expect(page.get_by_role("status").first).to_contain_text("Gesloten")
    assert desk.catalogue.offer("o001").status is OfferStatus.TEMPORARILY_CLOSED
    (banner,) = desk.records.all(RecordKind.BANNER)
    assert banner.body["municipalities"] == ["Groningen"]


async def test_everything_works_without_scripts(open_page, desk):  # noqa: F811
    page = await open_page(f"{desk.base_url}/desk/sign-in", java_script_enabled=False)  # noqa: F811
    await enter(page, desk)
    await page.goto(desk.base_url + OFFER)
    await page.get_by_label("Naam", exact=True).fill("Zonder script")
    await page.get_by_role("button", name="Voorbeeld").click()
    await expect(page.get_by_role("article")).to_contain_text("Zonder script")
    await page.get_by_role("textbox", name="Telefoon").fill("geen nummer")
    await page.get_by_role("button", name="Bewaar concept").click()
    await page.get_by_role("link", name="Telefoon is geen Nederlands telefoonnummer").click()
    await page.get_by_role("textbox", name="Telefoon").fill("050-312 60 00")
    await page.get_by_role("button", name="Publiceer").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Zonder script")


@pytest.mark.parametrize("leaving", [True, False], ids=["leaves", "stays"])
async def test_typed_work_is_not_left_behind_unnoticed(page, desk, leaving):  # noqa: F811
    await enter(page, desk)
    await page.goto(desk.base_url + OFFER)
    await page.get_by_label("Naam", exact=True).fill("Bijna weg")
    await expect(page.get_by_text("Nog niet bewaard.")).to_be_visible()
    asked = []

    async def answer(dialog):
        asked.append(dialog.type)
        await (dialog.accept() if leaving else dialog.dismiss())

    page.on("dialog", answer)
    await page.get_by_role("link", name="Feiten").first.click(no_wait_after=True)
    if leaving:
        await expect(page.get_by_role("heading", level=1)).to_have_text("Feiten")
    else:
        await expect(page.get_by_label("Naam", exact=True)).to_have_value("Bijna weg")
    await until(lambda: asked, "asked whether to leave")
    assert asked == ["beforeunload"]
