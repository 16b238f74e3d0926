"""Anything in any form and any address of the desk, for everybody who works there; and any file for the catalogue."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.staff.accounts import StaffRole
from channels.serving import application
from tests.fuzz.counting import threw
from tests.fuzz.inputs import SECONDS_AT_MOST, nasty, nasty_bytes, thrown
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk_site import Browser
from tests.unit.channels.test_who_may_come_where import DECIDED, SHELVES

NAMES = sorted(
    {
        name
        for page in Path("channels/desk/templates").rglob("*.html")
        for name in re.findall(r'name="([\w.-]+)"', page.read_text(encoding="utf-8"))
    }
    - {"form_token"}
)
ADDRESSES = sorted(
    one.replace("{shelf}", shelf)
    for decision, addresses in DECIDED.items()
    if decision not in ("public", "folders")
    for one in addresses
    for shelf in SHELVES
    if "static" not in one
)
FINE = (200, 303, 304, 400, 403, 404, 405, 409, 410, 413, 415, 422, 429)
PLACES = ("reference", "token", "rest:path", "staff_id", "id", "number", "letter", "place", "ending", "record")


class Worker:
    """Somebody at the desk who comes in again when a form sent them out."""

    def __init__(self, app, house, loop, role):
        self.house, self.loop = house, loop
        self.base_url, self.app, self.staff = "http://desk.test", app, house.staff
        self.person = house.staff.add(role.label, f"fuzz-{role.value}@ede.example", role, "Ede")
        self._enter()

    def _enter(self):
        self.browser = self.loop.run_until_complete(Browser(self).enter(self.person))

    def asks(self, method: str, path: str, **options) -> httpx.Response:
        call = self.browser.client.request(method, path, **options)
        response = self.loop.run_until_complete(asyncio.wait_for(call, SECONDS_AT_MOST))
        if response.status_code == 303 and "/sign-in" in response.headers["location"]:
            self._enter()
        return response


@pytest.fixture(scope="module")
def workers(target, loop, in_haste):
    app = application(target)
    sent(target.requests, "fuzz")
    return [Worker(app, target, loop, role) for role in StaffRole]


def _filled(path: str, words: dict[str, str]) -> str:
    for name in PLACES:
        path = path.replace(f"{{{name}}}", words.get(name, "x"))
    return re.sub(r"\{[\w:]+\}", "x", path)


def _safe(word: str) -> str:
    """A word as part of an address, as a browser sends it."""
    return httpx.QueryParams({"a": word.encode("utf-8", "replace").decode()[:300]}).__str__()[2:]


KNOWN = st.sampled_from(("AP-0000-00", "o002", "1", "GM0228", "csv", "9999", "-1", "0", "99999999999999999999"))
WORDS = st.dictionaries(st.sampled_from(PLACES), KNOWN | nasty().map(_safe), max_size=3)
FIELDS = st.lists(st.tuples(st.sampled_from(NAMES), nasty() | KNOWN), max_size=8)


@thrown("desk")
@given(who=st.integers(0, len(StaffRole) - 1), address=st.sampled_from(ADDRESSES), words=WORDS, fields=FIELDS)
def test_no_form_and_no_address_breaks(workers, who, address, words, fields):
    threw("desk")
    worker = workers[who]
    method, path = address.split(" ", 1)
    pairs = [(name, value.encode("utf-8", "surrogatepass").decode("latin-1")) for name, value in fields]
    if method == "GET":
        response = worker.asks("GET", f"{_filled(path, words)}?{httpx.QueryParams(pairs)}"[:60_000])
    else:
        body = str(httpx.QueryParams([*pairs, ("form_token", worker.browser.token)]))
        kind = {"content-type": "application/x-www-form-urlencoded"}
        response = worker.asks("POST", _filled(path, words), content=body, headers=kind)
    assert response.status_code in FINE, f"{method} {path}"
    assert "<script>alert" not in response.text
    assert "onerror=alert(1)>" not in response.text


def _upload(worker, name: str, content: bytes) -> httpx.Response:
    form = {"form_token": worker.browser.token}
    path = "/desk/catalogus/bestanden/proef"
    return worker.asks("POST", path, data=form, files={"file": (name, content)})


@thrown("import")
@given(
    ending=st.sampled_from(("csv", "xlsx", "json", "hsds.json", "exe", "CSV", "")),
    content=nasty_bytes() | nasty().map(lambda text: f"Kenmerk;Naam\no002;{text}\n".encode("utf-8", "surrogatepass")),
)
def test_no_file_breaks_the_catalogue(workers, ending, content):
    threw("import")
    editor = next(worker for worker in workers if worker.person.role is StaffRole.EDITOR)
    before = len(editor.house.catalogue.offers())
    response = _upload(editor, f"lijst.{ending}", content)
    assert response.status_code in FINE
    assert "<script>alert" not in response.text
    assert len(editor.house.catalogue.offers()) == before, "a trial writes nothing"
