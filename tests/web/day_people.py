"""The two who use a browser in the day of tests/web/day.py: a carer with the widget, and a coordinator at the desk."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from bot.staff.accounts import Staff
from channels.root import House

LIVE = 30_000  # milliseconds in which what one does must be seen by the other, without reloading


@dataclass
class Widget:
    """A carer with the widget on her phone."""

    page: Page

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    async def says(self, text: str) -> None:
        box = self.page.get_by_role("textbox").last
        await box.fill(text)
        await box.press("Enter")

    async def presses(self, title: str) -> None:
        await self.page.get_by_role("button", name=title, exact=True).last.click()

    async def reads(self, text: str | re.Pattern[str]) -> None:
        await expect(self.log.locator(".message").filter(has_text=text).last).to_be_visible(timeout=LIVE)

    @property
    def sheet(self) -> Locator:
        """Her request as it stands in the talk."""
        return self.page.get_by_role("region", name="Uw aanvraag").last


@dataclass
class Coordinator:
    """Somebody at the desk. ``lets_time_pass``: the page looks for news every ten seconds; nobody waits for it here."""

    page: Page
    address: str
    staff: Staff

    @property
    def name(self) -> str:
        return self.staff.name

    async def enters(self, house: House) -> None:
        """With a new one-time link, as after a night."""
        token = house.staff.issue_sign_in(self.staff.email)
        await self.page.goto(f"{self.address}/desk/enter/{token}")
        await self.page.get_by_role("button", name="Log in").click()
        await expect(self.page.get_by_role("heading", level=1)).to_have_text("Aanvragen")
        await self.page.wait_for_load_state()  # the page looks for news once its scripts have run

    async def lets_time_pass(self) -> None:
        await self.page.clock.run_for(10_500)

    async def sees(self, text: str | re.Pattern[str], where: str = "main") -> None:
        """By itself, without loading the page anew."""
        place = self.page.locator(where)
        end = time.monotonic() + LIVE / 1000
        while time.monotonic() < end:
            await self.lets_time_pass()
            found = await place.inner_text()
            if text in found if isinstance(text, str) else text.search(found):
                return
            await asyncio.sleep(0.25)
        await expect(place).to_contain_text(text)

    async def opens(self, who: str) -> None:
        await self.page.get_by_role("link", name=re.compile(f"^{who}")).click()
        await expect(self.page.get_by_role("heading", level=1)).to_have_text(f"Aanvraag van {who}")
        await self.page.wait_for_load_state()

    async def goes_to_inbox(self, view: str = "open") -> None:
        await self.page.goto(f"{self.address}/desk/?view={view}")

    async def presses(self, title: str, then: str) -> None:
        """Press a button; ``then`` stands in the confirmation."""
        await self.page.get_by_role("button", name=title, exact=True).click()
        await expect(self.page.get_by_role("status").first).to_contain_text(then)

    async def proposes(self, sentence: str) -> str:
        """Propose the first offer that she was shown; gives its name."""
        await self.page.get_by_role("link", name="Stel een aanbod voor").click()
        first = self.page.locator(".candidate").first
        name = await first.locator("label").inner_text()
        await first.get_by_role("checkbox").check()
        await self.page.get_by_label("Uw zin erbij").fill(sentence)
        await self.page.get_by_role("button", name=re.compile("^Stel voor aan")).click()
        await expect(self.page.get_by_role("status").first).to_contain_text("Uw voorstel is verstuurd.")
        return name

    async def plans(self, day: str, at: str) -> None:
        await self.page.get_by_text("Spreek een moment af").click()
        await self.page.get_by_label("Dag").fill(day)
        await self.page.get_by_label("Tijd").fill(at)
        await self.presses("Leg vast", "Het moment is vastgelegd.")

    async def resolves(self, outcome: str, why: str, next_step: str) -> None:
        await self.page.get_by_text("Schrijf de uitkomst op").click()
        await self.page.get_by_label("Uitkomst in gewone woorden").fill(outcome)
        await self.page.get_by_label("Waarom is dit het geworden?").fill(why)
        await self.page.get_by_label("Hoe gaat het verder?").fill(next_step)
        await self.presses("Rond af", "De aanvraag is afgerond.")
