"""On the website of a municipality: her copy of the request comes as a file, or she reads that it does not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
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
from tests.web.host_site import busy_page, host_site
from tests.web.test_copy_of_a_request import CARD
from tests.web.test_widget_talk import log, say


@pytest.fixture
def site(tmp_path):
    """A website that carries the widget of a house in which she has a request."""
    with host_site() as host:
        allowed = tmp_path / "websites.yml"
        allowed.write_text(f"Ede:\n  websites: [{host.origin}]\n")
        settings = replace(Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path)}), websites_file=allowed)
        engine = open_engine(settings.database_url)
        metadata.create_all(engine)
        conversations = ConversationStore(open_sessions(engine))
        wording = Wording.load({})
        routes = web_routes(
            conversations=conversations,
            reception=SmallReception(conversations, {"toon": [Answer("Dit is de aanvraag.", card=CARD)]}),
            wording=wording,
            facts=KnownNumbers(),
            settings=settings,
            health=lambda: {"status": "ok"},
            report_offer=lambda offer_id, reason: None,
            latest_request=lambda conversation_id: full_request(),
            papers=Papers(),
        )
        server = ThreadedServer(build_app(routes=routes, wording=wording, facts=KnownNumbers()))
        server.start()
        host.pages["/"] = busy_page(f'<script src="http://127.0.0.1:{server.port}/adempauze.js"></script>')
        yield host
        server.stop()
        engine.dispose()


async def test_her_copy_is_saved_and_a_failure_is_said_in_words(site, open_page):
    page = await open_page(site.url)
    await page.get_by_role("button", name="Zorgt u voor iemand?").click()
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await say(page, "toon")
    save = page.get_by_role("link", name="Opslaan als PDF")
    async with page.expect_download() as waiting:
        await save.click()
    download = await waiting.value
    assert download.suggested_filename == "Uw aanvraag.pdf"
    assert (await asyncio.to_thread(Path(await download.path()).read_bytes)).startswith(b"%PDF")
    assert page.url == site.url  # she is still where she was
    failed = page.get_by_role("status").filter(has_text="De kopie ophalen lukt nu niet.")
    await page.route("**/api/request/copy.pdf", lambda route: route.abort())
    await save.click()
    await expect(failed).to_be_visible()
    await page.unroute("**/api/request/copy.pdf")
    await page.route("**/api/request/copy.pdf", lambda route: route.fulfill(status=503, json={"error": "failed"}))
    await page.get_by_role("link", name="Bewaar een kopie").click()
    await expect(failed).to_be_visible()
    await page.unroute("**/api/request/copy.pdf")
    async with page.expect_download():
        await save.click()
    await expect(failed).to_have_count(0)
