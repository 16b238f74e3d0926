"""The main job in a real browser: from "hoi" to offers, a request, a coordinator who takes it up, and back to her."""

from __future__ import annotations

import re
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from channels.root import House


async def say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox")
    await box.fill(text)
    await box.press("Enter")


async def read(page: Page, text: str | re.Pattern[str]) -> None:
    await expect(page.get_by_role("log")).to_contain_text(text)


async def press(page: Page, title: str) -> None:
    await page.get_by_role("button", name=title, exact=True).last.click()


async def test_from_hello_to_a_coordinator_and_back(served: tuple[House, str], open_page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    house, address = served
    # Without motion: half-way its arrival a message has half its contrast, and that is what axe would measure.
    carer = await open_page(f"{address}/", reduced_motion="reduce")
    await read(carer, "computerprogramma")
    await say(carer, "hoi, mijn man vergeet steeds meer en ik slaap niet")
    await read(carer, "Uw man heeft moeite met het geheugen")
    await read(carer, "In welke plaats woont u")
    await say(carer, "Arnhem")
    await read(carer, "Is er iemand die het wel eens van u overneemt")
    await press(carer, "Nee, niemand")
    await press(carer, "Iemand die het thuis overneemt")
    await read(carer, "Of er plek is, weet ik niet")
    offers = carer.get_by_role("article")
    await expect(offers.first).to_be_visible()
    assert 1 <= await offers.count() <= 3
    await press(carer, "Ja, laat iemand mij bellen")
    await read(carer, "Met welke naam")
    await say(carer, "Marijke")
    await read(carer, "telefoonnummer")
    await say(carer, "06 12 34 56 78")
    await read(carer, "Overslaan kan")
    await press(carer, "Stuur maar zo")
    await read(carer, "consulent respijtzorg van de gemeente Arnhem")
    await read(carer, "gratis en onafhankelijk")
    found = await Axe().run(carer)
    assert [violation["id"] for violation in found.response["violations"]] == []
    await carer.screenshot(path=str(tmp_path / "request.png"), full_page=True)
    await press(carer, "Aanvraag versturen")
    await read(carer, "Mag de consulent dat lezen")
    await press(carer, "Ja, dat mag")
    await read(carer, re.compile(r"Uw nummer is AP-[A-Z0-9]{4}-[A-Z0-9]{2}"))

    (person, token), *_ = house.staff.ensure_local_staff()
    desk = await open_page(f"{address}/desk/enter/{token}")
    await desk.get_by_role("button", name="Log in").click()
    await desk.get_by_role("link", name="Marijke zorgt voor: man").click()
    await expect(desk.get_by_role("main")).to_contain_text("mijn man vergeet steeds meer en ik slaap niet")
    await expect(desk.get_by_role("main")).to_contain_text("06 12 34 56 78")
    await desk.get_by_role("button", name="Ik pak dit op").click()
    await read(carer, f"{person.name} heeft uw aanvraag")

    later = await open_page(f"{address}/", context=carer.context)
    await read(later, "mijn man vergeet steeds meer")
    await read(later, f"{person.name} heeft uw aanvraag")
