"""Every route of the whole application and every role: what was decided about each, and that the doors keep to it.

The decisions stand in ``desk/who_may_come_where.yml``. A route that nobody decided on fails, and so does a decision
on a route that is gone.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.staff.accounts import Permission, StaffRole
from bot.staff.roles import MAY, who_may
from bot.staff.sign_in_settings import SecondFactorRule
from channels.desk.doors import Door
from channels.serving import application
from knowledge.yaml_files import read_yaml
from tests.house import MONDAY_MORNING, SetClock, opened_house
from tests.unit.channels.desk_site import Browser

DECIDED = read_yaml((Path(__file__).parent / "desk" / "who_may_come_where.yml").read_text(encoding="utf-8"))
SHELVES = ("aanbod", "feiten", "antwoorden", "loketten", "regels", "mededelingen")
NOT_FOR_THEM, NOT_VALID = "Deze pagina is niet voor uw rol", "Deze pagina was niet meer geldig"
WORDS = {"reference": "AP-0000-00", "token": "x", "rest:path": "x", "staff_id": "9999", "id": "x", "number": "1"}
WORDS["letter"] = "1"
WORDS["place"] = "GM0228"


def roles_of(decision: str) -> frozenset[StaffRole] | None:
    """What a heading of the decisions means: the roles, ``None`` for everybody."""
    if decision in ("public", "everyone"):
        return None
    return frozenset(StaffRole) if decision == "signed_in" else who_may(Permission(decision))


def decisions() -> dict[str, str]:
    found = {}
    for decision, addresses in DECIDED.items():
        for address in addresses if decision != "folders" else ():
            for one in {address.replace("{shelf}", shelf) for shelf in SHELVES}:
                found.setdefault(one, decision)  # what is said of one shelf goes before what is said of all
    return found


def routes_of(routes, prefix="") -> dict[str, Route | Mount]:
    found = {}
    for route in routes:
        path = prefix + route.path
        if isinstance(route, Mount) and not isinstance(route.app, StaticFiles):
            found.update(routes_of(route.routes, path))
        elif isinstance(route, Mount):
            found[path] = route
        else:
            found.update({f"{method} {path}": route for method in (route.methods or {"ANY"}) - {"HEAD"}})
    return found


def address_of(key: str) -> tuple[str, str]:
    method, path = key.split(" ", 1)
    for name, word in WORDS.items():
        path = path.replace(f"{{{name}}}", word)
    return method, path.replace("{ending}", "csv")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The whole application, with somebody in each role. The second factor has tests of its own."""
    folder = tmp_path_factory.mktemp("whole")
    with opened_house(folder, SetClock(MONDAY_MORNING), with_model=False) as house:
        sign_in = replace(house.settings.sign_in, second_factor=SecondFactorRule.OFF)
        house = replace(house, settings=replace(house.settings, sign_in=sign_in))
        people = {role: house.staff.add(role.label, f"{role.value}@ede.example", role, "Ede") for role in StaffRole}
        app = application(house)
        yield SimpleNamespace(
            app=app, staff=house.staff, people=people, base_url="http://desk.test", routes=routes_of(app.routes)
        )


def test_somebody_decided_on_every_route_and_no_decision_is_about_nothing(whole):
    routes, decided = set(whole.routes), set(decisions()) | set(DECIDED["folders"])
    own_list_of_offers = {"GET /desk/catalogus/aanbod"}  # decided apart from the other shelves
    assert routes - decided == set(), "nobody decided who may come here"
    assert decided - routes - own_list_of_offers == set(), "decided on, but not there"


def test_every_door_of_the_desk_is_for_the_roles_that_were_decided(whole):
    for key, decision in decisions().items():
        endpoint = whole.routes[key].endpoint
        assert isinstance(endpoint, Door) == (decision != "public"), key
        if isinstance(endpoint, Door):
            assert endpoint.roles == roles_of(decision), key


def test_what_is_done_and_every_request_that_is_seen_is_written_down(whole):
    for key, route in whole.routes.items():
        roles = getattr(getattr(route, "endpoint", None), "roles", None)
        if roles is not None and (key.startswith("POST ") or "{reference}" in key):
            assert route.endpoint.act, f"{key} leaves no line in the audit log"


@pytest.mark.parametrize("role", StaffRole, ids=str)
async def test_every_role_is_let_in_and_kept_out_as_decided(whole, role):
    browser = await Browser(whole).enter(whole.people[role])
    for key, decision in decisions().items():
        roles, (method, path) = roles_of(decision), address_of(key)
        if roles is None:
            continue
        if role not in roles:
            call = browser.get if method == "GET" else browser.post
            response = await call(path)
            assert (response.status_code, NOT_FOR_THEM in response.text) == (403, True), key
        elif method == "POST":  # let in as far as the form: one without our token does nothing
            response = await browser.post(path, form_token="forged")
            assert (response.status_code, NOT_VALID in response.text) == (403, True), key


async def test_nobody_gets_past_the_sign_in_without_signing_in(whole):
    browser = Browser(whole)
    for key, decision in decisions().items():
        if roles_of(decision) is not None:
            response = await browser.client.request(*address_of(key))
            assert (response.status_code, response.headers["location"].split("?")[0]) == (303, "/desk/sign-in"), key


def test_every_permission_is_somebodys_and_every_role_has_one():
    assert set(MAY) == set(StaffRole)
    assert all(MAY.values())
    assert all(who_may(permission) for permission in Permission)


def test_an_auditor_reads_the_log_and_nothing_else():
    assert MAY[StaffRole.AUDITOR] == {Permission.READ_AUDIT_LOG}
