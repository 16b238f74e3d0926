"""How the open catalogue behaves as a web service: what may be kept, who may call, how often, and how it says no."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import httpx
import pytest

from channels.open_api.answers import LICENCE
from channels.open_api.document import openapi_document
from channels.web.guards import TokenBuckets
from tests.unit.channels.open_api.conftest import BASE, OpenHouse
from tests.unit.knowledge.builders import offer

pytestmark = pytest.mark.asyncio
PATHS = ["", "/openapi.json", "/profile", "/offers", "/offers/t1"]


@pytest.fixture
def filled(house):
    house.catalogue.save(offer(), "Els")
    return house


@pytest.mark.parametrize("path", PATHS)
async def test_an_answer_that_is_held_is_not_sent_again(filled, path):
    first = await filled.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    for held in (tag, f'"iets", {tag}', f"W/{tag}", "*"):
        again = await filled.get(path, headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await filled.get(path, headers={"If-None-Match": '"iets"'})).status_code == 200


async def test_every_question_has_a_tag_of_its_own(filled):
    asked = ["", "?page=2", "?per_page=5", "?full=true", "?kind=stay", "?municipality=Zwolle", "?search=test"]
    tags = [(await filled.get(f"/offers{question}")).headers["etag"] for question in asked]
    assert len(set(tags)) == len(asked)


async def test_it_says_when_it_changed_and_how_long_it_holds(filled):
    response = await filled.get("/offers")
    assert parsedate_to_datetime(response.headers["last-modified"]) == filled.clock()
    assert response.headers["cache-control"] == "public, max-age=300"


@pytest.mark.parametrize("path", PATHS)
async def test_only_the_head_is_sent_to_who_asks_for_that(filled, path):
    whole, head = await filled.get(path), await filled.http.head(f"/api/v1{path}")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-length", "content-type", "link", "cache-control"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("path", [*PATHS, "/nergens"])
async def test_every_website_may_read_and_none_may_send_a_cookie(filled, path):
    for response in (
        await filled.http.get(f"/api/v1{path}", headers={"Origin": "https://gemeente.example"}),
        await filled.http.options(f"/api/v1{path}", headers={"Access-Control-Request-Method": "GET"}),
        await filled.http.post(f"/api/v1{path}"),
    ):
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "set-cookie" not in response.headers


async def test_a_browser_that_asks_first_hears_what_it_may(filled):
    response = await filled.http.options("/api/v1/offers", headers={"Access-Control-Request-Method": "GET"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["access-control-allow-methods"] == response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["access-control-allow-headers"] == "If-None-Match"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
async def test_nothing_can_be_written(filled, method):
    response = await filled.http.request(method, "/api/v1/offers", content=b"{}")
    filled.promises.check("/offers", response)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/nergens", "/offers/t1/meer", "/offers/", "/v2"])
async def test_another_address_is_refused_as_a_problem(filled, path):
    response = await filled.http.get(f"/api/v1{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def test_the_rest_of_the_house_stays_closed_to_other_sites(filled):
    for path in ("/api/nergens", "/nergens"):
        response = await filled.http.get(path)
        assert response.headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in response.headers


async def test_source_and_licence_go_with_every_answer(filled):
    response = await filled.get("/offers")
    assert response.headers["x-attribution"].startswith("Bron:")
    assert response.links["license"]["url"] == LICENCE
    assert response.links["service-desc"]["url"] == f"{BASE}/api/v1/openapi.json"
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_who_asks_too_fast_waits(tmp_path, regions):
    house = OpenHouse(tmp_path, regions, TokenBuckets(most=3, per_second=0.5, clock=lambda: 0.0))
    codes = [(await house.get("/offers")).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    refused = await house.get("/offers")
    assert int(refused.headers["retry-after"]) >= 2
    other = httpx.ASGITransport(app=house.app, client=("10.0.0.9", 1))
    async with httpx.AsyncClient(transport=other, base_url=BASE) as somebody_else:
        assert (await somebody_else.get("/api/v1/offers")).status_code == 200
    house.engine.dispose()


async def test_a_failure_says_nothing_of_the_inside(filled, monkeypatch, caplog):
    monkeypatch.setattr(filled.catalogue, "offers", lambda: 1 / 0)
    response = await filled.get("/offers?search=geheim")
    assert response.status_code == 500
    assert "division" not in response.text + caplog.text
    assert "geheim" not in caplog.text
    assert "open catalogue failed at /api/v1/offers" in caplog.text


async def test_a_document_that_names_other_parameters_than_the_code_does_not_start(monkeypatch):
    monkeypatch.setattr("channels.open_api.document.KNOWN", ("page",))
    with pytest.raises(ValueError, match="differ in their parameters"):
        openapi_document(BASE)
