"""The widget for everybody: every state under axe in light, dark and forced colours; small, zoomed in, and calm."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.web.browser import Answer, until
from tests.web.test_widget_talk import CHOICES, box, log, press_erase, say

OFFERS = {
    "kind": "offers",
    "offers": [
        {
            "id": "linde",
            "name": "Logeerhuis De Linde",
            "organisation": "Stichting Adem",
            "kind": "Logeren",
            "area": "Ede, 4 km bij u vandaan",
            "url": "https://example.org/linde",
            "phone": "0318 12 34 56",
            "fits": ["Uw man kan hier 's nachts blijven", "Ervaring met dementie"],
            "misfits": ["U regelt zelf het vervoer"],
            "unknowns": ["Of er deze maand plek is"],
            "freshness": "Nagekeken op 3 februari 2026. Bron: de website.",
            "payers": ["Wmo", "zelf betalen"],
        },
        {
            "id": "thuis",
            "name": "Oppas aan huis",
            "organisation": "",
            "kind": "Iemand komt bij u thuis",
            "area": "",
            "url": "javascript:alert(1)",
            "phone": None,
            "fits": ["Overdag"],
            "misfits": [],
            "unknowns": [],
            "freshness": "Nagekeken op 1 maart 2026.",
            "payers": [],
        },
    ],
}
REQUEST = {
    "kind": "request",
    "reference": "AP-2026-0042",
    "recipient": "gemeente Ede",
    "question": "Mijn man vergeet steeds meer en ik slaap niet.",
    "sections": [
        {
            "title": "Uw vraag",
            "fields": [
                {
                    "key": "question",
                    "label": "In uw woorden",
                    "value": "Mijn man vergeet steeds meer.",
                    "state": "told",
                },
                {"key": "tried", "label": "Eerder geprobeerd", "value": None, "state": "unknown"},
            ],
        }
    ],
}
PROGRESS = {"kind": "progress", "asked": 2, "most": 6}
ANSWERS = {
    "vraag": [Answer("Hoe lang houdt u dit vol?", CHOICES, PROGRESS)],
    "aanbod": [Answer("Dit past bij u.", CHOICES, OFFERS)],
    "aanvraag": [Answer("Klopt dit zo?", CHOICES, REQUEST)],
    "mens": [Answer("Ik bel u morgen. Mijn nummer is 0318 68 09 11.", author="staff", author_name="Marieke, Ede")],
}
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "zoomed": {"viewport": {"width": 320, "height": 256}},
}


async def require_axe(page, state):
    results = await Axe().run(page, options={"resultTypes": ["violations"]})
    found = [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in results.response["violations"]]
    assert found == [], state


@pytest.fixture
def house(live_server):
    live_server.reception.answers = ANSWERS
    return live_server


@pytest.mark.parametrize("look", LOOKS)
async def test_every_state_passes_all_rules_of_axe(house, open_page, look):
    page = await open_page(house.url, reduced_motion="reduce", **LOOKS[look])
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await require_axe(page, "start")
    for said, shown in [
        ("vraag", "van hooguit 6"),
        ("aanbod", "De Linde"),
        ("aanvraag", "AP-2026-0042"),
        ("mens", "Ik bel u"),
    ]:
        await say(page, said)
        await expect(log(page)).to_contain_text(shown)
        await require_axe(page, said)
    for name in ("Bellen", "Meer"):
        await page.get_by_role("button", name=name, exact=True).click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await require_axe(page, name)
        await page.keyboard.press("Escape")
    await page.context.set_offline(True)
    await say(page, "hallo")
    await expect(page.locator(".status")).to_contain_text("geen verbinding")
    await require_axe(page, "offline")
    await page.context.set_offline(False)
    await expect(log(page)).to_contain_text("Ik las: hallo")
    await press_erase(page)
    await page.get_by_role("button", name="Ja, wis alles").click()
    await expect(log(page)).to_contain_text("gewist")
    await require_axe(page, "erased")


@pytest.mark.parametrize("path", ["", "nergens"])
async def test_the_plain_pages_pass_too(house, open_page, chromium, path):
    context = await chromium.new_context(locale="nl-NL")
    await context.route("**/adempauze.js", lambda route: route.abort())
    page = await open_page(house.url + path, context=context)
    await expect(page.get_by_role("link", name="030 760 60 55")).to_be_visible()
    await require_axe(page, path)
    await context.close()


@pytest.mark.parametrize("look", ["narrow", "zoomed"])
async def test_nothing_runs_off_the_side_and_the_field_can_be_reached(house, open_page, look):
    page = await open_page(house.url, **LOOKS[look])
    for said, shown in [
        ("vraag", "van hooguit 6"),
        ("aanbod", "De Linde"),
        ("aanvraag", "AP-2026"),
        ("w" * 300, "Ik las"),
    ]:
        await say(page, said)
        await expect(log(page)).to_contain_text(shown)
        width = (
            "Math.max(document.documentElement.scrollWidth, {}.scrollWidth, {}.querySelector('.scroller').scrollWidth)"
        )
        root = "document.querySelector('adempauze-gesprek').shadowRoot"
        assert await page.evaluate(width.format("document.body", root)) <= 320
    await box(page).scroll_into_view_if_needed()
    await expect(box(page)).to_be_in_viewport()


async def test_everything_to_press_is_large_enough(house, open_page):
    page = await open_page(house.url, viewport={"width": 320, "height": 640}, has_touch=True, reduced_motion="reduce")
    for said, shown in [("aanbod", "De Linde"), ("vraag", "van hooguit 6")]:
        await say(page, said)
        await expect(log(page)).to_contain_text(shown)
    targets = await page.locator("button:visible, summary:visible, textarea, .ways a").all()
    assert len(targets) > 8
    for target in targets:
        size = await target.bounding_box()
        assert size["height"] >= 44, await target.inner_text()
        assert size["width"] >= 44, await target.inner_text()


async def test_text_is_large(house, open_page):
    page = await open_page(house.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    size = await page.locator(".message p").nth(1).evaluate("e => getComputedStyle(e).fontSize")
    assert float(size.removesuffix("px")) >= 18


async def test_whoever_wants_no_motion_gets_none(house, open_page):
    house.reception.is_held = True
    page = await open_page(house.url, reduced_motion="reduce")
    await say(page, "hallo")
    await expect(page.locator(".typing i")).to_have_count(3)
    moving = "document.querySelector('adempauze-gesprek').shadowRoot.getAnimations().length"
    assert await page.evaluate(moving) == 0
    await page.emulate_media(reduced_motion="no-preference")
    await until(lambda: page.evaluate(moving), "the dots move")
    house.reception.is_held = False
    await expect(log(page)).to_contain_text("Ik las: hallo")


async def test_new_messages_are_read_out_in_order_and_old_ones_are_not(house, open_page):
    page = await open_page(house.url)
    await say(page, "hallo")
    await expect(log(page)).to_contain_text("Ik las: hallo")
    await expect(log(page)).to_have_attribute("aria-live", "polite")
    page = await open_page("about:blank", context=page.context)
    await page.add_init_script(
        """
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (options) {
          const root = attach.call(this, options);
          window.spoken = [];
          new MutationObserver((changes) => changes.forEach((change) => {
            const live = change.target.closest?.('[role="log"]')?.getAttribute("aria-live");
            if (live === "polite") change.addedNodes.forEach((node) => window.spoken.push(node.textContent));
          })).observe(root, { childList: true, subtree: true });
          return root;
        };
        """
    )
    await page.goto(house.url)
    await expect(log(page)).to_contain_text("Ik las: hallo")
    await expect(log(page)).to_have_attribute("aria-live", "polite")
    await say(page, "vraag")
    await expect(log(page)).to_contain_text("van hooguit 6")
    spoken = " ".join(await page.evaluate("window.spoken"))
    assert "Ik las: hallo" not in spoken
    assert spoken.index("vraag") < spoken.index("Hoe lang houdt u dit vol?") < spoken.index("Ja, graag")


async def test_an_offer_shows_its_reasons_which_fold_away(house, open_page):
    page = await open_page(house.url)
    await say(page, "aanbod")
    card = page.locator(".offer").first
    for text in (
        "Ervaring met dementie",
        "U regelt zelf het vervoer",
        "Of er deze maand plek is",
        "3 februari 2026",
        "Wmo",
    ):
        await expect(card.get_by_text(text)).to_be_visible()
    await card.get_by_text("Waarom dit bij u past").click()
    await expect(card.get_by_text("Ervaring met dementie")).to_be_hidden()
    await expect(card.get_by_role("link", name="Bel 0318 12 34 56")).to_have_attribute("href", "tel:0318123456")
    site = card.get_by_role("link", name="Lees meer op de website (opent in een nieuw venster)")
    await expect(site).to_have_attribute("rel", "noopener noreferrer")
    await expect(page.locator(".offer").nth(1).get_by_role("link")).to_have_count(0)


async def test_a_request_shows_what_is_filled_in_and_what_is_not(house, open_page):
    page = await open_page(house.url)
    await say(page, "aanvraag")
    card = page.get_by_role("region", name="Uw aanvraag")
    await expect(card).to_contain_text("Nummer AP-2026-0042")
    await expect(card).to_contain_text("Voor: gemeente Ede")
    await expect(card.locator("blockquote")).to_have_text("Mijn man vergeet steeds meer en ik slaap niet.")
    await expect(card.locator('[data-key="question"] dd')).to_have_text("Mijn man vergeet steeds meer.")
    await expect(card.locator('[data-key="tried"] dd')).to_have_text("nog niet ingevuld")


async def test_focus_can_be_seen(house, open_page):
    page = await open_page(house.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement.shadowRoot.activeElement).outlineWidth"
    assert await page.evaluate(outline) == "3px"
