"""Calls from the websites of municipalities: who may, how she is known there, and what nobody gets."""

from __future__ import annotations

import time

import httpx
import pytest

from bot.settings import Settings, SettingsError
from channels.web.browsers import Browsers
from channels.web.identity import PASS_LASTS, TalkIdentity
from channels.web.visiting import PASS_HEADER
from channels.web.websites import Websites
from tests.unit.channels.widget_api import OURS, Widget, texts
from tests.web.browser import small_app

EDE, OTHER, STRANGER = "https://www.ede.nl", "https://regio.example", "https://elders.example"


@pytest.fixture
def house(tmp_path):
    allowed = tmp_path / "websites.yml"
    allowed.write_text(f"Ede:\n  websites: [{EDE}, {OTHER}]\n  theme: ede.css\nBarneveld:\n  websites: [{OTHER}]\n")
    (tmp_path / "ede.css").write_text(":root { --utrecht-link-color: blue; }")
    return small_app(tmp_path, websites=allowed)


class Visitor(Widget):
    """The widget on a website: another origin, no cookies, a pass."""

    def __init__(self, app, origin=EDE):
        super().__init__(app)
        self.http.headers.update({"Origin": origin, "Sec-Fetch-Site": "cross-site"})

    async def start(self, **place):
        answer = await super().start(**place)
        self.keep(answer)
        return answer

    def keep(self, answer):
        self.http.headers["Authorization"] = f"Bearer {answer.headers[PASS_HEADER]}"


async def test_a_visit_is_known_by_its_pass_and_gets_no_cookie(house):
    visitor = Visitor(house[0])
    started = await visitor.start(municipality="Ede")
    assert "set-cookie" not in started.headers
    assert started.headers["access-control-allow-origin"] == EDE
    assert "access-control-allow-credentials" not in started.headers
    assert "Origin" in started.headers["vary"]
    said = await visitor.say("hallo")
    assert texts(said) == [("person", "hallo"), ("assistant", "Ik las: hallo")]
    assert said.headers[PASS_HEADER]
    again = await visitor.start()
    assert len(texts(again)) == 3


async def test_a_pass_is_good_on_the_website_it_was_given_on_and_nowhere_else(house):
    visitor = Visitor(house[0])
    await visitor.start()
    for origin in (OTHER, STRANGER, "http://house"):
        visitor.http.headers["Origin"] = origin
        assert (await visitor.http.get("/api/messages")).status_code in (401, 403), origin
    del visitor.http.headers["Origin"]
    visitor.http.headers["Sec-Fetch-Site"] = "same-origin"
    assert (await visitor.http.get("/api/messages")).status_code == 401


async def test_a_cookie_opens_nothing_for_a_website(house):
    widget = Widget(house[0])
    await widget.start()
    assert (await widget.http.get("/api/messages")).status_code == 200
    widget.http.headers.update({"Origin": EDE, "Sec-Fetch-Site": "same-site"})
    assert (await widget.http.get("/api/messages")).status_code == 401


@pytest.mark.parametrize(
    "value", ["", "Bearer", "Bearer x", "Basic abc", "Bearer IjEyMyI.abc.def", "Bearer " + "a" * 9_000]
)
async def test_a_forged_pass_opens_nothing(house, value):
    visitor = Visitor(house[0])
    visitor.http.headers["Authorization"] = value
    refused = await visitor.say("hallo")
    assert (refused.status_code, refused.json()["error"]) == (401, "no_conversation")
    assert refused.headers["access-control-allow-origin"] == EDE  # so that the widget may read why


async def test_the_value_of_a_cookie_is_no_pass(house):
    widget = Widget(house[0])
    await widget.start()
    visitor = Visitor(house[0])
    visitor.http.headers["Authorization"] = f"Bearer {widget.http.cookies['adempauze']}"
    assert (await visitor.http.get("/api/messages")).status_code == 401


async def test_a_pass_ends_after_a_day_and_is_renewed_by_use(house, monkeypatch):
    visitor = Visitor(house[0])
    await visitor.start()
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + PASS_LASTS.total_seconds() - 60)
    visitor.keep(await visitor.say("nog net"))
    monkeypatch.setattr("time.time", lambda: now + PASS_LASTS.total_seconds() + 3600)
    assert (await visitor.say("en nu")).status_code == 200
    monkeypatch.setattr("time.time", lambda: now + 3 * PASS_LASTS.total_seconds())
    assert (await visitor.say("te laat")).status_code == 401


async def test_erasing_takes_the_pass_back(house):
    visitor = Visitor(house[0])
    await visitor.start()
    erased = await visitor.http.request("DELETE", "/api/conversation", json={})
    assert erased.headers[PASS_HEADER] == ""
    assert (await visitor.http.get("/api/messages")).status_code == 401


@pytest.mark.parametrize(
    ("origin", "named", "kept"),
    [
        (EDE, "Ede", "Ede"),
        (EDE, "Barneveld", "Ede"),
        (EDE, "", "Ede"),
        (OTHER, "Barneveld", "Barneveld"),
        (OTHER, "", None),
    ],
)
async def test_a_website_begins_talks_only_for_its_own_municipalities(house, origin, named, kept):
    visitor = Visitor(house[0], origin)
    await visitor.start(municipality=named)
    visit = TalkIdentityOf(house[0], visitor)
    assert house[1].get(visit.talk_id).municipality == kept


class TalkIdentityOf:
    def __init__(self, app, visitor):
        from itsdangerous import URLSafeTimedSerializer

        value = visitor.http.headers["Authorization"].removeprefix("Bearer ")
        self.talk_id = URLSafeTimedSerializer("unused", salt="x").loads_unsafe(value)[1][0]


@pytest.mark.parametrize("path", ["conversation", "messages", "stream", "reports", "request", "request/copy.pdf"])
async def test_a_browser_that_asks_first_hears_yes_for_listed_websites_only(house, path):
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app=house[0]), base_url="http://house")
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,x-adempauze"}
    yes = await http.options(f"/api/{path}", headers={"Origin": EDE, **asks})
    assert (yes.status_code, yes.headers["access-control-allow-origin"]) == (204, EDE)
    assert "Authorization" in yes.headers["access-control-allow-headers"]
    for origin in (STRANGER, "null", "https://www.ede.nl.elders.example", "http://www.ede.nl"):
        no = await http.options(f"/api/{path}", headers={"Origin": origin, **asks})
        assert no.status_code == 403
        assert "access-control-allow-origin" not in no.headers


async def test_a_stranger_is_refused_and_gets_no_permission_to_read_why(house):
    stranger = Visitor(house[0], STRANGER)
    answer = await stranger.http.post("/api/conversation", json={}, headers=OURS)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


async def test_the_tokens_of_a_municipality_may_be_fetched_by_its_website(house):
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app=house[0]), base_url="http://house")
    theme = await http.get("/thema/Ede.css")
    assert theme.headers["content-type"].startswith("text/css")
    assert theme.headers["access-control-allow-origin"] == "*"
    assert (await http.get("/thema/Barneveld.css")).status_code == 404
    assert 'data-thema="/thema/Ede.css"' in (await http.get("/g/Ede?via=folder")).text
    assert "data-thema" not in (await http.get("/g/Barneveld")).text


def load(tmp_path, text):
    path = tmp_path / "websites.yml"
    path.write_text(text)
    return Websites.load(path, lambda name: {"ede": "Ede"}.get(name.lower()))


def test_no_file_allows_nothing():
    assert dict(Websites.load(None, str).of_origin) == {}


def test_addresses_are_kept_as_a_browser_writes_them(tmp_path):
    websites = load(tmp_path, "ede:\n  websites: [https://WWW.Ede.nl/, 'http://localhost:9000']\n")
    assert websites.of_origin == {"https://www.ede.nl": {"Ede"}, "http://localhost:9000": {"Ede"}}


@pytest.mark.parametrize(
    "text",
    [
        "- Ede",
        "Ede: [",
        "Nergens: {websites: [https://www.ede.nl]}",
        "Ede: {websites: [http://www.ede.nl]}",
        "Ede: {websites: ['*']}",
        "Ede: {websites: [https://www.ede.nl/zorg]}",
        "Ede: {websites: ['https://naam@www.ede.nl']}",
        "Ede: {websites: [5]}",
        "Ede: {website: [https://www.ede.nl]}",
        "Ede: {theme: ../secret}",
        "Ede: {theme: weg.css}",
    ],
)
def test_what_is_wrong_in_the_file_stops_the_start_with_one_line(tmp_path, text):
    with pytest.raises(SettingsError, match="ADEMPAUZE_WEBSITES") as problem:
        load(tmp_path, text)
    assert "\n" not in str(problem.value)


def test_the_setting_must_name_a_file(tmp_path):
    with pytest.raises(SettingsError, match="ADEMPAUZE_WEBSITES"):
        Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path), "ADEMPAUZE_WEBSITES": str(tmp_path / "weg.yml")})


def test_a_secret_that_changes_ends_every_pass(house):
    one, other = (TalkIdentity(secret, False, Browsers(house[1])) for secret in ("een", "twee"))
    assert one._of_pass.dumps("x") != other._of_pass.dumps("x")
