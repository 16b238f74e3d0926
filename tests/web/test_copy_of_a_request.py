"""The copy of a request in a real browser: from the card in the widget to a page that prints well."""

from __future__ import annotations

import re

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from bot.conversations.store import ConversationStore
from bot.settings import Settings
from bot.wording import Wording
from channels.app import build_app
from channels.rendering.papers import Papers
from channels.web.routes import web_routes
from knowledge.storage import metadata, open_engine, open_sessions
from tests.unit.channels.rendering.requests import full_request
from tests.web.browser import Answer, KnownNumbers, SmallReception, ThreadedServer

CARD = {
    "kind": "request",
    "reference": "AP-7K3M-2Q",
    "recipient": "consulent",
    "question": "Mijn man vergeet steeds meer.",
    "sections": [],
}


def served(folder):
    settings = Settings.from_environment({"ADEMPAUZE_DATA": str(folder)})
    engine = open_engine(settings.database_url)
    metadata.create_all(engine)
    conversations = ConversationStore(open_sessions(engine))
    reception = SmallReception(conversations, {"toon": [Answer("Dit is de aanvraag.", card=CARD)]})
    wording = Wording.load({})
    routes = web_routes(
        conversations=conversations,
        reception=reception,
        wording=wording,
        facts=KnownNumbers(),
        settings=settings,
        health=lambda: {"status": "ok"},
        report_offer=lambda offer_id, reason: None,
        latest_request=lambda conversation_id: full_request(),
        papers=Papers(),
    )
    return ThreadedServer(build_app(routes=routes, wording=wording, facts=KnownNumbers())), engine


async def test_she_opens_and_saves_her_copy_from_the_card(tmp_path, open_page):
    server, engine = served(tmp_path)
    server.start()
    try:
        page = await open_page(f"http://127.0.0.1:{server.port}/")
        await page.get_by_role("textbox").fill("toon")
        await page.keyboard.press("Enter")
        async with page.context.expect_page() as opened:
            await page.get_by_role("link", name="Bewaar een kopie").click()
        copy = await opened.value
        await expect(copy).to_have_title("Kopie van uw aanvraag AP-7K3M-2Q")
        await copy.wait_for_load_state()
        await expect(copy.get_by_role("heading", level=1)).to_have_text("Uw aanvraag")
        await expect(copy.get_by_role("button", name="Afdrukken")).to_be_visible()
        found = await Axe().run(copy)
        assert found.response["violations"] == []
        for width in (320, 900):
            await copy.set_viewport_size({"width": width, "height": 900})
            assert await copy.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        await copy.emulate_media(media="print")
        await expect(copy.get_by_role("button", name="Afdrukken")).to_be_hidden()
        assert re.search(rb"/Count [1-3]\b", await copy.pdf(prefer_css_page_size=True))
        await copy.emulate_media(media="screen")
        async with copy.expect_download() as download:
            await copy.get_by_role("link", name="Opslaan als PDF").click()
        assert (await download.value).suggested_filename == "aanvraag-AP-7K3M-2Q.pdf"
    finally:
        server.stop()
        engine.dispose()
