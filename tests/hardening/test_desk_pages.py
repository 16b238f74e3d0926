"""What every page of the desk keeps to: a way out, no password in sight, and passwords taken as they are typed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from starlette.routing import Mount

from bot.staff.accounts import StaffRole
from channels.desk.doors import Door
from tests.unit.channels.desk_site import Browser
from tests.unit.channels.test_who_may_come_where import address_of

ODD_PASSWORDS = (
    "  spaties voor en achter  ",
    "Ünïcödé – 🌿🌿🌿 – ٣٤٥ – 密码",
    "'; DROP TABLE staff; -- \" \\ %00 <b>",
    "tab\tin het midden van dit\tgeheim",
    " ".join(f"kachel{n} molen fluit wandelt{n}" for n in range(12)),
)


def pages_of(site):
    """Every address of the desk that is looked at."""
    for key, route in site.routes.items():
        if not isinstance(route, Mount) and isinstance(route.endpoint, Door) and key.startswith("GET "):
            yield address_of(key)[1]


@pytest.mark.parametrize("role", StaffRole, ids=str)
async def test_who_is_signed_in_can_sign_out_on_every_page(site, role):
    browser = await Browser(site).enter(site.people[role])
    seen = 0
    for path in pages_of(site):
        if "sign-out" in path or "uitgelogd" in path:
            continue
        page = await browser.get(path)
        if page.text.lstrip().lower().startswith("<!doctype html") and browser.client.cookies:
            assert 'action="/desk/sign-out"' in page.text, (path, page.status_code)
            seen += 1
    assert seen > 10


async def test_no_page_shows_a_password_that_is_typed(site):
    admin = await Browser(site).enter(site.people[StaffRole.ADMIN])
    fields = []
    for browser in (Browser(site), admin):
        for path in pages_of(site):
            page = await browser.get(path)
            fields += [(path, tag) for tag in re.findall(r"<input[^>]*>", page.text) if "password" in tag]
    assert fields
    for path, tag in fields:
        assert 'type="password"' in tag, (path, tag)
        assert "value=" not in tag, (path, tag)
        assert re.search(r'autocomplete="(current|new)-password"', tag), (path, tag)


@pytest.mark.parametrize("password", ODD_PASSWORDS, ids=[str(number) for number in range(len(ODD_PASSWORDS))])
async def test_a_password_of_any_signs_is_taken_as_it_is_typed(site_with, password):
    site = site_with()
    person = site.people[StaffRole.EDITOR]
    site.staff.set_password(person.email, password)
    others = {password.strip(), password.upper(), password[:72], unicodedata.normalize("NFD", password)} - {password}
    for typed in others:
        stranger = Browser(site)
        await stranger.get("/desk/sign-in")
        assert (await stranger.post("/desk/sign-in", email=person.email, password=typed)).status_code == 422, typed
    browser = Browser(site)
    await browser.get("/desk/sign-in")
    assert (await browser.post("/desk/sign-in", email=person.email, password=password)).status_code == 303
