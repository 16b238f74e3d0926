"""Every page of the catalogue can be used by everybody: axe in light and dark, and 320 pixels wide."""

from __future__ import annotations

import json

import pytest

from channels.web.bundle import scripts_of
from channels.web.page import WidgetPage
from tests.web.desk_pages import check
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


@pytest.mark.parametrize("paths", PAGES, ids=[paths[-1].strip("/").split("/")[0] for paths in PAGES])
async def test_every_page_can_be_used_by_everybody(page, desk, paths):  # noqa: F811
    desk.unanswered.keep("mag de hond mee als mijn vrouw gaat logeren", desk.now().date())
    await enter(page, desk)
    for path in paths:
        response = await page.goto(f"{desk.base_url}/desk/catalogus{path}")
        assert response.status == 200, path
        await check(page, QUIETLY)


async def test_pages_that_say_what_is_wrong_can_be_used_by_everybody(page, desk):  # noqa: F811
    await enter(page, desk)
    await page.goto(desk.base_url + "/desk/catalogus/aanbod/nieuw")
    await page.get_by_role("textbox", name="Telefoon").fill("geen nummer")
    await page.get_by_role("button", name="Publiceer").click()
    await page.get_by_role("alert").wait_for()
    await check(page, QUIETLY)
    await page.goto(desk.base_url + "/desk/catalogus/aanbod/o002")
    desk.records.publish(
        desk.offer("o002").kind, "o002", {**desk.offer("o002").body, "name": "Anders"}, by="Omar", base_revision=1
    )
    await page.get_by_label("Naam", exact=True).fill("Van Els")
    await page.get_by_role("button", name="Publiceer").click()
    await page.get_by_role("heading", name="Twee versies").wait_for()
    await check(page, QUIETLY)
    await page.goto(desk.base_url + "/desk/catalogus/aanbod")
    await page.get_by_label("Kies Logeerhuis De Opstap").check()
    await page.get_by_role("button", name="Sluit of heropen wat is aangevinkt").click()
    await page.get_by_role("button", name="Doe dit voor alle 1").click()
    await page.get_by_role("alert").wait_for()
    await check(page, QUIETLY)
    await page.goto(desk.base_url + "/desk/catalogus/bestanden")
    rows = b"Kenmerk;Naam;Provincie\no002;Uit een lijst;Groningen\no003;Groep;Atlantis\n"
    await page.get_by_label("Bestand", exact=True).set_input_files(
        {"name": "lijst.csv", "mimeType": "text/csv", "buffer": rows}
    )
    await page.get_by_role("button", name="Bekijk wat er zou gebeuren").click()
    await page.get_by_role("heading", name="Wat er zou gebeuren").wait_for()
    await check(page, QUIETLY)


async def test_the_card_is_the_very_card_of_the_widget(page, desk):  # noqa: F811
    """The widget's own script makes of the same data what stands on the page."""
    await enter(page, desk)
    words = WidgetPage(desk.house.wording, desk.house.facts, "about:blank", 0).words()
    parts = scripts_of("dom", "links", "offers")
    body = [f"const given = {{words: {json.dumps(words)}}};", parts, "return offersCard(card).outerHTML;"]
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
