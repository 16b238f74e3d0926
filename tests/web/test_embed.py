"""One script tag on the website of somebody else: it works there, stays itself, keeps her talk, and harms nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.web.browser import House, serve, until
from tests.web.host_site import CALM, HOSTILE, HostSite, busy_page, host_site
from tests.web.test_widget_access import ANSWERS, require_axe
from tests.web.test_widget_talk import box, log, press_erase, say

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
STRICT = (
    "default-src 'none'; script-src 'nonce-once'; style-src 'nonce-once'; connect-src {house}; "
    "require-trusted-types-for 'script'; base-uri 'none'"
)


@dataclass
class Embedded:
    """A website of a municipality and our house, each on an origin of its own."""

    site: HostSite
    house: House

    def tag(self, more: str = "") -> str:
        return f'<script src="{self.house.url}adempauze.js" data-gemeente="Ede" {more}></script>'


@pytest_asyncio.fixture
async def embedded(tmp_path):
    with host_site() as site:
        allowed = tmp_path / "websites.yml"
        allowed.write_text(f"Ede:\n  websites: [{site.origin}]\n  theme: ede.css\n")
        (tmp_path / "ede.css").write_text(".ede-theme { --utrecht-link-color: rgb(0, 0, 200); }")
        with serve(tmp_path, allowed) as house:
            house.reception.answers = ANSWERS
            made = Embedded(site, house)
            site.pages["/"] = busy_page(made.tag())
            yield made


def launcher(page):
    return page.get_by_role("button", name="Zorgt u voor iemand?")


async def open_panel(page):
    await launcher(page).click()
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")


async def test_a_talk_on_another_website_begins_when_she_opens_it_and_not_before(embedded, open_page):
    page = await open_page(embedded.site.url)
    await expect(launcher(page)).to_be_visible()
    with pytest.raises(Exception, match="No row"):
        embedded.house.only_conversation()
    await open_panel(page)
    await say(page, "hallo daar")
    await expect(log(page)).to_contain_text("Ik las: hallo daar")
    talk = embedded.house.conversations.get(embedded.house.only_conversation())
    assert talk.municipality == "Ede"
    assert await page.context.cookies() == []
    assert await page.evaluate("Object.keys(localStorage)") == []


async def test_what_the_desk_writes_arrives_there_too_and_the_closed_button_says_so(embedded, open_page):
    page = await open_page(embedded.site.url)
    await open_panel(page)
    embedded.house.conversations.add(embedded.house.only_conversation(), "staff", "Ik bel u morgen.")
    await expect(log(page)).to_contain_text("Ik bel u morgen.")
    await page.get_by_role("button", name="Sluit het gesprek").click()
    embedded.house.conversations.add(embedded.house.only_conversation(), "staff", "Of vanmiddag.")
    await expect(page.get_by_role("status").filter(has_text="Er is een nieuw bericht voor u")).to_be_visible()
    await launcher(page).click()
    await expect(log(page)).to_contain_text("Of vanmiddag.")
    await expect(page.get_by_text("Er is een nieuw bericht voor u")).to_have_count(0)


async def test_the_talk_goes_on_on_the_next_page_and_in_another_tab(embedded, open_page):
    page = await open_page(embedded.site.url)
    await open_panel(page)
    await say(page, "onthoud dit")
    await expect(log(page)).to_contain_text("Ik las: onthoud dit")
    await page.reload()
    await expect(log(page)).to_contain_text("Ik las: onthoud dit")  # open as she left it
    other = await open_page(embedded.site.url, context=page.context)
    await launcher(other).click()
    await expect(log(other)).to_contain_text("Ik las: onthoud dit")
    await say(other, "vanuit het andere venster")
    await expect(log(page)).to_contain_text("Ik las: vanuit het andere venster")
    for tab in (page, other):
        await expect(tab.locator(".message")).to_have_count(5)


async def test_a_website_that_is_not_allowed_gets_no_talk_and_she_gets_numbers(embedded, open_page):
    with host_site() as stranger:
        stranger.pages["/"] = busy_page(embedded.tag())
        page = await open_page(stranger.url)
        await launcher(page).click()
        await expect(log(page).get_by_role("link", name="030 760 60 55")).to_be_visible()
        with pytest.raises(Exception, match="No row"):
            embedded.house.only_conversation()


async def test_with_our_server_down_the_panel_has_numbers(embedded, open_page):
    page = await open_page(embedded.site.url)
    await expect(launcher(page)).to_be_visible()
    embedded.house.stop()
    await launcher(page).click()
    await expect(log(page).get_by_role("link", name="030 760 60 55")).to_be_visible()
    embedded.house.start()
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")


async def test_the_plain_words_of_the_website_stay_when_our_script_does_not_come(embedded, open_page):
    plain = '<p data-adempauze-zonder-script>Bel <a href="tel:0307606055">030 760 60 55</a></p>'
    embedded.site.pages["/"] = busy_page(plain + embedded.tag())
    page = await open_page(embedded.site.url)
    await expect(launcher(page)).to_be_visible()
    await expect(page.get_by_role("link", name="030 760 60 55")).to_be_hidden()
    embedded.house.stop()
    await page.context.clear_cookies()
    page = await open_page(embedded.site.url + "?opnieuw", java_script_enabled=False)
    await expect(page.get_by_role("link", name="030 760 60 55")).to_be_visible()


@pytest.mark.parametrize("size", [{"viewport": {"width": 1280, "height": 860}}, PHONE], ids=["desktop", "phone"])
async def test_hostile_styles_change_nothing_of_it(embedded, open_page, size):
    embedded.site.pages["/"] = busy_page(embedded.tag(), CALM)
    embedded.site.pages["/hostile"] = busy_page(embedded.tag(), HOSTILE)
    looks = []
    for path in ("", "hostile"):
        page = await open_page(embedded.site.url + path, reduced_motion="reduce", **size)
        await expect(launcher(page)).to_be_visible()
        button = await launcher(page).bounding_box()
        await launcher(page).press("Enter")
        await expect(log(page)).to_contain_text("Voor wie zorgt u?")
        await say(page, "aanbod")
        await expect(log(page)).to_contain_text("De Linde")
        await page.evaluate("document.activeElement.shadowRoot.activeElement.shadowRoot.activeElement.blur()")
        panel = await page.locator(".panel").bounding_box()
        inside = {
            "x": panel["x"] + 24,
            "y": panel["y"] + 24,
            "width": panel["width"] - 48,
            "height": panel["height"] - 48,
        }
        looks.append((button, panel, await come_to_rest(page, inside)))
    assert looks[0] == looks[1]


async def come_to_rest(page, clip):
    """A picture of what no longer changes: two in a row are the same."""
    pictures = [b"", await page.screenshot(clip=clip)]

    async def is_still():
        pictures.append(await page.screenshot(clip=clip))
        return pictures[-1] == pictures[-2]

    await until(is_still, "at rest")
    return pictures[-1]


async def test_it_needs_nothing_of_a_strict_policy_but_its_own_address(embedded, open_page):
    page_of = busy_page(embedded.tag('nonce="once"')).replace("<style>", '<style nonce="once">')
    embedded.site.pages["/strict"] = page_of
    embedded.site.policies["/strict"] = STRICT.format(house=embedded.house.url)
    page = await open_page(embedded.site.url + "strict")  # the fixture fails on any complaint about the policy
    await open_panel(page)
    await say(page, "aanbod")
    await expect(log(page)).to_contain_text("De Linde")
    panel = await page.locator(".panel").bounding_box()
    assert panel["width"] > 400
    assert (
        await page.locator("[style]").evaluate_all("all => all.filter((e) => e.localName !== 'textarea').length") == 0
    )


async def test_escape_closes_the_panel_and_gives_the_focus_back(embedded, open_page):
    page = await open_page(embedded.site.url)
    await launcher(page).focus()
    await page.keyboard.press("Enter")
    await expect(box(page)).to_be_focused()
    await page.get_by_role("button", name="Bellen").click()
    await page.keyboard.press("Escape")  # of the small window only
    await expect(page.get_by_role("dialog", name="Liever een mens spreken?")).to_have_count(0)
    await expect(box(page)).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(box(page)).to_be_hidden()
    await expect(launcher(page)).to_be_focused()
    await expect(launcher(page)).to_have_attribute("aria-expanded", "false")


async def test_on_a_phone_the_panel_fills_the_screen_and_holds_the_focus(embedded, open_page):
    page = await open_page(embedded.site.url, **PHONE)
    await open_panel(page)
    fills = "e => { const r = e.getBoundingClientRect(); return r.width === 390 && r.height === 844; }"
    await until(lambda: page.locator(".panel").evaluate(fills), "the panel fills the screen")
    for _ in range(12):
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.id") != "zoek"
    await page.get_by_role("button", name="Sluit het gesprek").click()
    await expect(launcher(page)).to_be_focused()


async def test_short_cuts_of_the_page_leave_her_words_alone(embedded, open_page):
    steal = "(e) => { if (e.key === '/') { e.preventDefault(); zoek.focus(); } }"
    thief = f"<script>addEventListener('keydown', {steal})</script>"
    embedded.site.pages["/"] = busy_page(embedded.tag(), before=thief)
    page = await open_page(embedded.site.url)
    await open_panel(page)
    await box(page).press_sequentially("en/of")
    await expect(box(page)).to_have_value("en/of")


async def test_the_tokens_of_a_municipality_drop_in(embedded, open_page):
    embedded.site.pages["/tokens.css"] = (
        ".voorbeeld-theme { --blauw: rgb(0, 80, 143); --utrecht-button-primary-action-background-color: var(--blauw); "
        "--utrecht-button-border-radius: 3px; } body { display: none; }"
    )
    embedded.site.pages["/"] = busy_page(embedded.tag('data-thema="/tokens.css"'))
    page = await open_page(embedded.site.url)
    await expect(launcher(page)).to_have_css("background-color", "rgb(0, 80, 143)")
    await expect(launcher(page)).to_have_css("border-radius", "3px")
    await expect(page.locator("main")).to_be_visible()  # nothing but tokens was taken over
    embedded.site.pages["/wears"] = busy_page(
        embedded.tag(), css=CALM + ":root { --utrecht-link-color: rgb(1, 2, 3); }"
    )
    page = await open_page(embedded.site.url + "wears")
    await open_panel(page)
    await say(page, "mens")
    await expect(log(page).get_by_role("link")).to_have_css("color", "rgb(1, 2, 3)")


async def test_a_theme_from_anywhere_else_is_not_even_asked_for(embedded, open_page):
    with host_site() as elsewhere:
        elsewhere.pages["/tokens.css"] = ":root { --utrecht-button-primary-action-background-color: red; }"
        embedded.site.pages["/"] = busy_page(embedded.tag(f'data-thema="{elsewhere.url}tokens.css"'))
        asked = []
        page = await open_page("about:blank")
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(embedded.site.url)
        await expect(launcher(page)).to_have_css("background-color", "rgb(29, 92, 87)")
        assert [url for url in asked if url.startswith(elsewhere.url)] == []


async def test_the_page_of_a_municipality_wears_its_theme(embedded, open_page):
    page = await open_page(embedded.house.url + "g/Ede?via=huisarts")
    await say(page, "mens")
    await expect(log(page).get_by_role("link")).to_have_css("color", "rgb(0, 0, 200)")
    talk = embedded.house.conversations.get(embedded.house.only_conversation())
    assert (talk.municipality, talk.origin) == ("Ede", "huisarts")


async def test_leaving_quickly_leaves_nothing_in_the_tab(embedded, open_page):
    page = await open_page(embedded.site.url)
    await open_panel(page)
    await say(page, "niemand mag dit zien")
    await expect(log(page)).to_contain_text("Ik las: niemand mag dit zien")
    await page.get_by_role("button", name="Snel weg").click()
    await page.wait_for_url("about:blank")
    await page.goto(embedded.site.url)
    await expect(launcher(page)).to_be_visible()
    await expect(log(page)).to_have_count(0)
    assert await page.evaluate("Object.keys(sessionStorage)") == []


async def test_erasing_there_erases_here(embedded, open_page):
    page = await open_page(embedded.site.url)
    await open_panel(page)
    talk_id = embedded.house.only_conversation()
    await press_erase(page)
    await page.get_by_role("button", name="Ja, wis alles").click()
    await expect(log(page)).to_contain_text("Uw gesprek is gewist.")
    assert embedded.house.conversations.get(talk_id) is None
    assert await page.evaluate("sessionStorage.getItem('adempauze-pass')") is None


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}, PHONE])
async def test_the_panel_passes_all_rules_of_axe(embedded, open_page, look):
    page = await open_page(embedded.site.url, reduced_motion="reduce", **look)
    await expect(launcher(page)).to_be_visible()
    await require_axe_of_ours(page, "closed")
    await open_panel(page)
    await say(page, "aanbod")
    await expect(log(page)).to_contain_text("De Linde")
    await require_axe_of_ours(page, "open")


async def require_axe_of_ours(page, state):
    """The page around it is not ours to judge."""
    await page.evaluate("document.querySelectorAll('body > :not(adempauze-venster)').forEach((e) => e.remove())")
    await page.evaluate(
        "document.body.append(Object.assign(document.createElement('main'), { innerHTML: '<h1>x</h1>' }))"
    )
    await require_axe(page, state)
