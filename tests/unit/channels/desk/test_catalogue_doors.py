"""Who may come where in the catalogue, read from the route table."""

from __future__ import annotations

import pytest

from bot.staff.accounts import StaffRole
from channels.desk.doors import Door
from tests.unit.channels.desk_site import Browser
from tests.unit.channels.test_desk_doors import routes_of

LOOKING = {"/desk/catalogus/aanbod", "/desk/catalogus/aanbod/{id}/bekijken", "/desk/catalogus/widget.css"}
REPORTING = {"/desk/catalogus/aanbod/{id}/klopt-niet"}
EDITING = {StaffRole.EDITOR, StaffRole.ADMIN}


def catalogue_routes(site):
    return [one for one in routes_of(site) if one[0].startswith("/desk/catalogus")]


def address(path: str) -> str:
    return path.replace("{id}", "o001").replace("{number}", "1").replace("{ending}", "csv")


def test_every_page_of_the_catalogue_names_who_may_come_there(site):
    routes = catalogue_routes(site)
    assert len(routes) > 60
    for path, method, route in routes:
        assert isinstance(route.endpoint, Door), path
        if path in LOOKING:
            assert route.endpoint.roles == frozenset(StaffRole), path
            assert method == "GET"
        elif path in REPORTING:
            assert route.endpoint.roles == {StaffRole.COORDINATOR, StaffRole.TEAM_LEAD, StaffRole.ADMIN}, path
        else:
            assert route.endpoint.roles == EDITING, path


async def test_nobody_comes_in_without_signing_in(site):
    for path, method, _ in catalogue_routes(site):
        response = await Browser(site).client.request(method, address(path))
        assert (response.status_code, response.headers["location"].split("?")[0]) == (303, "/desk/sign-in"), path


async def test_a_coordinator_looks_and_reports_but_changes_nothing(site):
    petra = await Browser(site).enter(site.petra)
    for path, method, _ in catalogue_routes(site):
        response = await (petra.get if method == "GET" else petra.post)(address(path))
        if path in LOOKING:
            assert response.status_code == 200, path
        elif path in REPORTING:
            assert response.status_code == 404  # no reason was chosen
        else:
            assert response.status_code == 403, path
    assert "/nieuw" not in (await petra.get("/desk/catalogus/aanbod")).text


async def test_what_a_coordinator_reports_stands_on_top_of_the_queue(site):
    petra = await Browser(site).enter(site.petra)
    assert 'href="/desk/catalogus/aanbod"' in (await petra.get("/desk/account")).text
    await petra.get("/desk/catalogus/aanbod/o001/bekijken")
    told = await petra.post("/desk/catalogus/aanbod/o001/klopt-niet", reason="gone", words="De deur is dicht.")
    assert told.headers["location"].endswith("bekijken?gedaan=reported")
    els = await Browser(site).enter(site.els)
    queue = (await els.get("/desk/catalogus")).text
    assert queue.index("Gemeld") < queue.index("Lang niet nagevraagd")
    assert "De deur is dicht." in (await els.get("/desk/catalogus/aanbod/o001")).text


async def test_a_form_without_the_token_of_this_browser_changes_nothing(site, els):
    for path, method, _ in catalogue_routes(site):
        if method == "POST":
            response = await els.client.post(address(path), data={"form_token": "forged"})
            assert response.status_code == 403, path
    assert site.records.recent(1, None)[0].action.value == "seeded"


async def test_an_editor_lands_on_the_queue(site):
    browser = Browser(site)
    link = f"/desk/enter/{site.staff.issue_sign_in(site.els.email)}"
    await browser.get(link)
    assert (await browser.post(link)).headers["location"] == "/desk/catalogus"
    page = await browser.get("/desk/catalogus")
    assert page.status_code == 200
    assert "Niet compleet" in page.text


@pytest.mark.parametrize("path", ["aanbod/nergens", "feiten/nergens", "aanbod/nergens/geschiedenis", "nergens"])
async def test_what_is_not_there_says_so(els, path):
    assert (await els.get(f"/desk/catalogus/{path}")).status_code == 404
    for action in ("bekijk", "bewaar", "publiceer", "controle"):
        assert (await els.post(f"/desk/catalogus/{path}", action=action)).status_code in (404, 405)
