"""From the widget: everything we have of her, in a file; and the way to the page about privacy."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import expect

from channels.serving import application
from tests.house import MONDAY_MORNING, SetClock, opened_house
from tests.web.browser import ThreadedServer


async def test_she_saves_all_of_it_and_finds_the_page_about_privacy(open_page, tmp_path: Path) -> None:
    with opened_house(tmp_path, SetClock(MONDAY_MORNING), with_model=False) as house:
        server = ThreadedServer(application(house))
        server.start()
        page = await open_page(f"http://127.0.0.1:{server.port}/")
        await page.get_by_role("button", name="Meer").click()
        async with page.expect_download() as saving:
            await page.get_by_role("button", name="Bewaar alles wat wij van u hebben").click()
        saved = await saving.value
        assert saved.suggested_filename == "adempauze-gegevens.html"
        assert "Wat wij van u hebben" in text_of(await saved.path())
        await expect(page.get_by_text("Het staat bij uw downloads")).to_be_visible()
        link = page.get_by_role("link", name="Over uw privacy")
        await expect(link).to_have_attribute("href", f"http://127.0.0.1:{server.port}/privacy")
        answer = await page.context.request.get(f"http://127.0.0.1:{server.port}/privacy")
        assert "Uw privacy bij Adempauze" in await answer.text()
        server.stop()


def text_of(path: Path | str) -> str:
    return Path(path).read_text("utf-8")
