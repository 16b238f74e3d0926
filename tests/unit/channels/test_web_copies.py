"""Her own copy of her request: only hers, never stored on the way, and nothing but the number in its name."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest
from itsdangerous import URLSafeSerializer

from bot.conversations.store import ConversationStore
from bot.request.fields import FieldKey
from bot.request.vocabulary import FieldState, RequestState
from bot.settings import Settings
from bot.wording import Wording
from channels.app import build_app
from channels.rendering.papers import Papers
from channels.web.routes import web_routes
from knowledge.storage import metadata, open_engine, open_sessions
from tests.unit.channels.rendering.requests import a_request, field
from tests.unit.channels.widget_api import Widget
from tests.web.browser import KnownNumbers, SmallReception

COPY = "/api/request/copy"


@pytest.fixture
def requests():
    """The requests by conversation."""
    return {}


@pytest.fixture
def app(tmp_path, requests):
    settings = Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path)})
    engine = open_engine(settings.database_url)
    metadata.create_all(engine)
    conversations = ConversationStore(open_sessions(engine))
    routes = web_routes(
        conversations=conversations,
        reception=SmallReception(conversations),
        wording=Wording.load({}),
        facts=KnownNumbers(),
        settings=settings,
        health=lambda: {"status": "ok"},
        report_offer=lambda offer_id, reason: None,
        latest_request=lambda conversation_id: requests.get(conversation_id) or requests.get("everyone"),
        papers=Papers(),
    )
    yield build_app(routes=routes, wording=Wording.load({}), facts=KnownNumbers())
    engine.dispose()


@pytest.fixture
async def widget(app):
    widget = Widget(app)
    await widget.start()
    return widget


def hers(**more):
    secret = field(FieldKey.LOAD, "geheim", FieldState.LEFT_OUT)
    return a_request(field(FieldKey.CONTACT_NAME, "Ria Jansen"), secret, **more)


async def test_she_reads_her_copy_and_only_what_she_shared(widget, requests):
    requests["everyone"] = hers()
    answer = await widget.http.get(COPY)
    assert answer.status_code == 200
    assert "Ria Jansen" in answer.text
    assert "AP-7K3M-2Q" in answer.text
    assert "geheim" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<style" not in answer.text
    assert " style=" not in answer.text


async def test_the_pdf_is_a_file_without_her_name_in_its_name(widget, requests):
    requests["everyone"] = hers()
    answer = await widget.http.get(f"{COPY}.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="aanvraag-AP-7K3M-2Q.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("path", [COPY, f"{COPY}.pdf"])
async def test_nobody_without_her_cookie_gets_it(app, requests, path):
    requests["everyone"] = hers()
    stranger = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://house")
    for forged in ("", "forged.value.here"):
        stranger.cookies.set("adempauze", forged)
        answer = await stranger.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert answer.content == b""


async def test_each_conversation_gets_its_own(app, requests):
    first, second = Widget(app), Widget(app)
    for widget in (first, second):
        await widget.start()
    cookie = first.http.cookies["adempauze"]
    requests[_conversation_of(cookie)] = hers()
    assert (await first.http.get(COPY)).status_code == 200
    assert (await second.http.get(COPY)).status_code == 303


async def test_another_site_cannot_fetch_it(widget, requests):
    requests["everyone"] = hers()
    answer = await widget.http.get(COPY, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Ria" not in answer.text


async def test_without_a_request_she_is_back_at_the_talk(widget):
    assert (await widget.http.get(COPY)).headers["location"] == "/"


async def test_a_draft_says_that_nothing_was_sent(widget, requests):
    requests["everyone"] = hers(state=RequestState.DRAFTED, sent_at=None, agreed_at=None)
    assert "nog niet verstuurd" in (await widget.http.get(COPY)).text


async def test_copies_have_a_pace(widget, requests):
    requests["everyone"] = hers()
    assert 429 in [(await widget.http.get(COPY)).status_code for _ in range(15)]


@pytest.mark.parametrize(
    ("name", "kind"), [("print.css", "text/css; charset=utf-8"), ("print.js", "text/javascript; charset=utf-8")]
)
async def test_what_the_page_loads_is_there(widget, name, kind):
    answer = await widget.http.get(f"/print/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)


@pytest.mark.parametrize("name", ["request.html", "request.typ", "nothing.css", "..%2Fpapers.py", "%2e%2e%2fpapers.py"])
async def test_nothing_else_is_served(widget, name):
    assert (await widget.http.get(f"/print/{name}")).status_code == 404


def test_the_pages_own_templates_come_from_the_setting(tmp_path):
    (tmp_path / "templates").mkdir()
    environment = {"ADEMPAUZE_DATA": str(tmp_path), "ADEMPAUZE_TEMPLATES": str(tmp_path / "templates")}
    settings = Settings.from_environment(environment)
    assert settings.templates_dir == tmp_path / "templates"
    assert replace(settings, templates_dir=None).templates_dir is None


def _conversation_of(cookie):
    return URLSafeSerializer("", salt="").load_payload(cookie.rsplit(".", 2)[0].encode())[0]
