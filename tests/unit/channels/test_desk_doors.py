"""Who may come where: every route of the desk, read from the route table."""

from __future__ import annotations

import pytest
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.staff.accounts import StaffRole
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk_site import PASSWORD, Browser, open_site


@pytest.fixture
def site(tmp_path):
    with open_site(tmp_path) as site:
        yield site


def routes_of(site) -> list[tuple[str, str, Route]]:
    """Every path with its method; the only other thing that may be mounted are static files."""
    found = []

    def walk(routes, prefix):
        for route in routes:
            if isinstance(route, Mount) and not isinstance(route.app, StaticFiles):
                walk(route.routes, prefix + route.path)
            elif isinstance(route, Mount):
                assert prefix + route.path == "/desk/static"
            else:
                found.extend((prefix + route.path, method, route) for method in route.methods - {"HEAD"})

    walk(site.app.routes, "")
    return found


def address(path: str, reference: str) -> str:
    return path.replace("{reference}", reference).replace("{token}", "x").replace("{rest:path}", "nergens")


async def test_nobody_gets_further_than_the_sign_in_without_one(site):
    request = sent(site.requests)
    for path, method, route in routes_of(site):
        if route.endpoint.roles is None:
            continue
        response = await Browser(site).client.request(method, address(path, request.reference))
        assert (response.status_code, response.headers["location"].split("?")[0]) == (303, "/desk/sign-in"), path
        assert request.question not in response.text


async def test_an_editor_sees_no_request(site):
    request = sent(site.requests)
    editor = await site.browser().enter(site.els)
    for path, method, route in routes_of(site):
        if route.endpoint.roles is None or StaffRole.EDITOR in route.endpoint.roles:
            continue
        call = editor.get if method == "GET" else editor.post
        response = await call(address(path, request.reference))
        assert response.status_code == 403, path
        assert request.question not in response.text


async def test_another_municipality_sees_no_request(site):
    request = sent(site.requests)
    stranger = await site.browser().enter(site.joost)
    for path, method, _ in routes_of(site):
        if "{reference}" in path:
            call = stranger.get if method == "GET" else stranger.post
            response = await call(address(path, request.reference), **({} if method == "GET" else {"text": "x"}))
            assert response.status_code == 404, path
    assert request.reference not in (await stranger.get("/desk/")).text


async def test_every_form_needs_the_token_of_its_own_browser(site):
    request = sent(site.requests)
    petra, karim = await site.browser().enter(site.petra), await site.browser().enter(site.karim)
    for token in ("", "0" * 64, karim.token, "é"):
        for path, method, _ in routes_of(site):
            if method == "POST":
                response = await petra.post(address(path, request.reference), form_token=token)
                assert response.status_code == 403, path
    assert site.requests.get(request.reference).owner == ""
    assert (await petra.get("/desk/account")).status_code == 200


class TestComingIn:
    async def test_by_password_to_the_page_that_was_asked_for(self, site):
        request = sent(site.requests)
        browser = site.browser()
        turned_away = await browser.get(f"/desk/requests/{request.reference}")
        await browser.get(turned_away.headers["location"])
        wanted = f"/desk/requests/{request.reference}"
        entered = await browser.post("/desk/sign-in", email=site.petra.email, password=PASSWORD, next=wanted)
        assert entered.headers["location"] == wanted
        assert (await browser.get(wanted)).status_code == 200

    @pytest.mark.parametrize(
        "wanted", ["https://elders.example", "//elders.example", "/desk/\\elders", "/desk//x", "/"]
    )
    async def test_it_never_leads_elsewhere(self, site, wanted):
        browser = site.browser()
        await browser.get("/desk/sign-in")
        entered = await browser.post("/desk/sign-in", email=site.petra.email, password=PASSWORD, next=wanted)
        assert entered.headers["location"] == "/desk/"

    async def test_wrong_in_any_way_gives_the_same_answer(self, site):
        answers = set()
        for email in (site.petra.email, site.karim.email, "niemand@ede.example"):
            browser = site.browser()
            await browser.get("/desk/sign-in")
            response = await browser.post("/desk/sign-in", email=email, password="iets heel anders")
            assert response.status_code == 422
            answers.add(response.text.replace(email, "").replace(browser.token, ""))
        assert len(answers) == 1

    async def test_looking_at_a_link_does_not_use_it_up(self, site):
        address = f"/desk/enter/{site.staff.issue_sign_in(site.petra.email)}"
        browser = site.browser()
        for _ in range(3):
            page = await browser.get(address)
            assert page.headers["referrer-policy"] == "no-referrer"
        assert (await browser.post(address)).headers["location"] == "/desk/"
        await browser.get(address)
        late = await browser.post(address)
        assert (late.status_code, "werkt niet meer" in late.text) == (410, True)

    async def test_an_editor_comes_to_the_account(self, site):
        browser = site.browser()
        address = f"/desk/enter/{site.staff.issue_sign_in(site.els.email)}"
        await browser.get(address)
        assert (await browser.post(address)).headers["location"] == "/desk/account"

    async def test_a_password_can_be_chosen_after_a_link(self, site):
        browser = await site.browser().enter(site.karim)
        for password, again, problem in (
            ("kort", "kort", "ten minste 12"),
            (PASSWORD, "anders", "twee keer hetzelfde"),
        ):
            response = await browser.post("/desk/account/password", password=password, again=again)
            assert (response.status_code, problem in response.text) == (422, True)
        await browser.post("/desk/account/password", password=PASSWORD, again=PASSWORD)
        assert site.staff.sign_in(site.karim.email, PASSWORD).id == site.karim.id


class TestSession:
    async def test_its_cookie_is_for_our_pages_only(self, site, tmp_path):
        cookie = (await site.browser().get("/desk/sign-in")).headers["set-cookie"].lower()
        for part in ("httponly", "samesite=lax", "path=/desk"):
            assert part in cookie
        assert "secure" not in cookie
        (tmp_path / "https").mkdir()
        with open_site(tmp_path / "https", "https://desk.test") as safe:
            cookie = (await safe.browser().get("/desk/sign-in")).headers["set-cookie"].lower()
        assert cookie.startswith("__host-")  # only this very host, and never over http
        assert "path=/;" in cookie
        assert "; secure" in cookie

    async def test_signing_out_ends_it_on_every_device(self, site):
        office, home = await site.browser().enter(site.petra), await site.browser().enter(site.petra)
        await office.post("/desk/sign-out")
        for browser in (office, home):
            assert (await browser.get("/desk/")).status_code == 303
        assert (await (await site.browser().enter(site.petra)).get("/desk/")).status_code == 200

    async def test_a_disabled_account_is_out_at_once(self, site):
        browser = await site.browser().enter(site.petra)
        site.staff.disable(site.petra.email)
        assert (await browser.get("/desk/")).status_code == 303

    @pytest.mark.parametrize("cookie", ["", "x", "WzEsMSwieCJd.forged", "[]"])
    async def test_a_forged_cookie_is_nobody(self, site, cookie):
        response = await site.browser().get("/desk/", headers={"cookie": f"adempauze-desk={cookie}"})
        assert response.status_code == 303

    async def test_the_token_from_before_signing_in_is_worth_nothing_after(self, site):
        browser = site.browser()
        await browser.get("/desk/sign-in")
        before = browser.token
        await browser.enter(site.petra)
        assert (await browser.post("/desk/sign-out", form_token=before)).status_code == 403
