"""What is known of her, in a real browser: shown, changed, and forgotten on the screen and in the database."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect
from sqlalchemy import func, select

from bot.conversations.tables import messages
from channels.root import House

PHONE = {"width": 390, "height": 844}


async def say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox")
    await box.fill(text)
    await box.press("Enter")


async def read(page: Page, text: str) -> None:
    await expect(page.get_by_role("log")).to_contain_text(text)


async def press(page: Page, title: str) -> None:
    await page.get_by_role("button", name=title, exact=True).last.click()


async def test_she_sees_changes_and_forgets_what_is_known(served: tuple[House, str], open_page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    house, address = served
    carer = await open_page(f"{address}/", viewport=PHONE, reduced_motion="reduce")
    await read(carer, "computerprogramma")
    await say(carer, "mijn moeder heeft dementie, ik help haar met wassen en we wonen in Ede")
    await read(carer, "Hoe zijn uw nachten")
    await say(carer, "wat weet u eigenlijk van mij?")
    known = carer.get_by_role("region", name="Wat ik van u weet").last
    await expect(known).to_contain_text("dementie")
    found = await Axe().run(carer)
    assert [violation["id"] for violation in found.response["violations"]] == []
    await carer.screenshot(path=str(tmp_path / "known.png"), full_page=True)

    await press(carer, "Iets veranderen")
    await press(carer, "Wat er speelt")
    await say(carer, "het is parkinson")
    await read(carer, "Aangepast")
    await expect(carer.get_by_role("region", name="Wat ik van u weet").last).to_contain_text("parkinson")

    await press(carer, "Vergeet alles")
    await press(carer, "Ja, vergeet alles")
    await read(carer, "Alles is vergeten")
    await expect(carer.get_by_role("log")).not_to_contain_text("parkinson")
    with house.sessions() as session:
        kept = session.execute(select(func.count()).select_from(messages).where(messages.c.text.contains("moeder")))
        assert kept.scalar_one() == 0
