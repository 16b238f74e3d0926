"""Whatever address is called, and however: the answer is guarded, and nothing is done for who may not."""

from __future__ import annotations

import httpx
import pytest
from starlette.routing import Mount

from bot.staff.accounts import StaffRole
from channels.desk.doors import Door
from tests.unit.channels.desk_site import PASSWORD, Browser
from tests.unit.channels.test_who_may_come_where import address_of

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}
ODD_METHODS = ("TRACE", "PUT", "PATCH", "PROPFIND", "TRACK", "X" * 40)
OPEN = ("/api/v1", "/health", "/metrics", "/ready")  # read by everybody; nothing of a person in it
NOT_THERE = ("/nergens", "/api/nergens", "/desk/nergens", "/desk/static/nergens.css", "/assets/nergens.js", "/print/x")
ELSEWHERE = {"Origin": "https://elders.example", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def client(site):
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=site.app), base_url=site.base_url)


def called(site) -> list[tuple[str, str]]:
    """Every address with every method it knows."""
    found = []
    for key, route in site.routes.items():
        if isinstance(route, Mount):
            found += [("GET", f"{key}/nergens"), ("POST", f"{key}/nergens")]
        else:
            found.append(address_of(key.replace("ANY ", "GET ")))
    return [*found, *(("GET", path) for path in NOT_THERE)]


def check_headers(response, where):
    for name, value in ALWAYS.items():
        assert response.headers.get(name) == value, f"{where}: {name}"
    policy = response.headers["content-security-policy"]
    for part in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert part in policy, f"{where}: {part}"
    assert "unsafe" not in policy, where
    assert response.headers["referrer-policy"] in ("same-origin", "no-referrer"), where
    assert response.headers["cross-origin-opener-policy"] == "same-origin", where
    assert "permissions-policy" in response.headers, where
    assert "server" not in response.headers, where


async def test_every_answer_carries_its_guards_whatever_it_says(site, client):
    for method, path in called(site):
        response = await client.request(method, path)
        assert response.status_code < 500 or path == "/health", f"{method} {path}"
        check_headers(response, f"{method} {path} ({response.status_code})")


async def test_an_odd_method_does_nothing_anywhere(site, client):
    for path in sorted({path for _, path in called(site)}):
        for method in ODD_METHODS:
            response = await client.request(method, path, headers={"X-Secret": "echo"})
            assert response.status_code in (303, 403, 404, 405), f"{method} {path}"
            assert "echo" not in response.text
            check_headers(response, f"{method} {path}")


async def test_files_that_are_served_are_guarded_too(client):
    for path in ("/desk/static/desk.css", "/assets/icon.svg", "/adempauze.js", "/desk/static/icon.svg"):
        response = await client.get(path)
        assert response.status_code == 200, path
        check_headers(response, path)


@pytest.mark.parametrize("folder", ["/assets", "/desk/static", "/print"])
@pytest.mark.parametrize(
    "way",
    ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "....//app.py", "%2e%2e%2f%2e%2e%2fpyproject.toml", "..\\app.py",
     "%5c..%5capp.py", "/etc/passwd", "%00", "a%00.css", "./", ""],
)  # fmt: skip
async def test_no_way_leads_out_of_a_folder_and_none_is_listed(client, folder, way):
    response = await client.get(f"{folder}/{way}")
    assert response.status_code in (404, 405), response.text[:200]
    assert "import" not in response.text
    assert "root:" not in response.text


@pytest.mark.parametrize("role", StaffRole, ids=str)
async def test_no_form_of_the_desk_works_without_its_own_token(site, role):
    stranger = await Browser(site).enter(site.people[StaffRole.AUDITOR])
    browser = await Browser(site).enter(site.people[role])
    tried = 0
    for key, route in site.routes.items():
        door = getattr(route, "endpoint", None)
        if not isinstance(door, Door) or not key.startswith("POST "):
            continue
        if door.roles is not None and role not in door.roles:
            continue
        for fields in ({"x": ""}, {"form_token": ""}, {"form_token": stranger.token}):
            response = await browser.client.post(address_of(key)[1], data=fields)
            assert (response.status_code, "niet meer geldig" in response.text) == (403, True), key
        tried += 1
    assert tried > 3


async def test_nothing_of_a_carer_can_be_done_from_another_site(site, client):
    tried = 0
    for key, route in site.routes.items():
        if isinstance(route, Mount) or isinstance(route.endpoint, Door):
            continue
        method, path = address_of(key)
        if method not in ("POST", "DELETE"):
            continue
        response = await client.request(method, path, headers=ELSEWHERE, content=b"{}")
        assert response.status_code in (403, 404, 415), key
        assert "access-control-allow-origin" not in response.headers, key
        tried += 1
    assert tried >= 5


async def test_a_stranger_gets_no_permission_to_call(site, client):
    for key in site.routes:
        if key.startswith("OPTIONS "):
            asked = {**ELSEWHERE, "Access-Control-Request-Method": "POST"}
            response = await client.options(address_of(key)[1], headers=asked)
            assert response.status_code == 403, key
            assert "access-control-allow-origin" not in response.headers, key


async def test_what_is_personal_is_never_kept_by_a_browser_or_proxy(site, client):
    browser = await Browser(site).enter(site.people[StaffRole.ADMIN])
    for method, path in called(site):
        if (
            path.startswith(OPEN)
            or "/static" in path
            or not path.startswith(("/api/", "/desk", "/bel-mij", "/telegram"))
        ):
            continue
        response = await (browser.client if path.startswith("/desk") else client).request(method, path)
        if response.status_code < 400 or path.startswith("/desk"):
            assert "no-store" in response.headers.get("cache-control", ""), f"{method} {path} {response.status_code}"


SPLIT = "x%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0a<script>"


async def test_nothing_that_is_asked_ends_up_in_a_header(site, client):
    browser = await Browser(site).enter(site.people[StaffRole.ADMIN])
    for method, path in called(site):
        if method != "GET" or "uitgelogd" in path:
            continue
        asked = f"{path}?next={SPLIT}&gemeente={SPLIT}&via={SPLIT}&done={SPLIT}&search={SPLIT}&view={SPLIT}"
        response = await (browser.client if path.startswith("/desk") else client).get(asked)
        told = "\n".join(f"{name}: {value}" for name, value in response.headers.multi_items())
        assert "a=b" not in told.replace("%20a=b", "").replace("%20a%3Db", "").replace("+a%3Db", ""), path
        assert "\r" not in told, path


@pytest.mark.parametrize(
    "wanted",
    ["https://elders.example/", "//elders.example", "/\\elders.example", "/desk//elders.example", "/desk/\\elders",
     "javascript:alert(1)", "/desk/..//elders.example", "\t//elders.example",
     "/desk/\r\nLocation: x", "/elders", "desk"],
)  # fmt: skip
async def test_signing_in_leads_to_the_desk_and_nowhere_else(site, wanted):
    person = site.people[StaffRole.COORDINATOR]
    site.staff.set_password(person.email, PASSWORD)
    browser = Browser(site)
    await browser.get("/desk/sign-in", params={"next": wanted})
    there = await browser.post("/desk/sign-in", email=person.email, password=PASSWORD, next=wanted)
    assert there.status_code == 303
    assert there.headers["location"] in ("/desk/", "/desk/account/tweede-stap")
