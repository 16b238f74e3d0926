"""The page, the script, health, and what is served when something is missing or broken."""

from __future__ import annotations

import asyncio
import gzip
import re

import httpx
import pytest
from starlette.routing import Route

from bot.wording import Wording
from channels import app as application
from channels.app import build_app
from channels.web.bundle import MODULES, styles_of
from channels.web.page import HERE, PHONES, WidgetPage
from channels.web.routes import health_endpoint
from knowledge.facts import Facts
from tests.web.browser import NUMBERS, KnownNumbers, small_app


@pytest.fixture
def http(tmp_path):
    app, _, _ = small_app(tmp_path)
    return client(app)


def client(app):
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://house")


async def test_the_page_gives_every_number_without_any_script(http):
    page = (await http.get("/")).text
    for number in NUMBERS.values():
        assert f'href="tel:{number.replace(" ", "").replace("-", "")}">{number}</a>' in page
    assert "<noscript>" in page


def test_no_number_is_typed_into_a_template_or_script():
    for path in [*HERE.glob("templates/*"), *HERE.glob("static/*.js")]:
        typed = re.findall(r"\b(?:0800|0900|030|113|112)\b", re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.M))
        assert [number for number in typed if path.name != "links.js"] == [], path.name


async def test_the_real_facts_hold_every_number_and_an_overdue_one_is_left_out_unless_it_saves_lives():
    facts = Facts.load()
    page = WidgetPage(Wording.load({}), facts, "https://example.org", 10_000)
    assert (
        {facts.value(key) for key in PHONES}
        >= {entry["number"] for entry in page.phones()}
        >= {"112", "113", "0800-0113"}
    )

    class Overdue(KnownNumbers):
        def showable(self, key, today):
            return key == "emergency"

    assert [entry["number"] for entry in WidgetPage(Wording.load({}), Overdue(), "", 1).phones()] == ["112"]


async def test_the_page_runs_nothing_inline_and_says_so(http):
    response = await http.get("/", params={"gemeente": '"><script>alert(1)</script>'})
    assert "<script>alert" not in response.text
    assert re.findall(r"<script(?! src=)", response.text) == []
    assert " style=" not in response.text
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_a_link_hands_its_place_and_origin_to_the_widget(http):
    page = (await http.get("/", params={"gemeente": "Ede", "via": "huisarts"})).text
    assert 'data-gemeente="Ede" data-via="huisarts"' in page


async def test_the_script_is_one_small_file_that_caches_by_its_content(http):
    plain = await http.get("/adempauze.js", headers={"Accept-Encoding": "identity"})
    assert plain.headers["content-type"].startswith("text/javascript")
    assert len(gzip.compress(plain.content)) < 40_000
    assert not re.search(r"^(import|export) ", plain.text, flags=re.M)
    unchanged = await http.get("/adempauze.js", headers={"If-None-Match": plain.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    packed = await http.get("/adempauze.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text


def test_no_two_parts_of_the_script_use_the_same_name():
    names = []
    for path in HERE.glob("static/*.js"):
        names += re.findall(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", path.read_text(), flags=re.M)
    assert len(names) > 20
    assert sorted(names) == sorted(set(names))


def test_the_script_never_makes_markup_of_data_and_speaks_no_dutch():
    for path in HERE.glob("static/*.js"):
        source = path.read_text()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", source), path.name
        assert not re.search(r"\b(het|een|uw|niet|wij)\b", source), path.name
        assert len(source.splitlines()) < 250, path.name


def test_every_word_of_the_widget_exists_and_is_used():
    names = {
        name.removeprefix("utter_widget_") for name in Wording.load({}).names() if name.startswith("utter_widget_")
    }
    sources = "".join(
        path.read_text() for path in [*HERE.glob("static/*.js"), *HERE.glob("templates/*"), *HERE.glob("*.py")]
    )
    used = set(re.findall(r"words\.(\w+)", sources))
    assert used - names == set()
    quoted = {name.removeprefix("utter_widget_") for name in re.findall(r'"(\w+)"', sources)} | {
        f"phone_{key}" for key in NUMBERS
    }
    assert names - used - quoted == set()


async def test_health_reports_and_is_honest_about_trouble(tmp_path):
    app, _, _ = small_app(tmp_path)
    assert (await client(app).get("/health")).json() == {"status": "ok"}


TOKEN = "a token of the operator"


async def _ask_health(health, **more):
    route = Route("/health", health_endpoint(health, TOKEN))
    app = build_app(routes=[route], wording=Wording.load({}), facts=KnownNumbers())
    return await client(app).get("/health", **more)


@pytest.mark.parametrize(
    ("report", "status"), [({"status": "degraded", "model": "missing"}, 503), ({"status": "ok"}, 200)]
)
async def test_health_has_the_status_of_its_report(report, status):
    answer = await _ask_health(lambda: report, headers={"X-Forwarded-For": "203.0.113.7"})
    assert (answer.status_code, answer.json()) == (status, {"status": report["status"]}), "from outside one word"
    told = await _ask_health(lambda: report, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (told.status_code, told.json()) == (status, report)


async def test_health_that_cannot_be_asked_is_failing():
    def broken():
        raise RuntimeError("no database")

    answer = await _ask_health(broken)
    assert (answer.status_code, answer.json()) == (503, {"status": "failing"})


async def test_a_missing_page_shows_the_way_back_and_whom_to_call(http):
    answer = await http.get("/nergens")
    assert answer.status_code == 404
    assert 'href="/"' in answer.text
    assert NUMBERS["mantelzorglijn"] in answer.text
    wrong = await http.get("/api/nergens")
    assert (wrong.status_code, wrong.json()["error"]) == (404, "bad_request")
    assert (await http.put("/api/messages")).status_code == 405


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "bestaat niet"),
        (413, "korter maken"),
        (429, "over een paar minuten"),
        (500, "iets mis"),
        (503, "iets mis"),
    ],
)
def test_every_problem_has_words_numbers_and_a_way_back(status, said):
    page = WidgetPage(Wording.load({}), KnownNumbers(), "about:blank", 1).problem(status)
    text = page.body.decode()
    assert (page.status_code, said in text) == (status, True)
    assert 'href="tel:112"' in text
    assert 'href="/"' in text


def test_a_text_on_a_page_calls_our_numbers_and_keeps_what_belongs_together():
    page = WidgetPage(Wording.load({}), KnownNumbers(), "about:blank", 1)
    made = page._in_paragraphs("Bel 113 of 0800-0113, over AP-7K3M-2Q.\nNiet <b>0800-01131</b>.\n\nOf 06 12345678.")
    assert made == (
        '<p dir="auto">Bel <a class="call" href="tel:113">113</a> of '
        '<a class="call" href="tel:08000113">0800-0113</a>, over <span class="whole">AP-7K3M-2Q</span>.<br>'
        "Niet &lt;b&gt;0800-01131&lt;/b&gt;.</p>"
        '<p dir="auto">Of 06 12345678.</p>'
    )


async def test_a_page_that_breaks_shows_numbers_and_logs_no_message(caplog):
    async def broken(_request):
        raise RuntimeError("wat zij schreef")

    app = build_app(routes=[Route("/stuk", broken)], wording=Wording.load({}), facts=KnownNumbers(), secure=True)
    answer = await client(app).get("/stuk")
    assert answer.status_code == 500
    assert NUMBERS["emergency"] in answer.text
    assert "RuntimeError at" in caplog.text
    assert "schreef" not in caplog.text + answer.text
    assert answer.headers["strict-transport-security"]


async def test_work_beside_the_server_starts_again_after_a_failure_and_stops_with_it(monkeypatch):
    monkeypatch.setattr(application, "PAUSE_SECONDS", 0)
    runs, steady, stopped = [], asyncio.Event(), asyncio.Event()

    async def work():
        runs.append(1)
        if len(runs) < 3:
            raise RuntimeError
        steady.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    app = build_app(routes=[], wording=Wording.load({}), facts=KnownNumbers(), background=[work])
    async with app.router.lifespan_context(app):
        await asyncio.wait_for(steady.wait(), 30)
    assert stopped.is_set()


async def test_the_statement_on_accessibility_is_the_document_itself(http):
    page = await http.get("/toegankelijkheid")
    assert page.status_code == 200
    assert "<h1>Toegankelijkheid van Adempauze</h1>" in page.text
    assert "Wat niet getest is" in page.text
    assert NUMBERS["mantelzorglijn"] in page.text


async def test_here_and_only_here_she_may_be_heard_when_she_presses(http):
    assert "microphone=(self)" in (await http.get("/")).headers["permissions-policy"]
    assert "microphone=()" in (await http.get("/toegankelijkheid")).headers["permissions-policy"]


def test_sizes_in_the_script_do_not_hang_on_the_page_around_it():
    styles = styles_of("widget.css", "request.css", "launcher.css")
    sized = [line for line in styles.splitlines() if re.search(r"\drem\b", line.replace("var(--rem, 1rem)", ""))]
    assert [line for line in sized if not line.lstrip().startswith(("@media", "/*"))] == []
    assert "calc(1.125 * var(--rem, 1rem))" in styles


def test_every_script_is_in_the_bundle():
    assert {path.stem for path in HERE.glob("static/*.js")} == set(MODULES)
