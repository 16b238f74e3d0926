"""What a screen reader and a voice get: the browser's own tree of names and roles, in order."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.request_house import serve_form, with_card
from tests.web.test_widget_access import ANSWERS
from tests.web.test_widget_talk import log, say

PLACE = """() => {
  const at = document.activeElement.shadowRoot?.activeElement, form = at?.closest("dialog");
  return form && { tag: at.localName, text: at.textContent.trim(), foot: Boolean(at.closest(".form-foot")),
    top: Math.round(at.getBoundingClientRect().top + form.scrollTop) };
}"""
CALLED = """() => {
  const root = document.querySelector("adempauze-gesprek").shadowRoot;
  const shown = Array.from(root.querySelectorAll("button, a, summary")).filter((e) => e.checkVisibility());
  return shown.map((e) => [e.innerText.trim(), e.getAttribute("aria-label") || e.textContent.trim()]);
}"""
WIDEST = """Math.max(document.documentElement.scrollWidth,
  document.querySelector("adempauze-gesprek").shadowRoot.querySelector(".scroller").scrollWidth)"""
ARABIC = "مرحبا، أنا أعتني بأمي"


async def tree(page):
    """(role, name) of everything that is not passed over, in reading order, with the properties by name."""
    session = await page.context.new_cdp_session(page)
    nodes = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    found = []

    def walk(node):
        role, name = node.get("role", {}).get("value"), node.get("name", {}).get("value", "")
        if not node.get("ignored"):
            found.append((role, name, {one["name"]: one["value"].get("value") for one in node.get("properties", [])}))
        for child in node.get("childIds", []):
            if child in by_id:
                walk(by_id[child])

    walk(nodes[0])
    return found


@pytest.fixture
def house(live_server):
    live_server.reception.answers = ANSWERS
    return live_server


async def test_the_talk_is_read_in_order_with_who_says_it(house, open_page):
    page = await open_page(house.url, reduced_motion="reduce")
    await say(page, "aanbod")
    await expect(log(page)).to_contain_text("De Linde")
    await say(page, "mens")
    await expect(log(page)).to_contain_text("Ik bel u morgen.")
    read = await tree(page)
    logs = [properties for role, _, properties in read if role == "log"]
    assert [(one["live"], one["atomic"]) for one in logs] == [("polite", False)]
    texts = [name for role, name, _ in read if role == "StaticText"]
    order = ["Adempauze", "computerprogramma", "U", "aanbod", "Dit past bij u.", "Logeerhuis De Linde", "U", "mens"]
    order += ["Marieke, Ede", "een mens", "Ik bel u morgen. Mijn nummer is "]
    places, start = [], texts.index("Hallo, ik ben Adempauze. Ik ben een computerprogramma.") - 2
    for text in order:
        start = texts.index(text, start)
        places.append(start)
        start += 1
    assert places == sorted(places)
    assert not {"✓", "–", "?", "→"} & set(texts)  # signs for the eye alone
    assert ("heading", "Logeerhuis De Linde") in [(role, name) for role, name, _ in read]
    assert ("link", "Bel 0318 12 34 56") in [(role, name) for role, name, _ in read]


async def test_everything_to_press_can_be_called_by_what_stands_on_it(house, open_page):
    page = await open_page(house.url, reduced_motion="reduce")
    for said, shown in [("aanbod", "De Linde"), ("vraag", "van hooguit 6")]:
        await say(page, said)
        await expect(log(page)).to_contain_text(shown)
    await page.get_by_role("button", name="Meer", exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    called = await page.evaluate(CALLED)
    assert len(called) > 15
    pairs = [[" ".join(text.lower().split()) for text in pair] for pair in called]
    assert [pair for pair in pairs if not pair[1] or pair[0] not in pair[1]] == []
    names = [name for role, name, _ in await tree(page) if role in ("button", "link", "textbox")]
    assert "" not in names


async def test_the_form_is_walked_through_in_the_order_it_stands_in(tmp_path, open_page):
    with serve_form(tmp_path) as house:
        page = await with_card(house, open_page)
        await page.get_by_role("button", name="Aanpassen").press("Enter")
        form = page.get_by_role("dialog", name="Uw aanvraag aanpassen")
        await expect(form.get_by_role("heading", level=2).first).to_be_focused()
        walked = []
        while (place := await page.evaluate(PLACE)) and place not in walked:
            walked.append(place)
            await page.keyboard.press("Tab")
        assert walked[0]["tag"] == "h2"  # the title has the focus when it opens
        fields = [place["top"] for place in walked if place["tag"] in ("input", "textarea", "summary")]
        assert fields == sorted(fields)
        assert len(fields) > 5
        assert next(place["text"] for place in walked if place["foot"]) == "Bewaren"


@pytest.mark.parametrize("text", [ARABIC, "Annem için bakıyorum, çok yoruldum", "Opiekuję się mamą, jestem zmęczona"])
async def test_a_text_in_another_language_stands_as_it_should_at_320_pixels_and_twice_as_large(house, open_page, text):
    page = await open_page(house.url, viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await page.get_by_role("button", name="A+: grotere letters").click()
    await say(page, text)
    await expect(log(page)).to_contain_text(f"Ik las: {text}")
    own = page.locator('[data-author="person"]').last
    assert (await own.get_attribute("dir") == "rtl") == (text == ARABIC)
    assert await page.evaluate(WIDEST) <= 320
