"""Makes the pictures of docs/tour.md: ``python -m tests.web.tour``. It walks the day of tests/web/day.py and looks.

The pages are photographed as Chromium shows them. Telegram is another company's program: its pictures are a plain
drawing of what the stand-in for Telegram received.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.engine.without_tensorflow import leave_out_tensorflow
from bot.settings import ROOT
from tests.web.conftest import CHROMIUM, QUIET
from tests.web.day import KARIN, Day, begin, day_house, open_one

PICTURES = ROOT / "docs" / "tour"
QUALITY = 72
SETTLED = 700  # milliseconds: a page that moves or scrolls has come to rest

_CHAT = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; width: 390px; box-sizing: border-box; background: #dfe7ee; color: #17212b;
  font: 15px/1.4 system-ui, sans-serif; display: flex; flex-direction: column; gap: 8px }
div { padding: 8px 12px; border-radius: 12px; background: #fff; max-width: 320px; white-space: pre-line;
  overflow-wrap: anywhere }
blockquote { margin: 4px 0; padding-left: 8px; border-left: 3px solid #5a8fc0 }
.person { align-self: flex-end; background: #d8f3c8 }
.button { text-align: center; background: #b9c9d8; border-radius: 8px; width: 296px }
</style>"""


@dataclass
class Album:
    """Photographs what there is, as small files."""

    browser: Browser
    folder: Path

    async def page(self, page: Page, name: str) -> None:
        """The page as it stands in the window, with the mouse out of the way."""
        await page.mouse.move(0, 0)
        await expect(page.locator(".message[data-state]")).to_have_count(0)  # what she said has arrived
        await page.wait_for_timeout(SETTLED)
        self._keep(await page.screenshot(), name)

    async def talk_from(self, page: Page, message: str, name: str) -> None:
        """The window, with the last message that holds these words at the top of the talk."""
        place = page.get_by_role("log").locator(".message").filter(has_text=message).last
        await place.evaluate("(one) => (one.closest('.scroller').scrollTop = one.offsetTop - 12)")
        await self.page(page, name)

    async def part(self, part: Locator, name: str) -> None:
        """One part of a page, whole."""
        await part.page.wait_for_timeout(SETTLED)
        self._keep(await part.screenshot(), name)

    async def telegram(self, day: Day, first: str, last: str, name: str) -> None:
        """A plain drawing of Karin's chat, from the message with ``first`` up to the one with ``last``."""
        shown = day.telegram.chats[day.karin.chat]
        begin, end = (next(n for n, one in enumerate(shown) if words in one["text"]) for words in (first, last))
        bold = {call.text: call.values["text"] for call in day.telegram.of("sendMessage", day.karin.chat)}
        page = await open_one(self.browser, "about:blank", viewport={"width": 390, "height": 200})
        await page.set_content(_CHAT + "".join(_bubble(one, bold) for one in shown[begin : end + 1]))
        self._keep(await page.screenshot(full_page=True), name)
        await page.context.close()

    def _keep(self, picture: bytes, name: str) -> None:
        with Image.open(io.BytesIO(picture)) as image:
            image.convert("RGB").save(self.folder / f"{name}.webp", quality=QUALITY, method=6)


def _bubble(message: dict[str, Any], as_sent: dict[str, str]) -> str:
    """``as_sent``: by its words, a message of ours in the small HTML that Telegram takes."""
    buttons = "".join(f'<div class="button">{escape(one["text"])}</div>' for row in message["buttons"] for one in row)
    said = as_sent.get(message["text"], escape(message["text"])) if message["from"] == "bot" else message["text"]
    return f'<div class="{message["from"]}">{said}</div>{buttons}'


async def walk(day: Day, album: Album) -> None:
    """The day, with a picture wherever there is something to see."""
    await day.petra.enters(day.house)
    await day.marijke.reads("Ik ben een computerprogramma")
    await album.page(day.marijke.page, "widget-begin")
    await day.marijke_tells()
    await album.talk_from(day.marijke.page, "Uw man heeft", "widget-gehoord")
    await album.talk_from(day.marijke.page, "Of er plek is", "widget-aanbod")
    day.clock.forward(minutes=4)
    await day.marijke_asks_for_a_person()
    await album.page(day.marijke.page, "widget-vragen")
    await day.marijke_answers_what_she_likes()
    await album.talk_from(day.marijke.page, "Lees hem rustig door", "widget-aanvraag")
    form = await day.marijke_opens_the_form()
    await form.evaluate("(one) => (one.scrollTop = 0)")
    await album.page(day.marijke.page, "widget-aanpassen")
    await day.marijke_saves_the_form(form)
    day.clock.forward(minutes=6)
    hers = await day.marijke_sends()
    await album.talk_from(day.marijke.page, "Uw nummer is", "widget-verstuurd")
    karins = await in_telegram(day, album)
    await at_the_desk(day, album, hers)
    await back_in_telegram(day, album, karins)
    await afterwards(day, album)


async def in_telegram(day: Day, album: Album) -> str:
    karins = await day.karin_sends_a_request()
    await album.telegram(day, "elke dag na mijn werk", "Waar helpt u", "telegram-begin")
    await album.telegram(day, "Lees hem rustig door", "Uw nummer is", "telegram-aanvraag")
    return karins


async def at_the_desk(day: Day, album: Album, hers: str) -> None:
    marijke, petra = day.marijke, day.petra
    await petra.sees("Marijke de Wit")
    await petra.sees(KARIN)
    await album.page(petra.page, "loket-lijst")
    await petra.opens("Marijke de Wit")
    await album.page(petra.page, "loket-aanvraag")
    day.clock.forward(minutes=9)
    await petra.presses("Ik pak dit op", "U hebt deze aanvraag")
    day.clock.forward(minutes=5)
    await petra.presses("Niet bereikt", "Vastgelegd dat het niet lukte")
    await marijke.reads("heeft geprobeerd u te bereiken")
    await petra.page.get_by_label("Bericht aan Marijke").fill("Slaapt uw man overdag ook?")
    await petra.presses("Verstuur en wacht op antwoord", "Uw vraag is verstuurd")
    await marijke.reads("Slaapt uw man overdag ook?")
    day.clock.forward(minutes=41)
    await marijke.says("ja na het eten wel een uur of twee. bellen kan na drie uur")
    await marijke.reads("bellen kan na drie uur")
    await album.talk_from(marijke.page, "heeft geprobeerd u te bereiken", "widget-opgepakt")
    await petra.sees("bellen kan na drie uur", where="section.thread")
    await petra.page.reload()
    await petra.page.locator("section.thread").scroll_into_view_if_needed()
    await album.part(petra.page.locator("section.thread"), "loket-berichten")
    await petra.page.get_by_role("link", name="Stel een aanbod voor").click()
    await album.page(petra.page, "loket-voorstel")
    await petra.page.go_back()
    day.clock.forward(minutes=12)
    await petra.proposes("Misschien is dit iets: iemand die bij uw man blijft terwijl u slaapt.")
    await marijke.reads("terwijl u slaapt")
    await album.talk_from(marijke.page, "terwijl u slaapt", "widget-voorstel")
    await petra.plans((day.clock() + timedelta(days=1)).date().isoformat(), "15:30")


async def back_in_telegram(day: Day, album: Album, karins: str) -> None:
    petra = day.petra
    await petra.goes_to_inbox()
    await petra.opens(KARIN)
    await petra.presses("Ik pak dit op", "U hebt deze aanvraag")
    await day.karin_hears(f"heeft uw aanvraag {karins} gelezen en opgepakt")
    await petra.proposes("Zou dit een dag voor uzelf kunnen geven?")
    await day.karin_hears("Zou dit een dag voor uzelf kunnen geven?")
    await album.telegram(day, "gelezen en opgepakt", "Zou dit een dag", "telegram-voorstel")


async def afterwards(day: Day, album: Album) -> None:
    marijke, petra = day.marijke, day.petra
    day.clock.forward(days=1, hours=5, minutes=15)
    await petra.enters(day.house)
    await petra.goes_to_inbox("mine")
    await petra.opens("Marijke de Wit")
    await petra.presses("Contact gehad", "Het contact is vastgelegd")
    day.clock.forward(minutes=25)
    await petra.resolves(
        "Vanaf 1 december komt er elke dinsdag en donderdag iemand van 13.00 tot 16.00 uur.",
        "U wilt overdag kunnen slapen, en uw man blijft het liefst thuis.",
        "De vrijwilliger belt u vrijdag om kennis te maken.",
    )
    await album.part(petra.page.get_by_role("region", name="Verloop"), "loket-verloop")
    await marijke.reads("Hoe het verdergaat")
    await album.talk_from(marijke.page, "Dit is de uitkomst", "widget-uitkomst")
    day.clock.forward(hours=1)
    await asyncio.to_thread(day.house.requests.ask_what_is_due)
    await marijke.presses("Ja, dat mag")
    await marijke.presses("Geen rust")
    await marijke.reads("Over een paar weken vraag ik één keer")
    day.clock.forward(weeks=4)
    await asyncio.to_thread(day.house.requests.ask_what_is_due)
    await marijke.reads("Is er gekomen wat u had afgesproken?")
    await album.talk_from(marijke.page, "Is er gekomen wat u had afgesproken?", "widget-later")


async def make_pictures(folder: Path, house_folder: Path) -> None:
    """Walk the day and put every picture in ``folder``."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        async def open_page(url: str, **options: object) -> Page:
            return await open_one(browser, url, **options)

        with day_house(house_folder) as parts:
            await walk(await begin(*parts, open_page), Album(browser, folder))
        await browser.close()


def main(tell: Callable[[str], Any] = sys.stdout.write) -> None:
    """Make all pictures anew; what was there before and is no longer made, goes."""
    leave_out_tensorflow()
    with tempfile.TemporaryDirectory() as new, tempfile.TemporaryDirectory() as house_folder:
        asyncio.run(make_pictures(Path(new), Path(house_folder)))
        PICTURES.mkdir(exist_ok=True)
        for old in PICTURES.glob("*.webp"):
            old.unlink()
        for picture in sorted(Path(new).glob("*.webp")):
            (PICTURES / picture.name).write_bytes(picture.read_bytes())
    size = sum(picture.stat().st_size for picture in PICTURES.glob("*.webp"))
    tell(f"{len(list(PICTURES.glob('*.webp')))} pictures, {size // 1024} kB in {PICTURES.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
