"""Every page of the catalogue can be used by everybody: axe in light and dark, and 320 pixels wide."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from channels.web.bundle import _as_plain_script, _read
from channels.web.page import WidgetPage
from tests.web.editors import desk, enter, page  # noqa: F401  - fixtures

PAGES = [
    ["", "?groep=incomplete", "/laatst", "/vragen", "/bestanden"],
    ["/aanbod", "/aanbod?zoek=groningen&soort=stay", "/aanbod/o001", "/aanbod/o001/geschiedenis"],
    ["/aanbod/nieuw", "/aanbod/o001/bekijken", "/mededelingen", "/mededelingen/nieuw"],
    ["/feiten", "/feiten/mantelzorglijn", "/antwoorden", "/antwoorden/nieuw?vraag=1"],
    ["/loketten", "/loketten/insurer_advice", "/regels", "/regels/nieuw"],
]
# Without looking into style sheets: axe does that by writing styles into the page, which the page does not allow.
QUIETLY = {"preload": False}


# The widget writes addresses as the browser reads them: with a slash after a bare site.
SHOWN = """() => {
  const list = document.querySelector(".carer-view")?.shadowRoot.querySelector("ul");
  for (const link of list?.querySelectorAll("a[target]") ?? []) link.setAttribute("href", link.href);
  return list?.outerHTML ?? null;
}"""


async def check(page: Page) -> None:  # noqa: F811
    """No finding of any axe rule, in light and in dark, and nothing that scrolls sideways at 320 pixels (400 %)."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        found = await Axe().run(page, options=QUIETLY)
        assert found.violations_count == 0, f"{page.url} {scheme}: {found.generate_report()}"
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") == 320, page.url
    narrow = await Axe().run(page, options=QUIETLY)
    assert narrow.violations_count == 0, f"{page.url} narrow: {narrow.generate_report()}"
    await page.set_viewport_size({"width": 1280, "height": 860})
    await page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("paths", PAGES, ids=[paths[-1].strip("/").split("/")[0] for paths in PAGES])
async def test_every_page_can_be_used_by_everybody(page, desk, paths):  # noqa: F811
    desk.unanswered.keep("mag de hond mee als mijn vrouw gaat logeren", desk.now().date())
    await enter(page, desk)
    for path in paths:
        response = await page.goto(f"{desk.base_url}/desk/catalogus{path}")
        assert response.status == 200, path
        await check(page)


async def test_pages_that_say_what_is_wrong_can_be_used_by_everybody(page, desk):  # noqa: F811
    await enter(page, desk)
    await page.goto(desk.base_url + "/desk/catalogus/aanbod/nieuw")
    await page.get_by_role("textbox", name="Telefoon").fill("geen nummer")
    await page.get_by_role("button", name="Publiceer").click()
    await page.get_by_role("alert").wait_for()
    await check(page)
    await page.goto(desk.base_url + "/desk/catalogus/aanbod/o002")
    desk.records.publish(
        desk.offer("o002").kind, "o002", {**desk.offer("o002").body, "name": "Anders"}, by="Omar", base_revision=1
    )
    await page.get_by_label("Naam", exact=True).fill("Van Els")
    await page.get_by_role("button", name="Publiceer").click()
    await page.get_by_role("heading", name="Twee versies").wait_for()
    await check(page)
    await page.goto(desk.base_url + "/desk/catalogus/aanbod")
    await page.get_by_label("Kies Logeerhuis De Opstap").check()
    await page.get_by_role("button", name="Sluit of heropen wat is aangevinkt").click()
    await page.get_by_role("button", name="Doe dit voor alle 1").click()
    await page.get_by_role("alert").wait_for()
    await check(page)
    await page.goto(desk.base_url + "/desk/catalogus/bestanden")
    rows = b"Kenmerk;Naam;Provincie\no002;Uit een lijst;Groningen\no003;Groep;Atlantis\n"
    await page.get_by_label("Bestand", exact=True).set_input_files(
        {"name": "lijst.csv", "mimeType": "text/csv", "buffer": rows}
    )
    await page.get_by_role("button", name="Bekijk wat er zou gebeuren").click()
    await page.get_by_role("heading", name="Wat er zou gebeuren").wait_for()
    await check(page)


async def test_the_card_is_the_very_card_of_the_widget(page, desk):  # noqa: F811
    """The widget's own script makes of the same data what stands on the page."""
    await enter(page, desk)
    words = WidgetPage(desk.house.wording, desk.house.facts, "about:blank", 0).words()
    parts = [_as_plain_script(_read(f"{name}.js")) for name in ("dom", "links", "offers")]
    body = [f"const given = {{words: {json.dumps(words)}}};", *parts, "return offersCard(card).outerHTML;"]
    script = "(card) => {" + "\n".join(body) + "}"
    for offer in desk.catalogue.offers():
        await page.goto(f"{desk.base_url}/desk/catalogus/aanbod/{offer.id}/bekijken")
        shown = await page.evaluate(SHOWN)
        card = desk.preview(offer).card
        if card is None:
            assert shown is None
            continue
        without_report = {name: value for name, value in card.items() if name != "id"}  # its fold is for the talk
        made = await page.evaluate(script, {"offers": [without_report]})
        assert shown == made, offer.id
