"""One day of a carer in the widget, a carer in Telegram and a coordinator at the desk, step by step.

The steps are here once: tests/web/test_a_day.py walks them and looks at what was kept, tests/web/tour.py walks them and
makes the pictures of docs/tour.md. Everything is real but Telegram itself (tests/telegram_stub.py) and what day it is.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, expect

from bot.staff.roles import StaffRole
from channels.root import House
from channels.serving import application
from tests.house import SetClock, opened_house
from tests.telegram_stub import Person, TelegramStub
from tests.web.browser import ThreadedServer
from tests.web.day_people import LIVE, Coordinator, Widget

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)  # nine in the morning of a Monday in Amsterdam
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
MARIJKE, KARIN = "Marijke", "Karin"

IN_HER_OWN_WORDS = (
    "ja hallo ik weet eigenlijk niet zo goed waar ik moet beginnen maar mijn man heeft alzheimer en het wordt steeds"
    " zwaarder hij is s nachts vaak wakker en dan loopt ie door het huis en ik slaap bijna niet meer, we wonen in"
    " arnhem en de kinderen wonen ver weg dus ik doe alles alleen en ik merk dat ik steeds vaker boos op hem word en"
    " dat wil ik helemaal niet"
)
KARINS_WORDS = (
    "ik zorg voor mijn moeder van 84 in arnhem, ik ga er elke dag na mijn werk heen"
    " en ik wil weer eens een dag voor mezelf"
)


class DayClock(SetClock):
    """It runs, and can be moved on besides."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(moment)
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return self.moment + timedelta(seconds=time.monotonic() - self._began)


@dataclass
class Day:
    """The house, and the three people of this day."""

    house: House
    clock: DayClock
    telegram: TelegramStub
    marijke: Widget
    karin: Person
    petra: Coordinator

    # -- the widget ------------------------------------------------------------------------------------------------

    async def marijke_tells(self) -> None:
        await self.marijke.reads("Ik ben een computerprogramma")
        await self.marijke.says(IN_HER_OWN_WORDS)
        await self.marijke.reads("Uw man heeft moeite met het geheugen")
        await self.marijke.reads("Of er plek is, weet ik niet")
        await self.marijke.reads("Zal ik een consulent bij de gemeente vragen om u te bellen")

    async def marijke_asks_for_a_person(self) -> None:
        await self.marijke.presses("Ja, laat iemand mij bellen")
        await self.marijke.reads("Met welke naam")
        await self.marijke.says(MARIJKE)
        await self.marijke.reads("Op welk telefoonnummer")
        await self.marijke.says("06 12 34 56 78")
        await self.marijke.reads("Weet uw man dat u hulp vraagt?")

    async def marijke_answers_what_she_likes(self) -> None:
        await self.marijke.presses("Nee, nog niet")
        await self.marijke.reads("Welke hulp is er nu al?")
        await self.marijke.presses("Sla over")
        await self.marijke.reads("Lees hem rustig door")
        await expect(self.marijke.sheet).to_contain_text("Nog niet verstuurd")

    async def marijke_opens_the_form(self) -> Locator:
        await self.marijke.page.get_by_role("button", name="Aanpassen", exact=True).last.click()
        form = self.marijke.page.get_by_role("dialog", name="Uw aanvraag aanpassen")
        await form.get_by_role("textbox", name="Naam", exact=True).fill("Marijke de Wit")
        return form

    async def marijke_saves_the_form(self, form: Locator) -> None:
        await form.get_by_role("button", name="Bewaren").click()
        await expect(form).to_have_count(0)
        await expect(self.marijke.sheet).to_contain_text("Marijke de Wit")

    async def marijke_sends(self) -> str:
        """Gives the reference."""
        await self.marijke.presses("Aanvraag versturen")
        await self.marijke.reads("Mag de consulent dat lezen?")
        await self.marijke.presses("Ja, dat mag")
        await self.marijke.reads(re.compile(r"Uw nummer is AP-[A-Z0-9]{4}-[A-Z0-9]{2}"))
        return str(await self.marijke.sheet.get_attribute("data-reference"))

    # -- Telegram --------------------------------------------------------------------------------------------------

    async def karin_hears(self, text: str) -> str:
        return await asyncio.to_thread(self.karin.wait_for, text)

    async def karin_presses(self, title: str) -> None:
        await asyncio.to_thread(self.telegram.until, lambda: title in self.karin.buttons, title)
        self.karin.presses(title)

    async def karin_sends_a_request(self) -> str:
        """From her first message to the sent request; gives its reference."""
        self.karin.says(KARINS_WORDS)
        await self.karin_hears("Telegram is van een ander bedrijf")
        await self.karin_hears("Ik ben een computerprogramma")
        await self.karin_hears("Waar helpt u uw moeder bij?")
        self.karin.says("ik wil een mens spreken")
        await self.karin_hears("Met welke naam")
        self.karin.says(KARIN)
        await self.karin_hears("Op welk telefoonnummer")
        await self.karin_presses("Sla over")
        await self.karin_hears("Weet uw moeder dat u hulp vraagt?")
        await self.karin_presses("Stuur maar zo")
        await self.karin_hears("Lees hem rustig door")
        await self.karin_presses("Aanvraag versturen")
        said = await self.karin_hears("Uw nummer is AP-")
        return re.search(r"AP-[A-Z0-9]{4}-[A-Z0-9]{2}", said).group()  # type: ignore[union-attr]


@contextmanager
def day_house(folder: Path) -> Iterator[tuple[House, DayClock, TelegramStub, str]]:
    """The whole house with the trained model and a Telegram bot, served: house, clock, Telegram and address."""
    clock = DayClock(NINE)
    with TelegramStub() as telegram, opened_house(folder, clock) as house:
        settings = replace(
            house.settings, telegram=telegram.settings(polling=True), base_url="http://adempauze.example"
        )
        server = ThreadedServer(application(replace(house, settings=settings)))
        server.start()
        try:
            yield house, clock, telegram, f"http://127.0.0.1:{server.port}"
        finally:
            server.stop()


OpenPage = Callable[..., object]


async def begin(house: House, clock: DayClock, telegram: TelegramStub, address: str, open_page: OpenPage) -> Day:
    """Everybody is where the day begins: Marijke in the widget, Petra before the desk, Karin in Telegram."""
    petra = house.staff.add("Petra de Vries", "petra@arnhem.example", StaffRole.COORDINATOR, "Arnhem")
    marijke = await open_page(f"{address}/", viewport=PHONE, reduced_motion="reduce", has_touch=True)  # type: ignore[misc]
    desk = await open_page("about:blank", viewport=DESK)  # type: ignore[misc]
    await desk.clock.install(time=clock())
    for page in (marijke, desk):
        page.set_default_timeout(LIVE)
    at_the_desk = Coordinator(desk, address, petra)
    return Day(house, clock, telegram, Widget(marijke), telegram.person(101, KARIN), at_the_desk)


async def open_one(browser: Browser, url: str, **options: object) -> Page:
    """A page with cookies of its own."""
    context = await browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", **options)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(url)
    return page
