"""By which name we are called, from where, how often, and for how long somebody stays."""

from __future__ import annotations

import httpx
import pytest
from starlette.requests import Request

from bot.settings import Settings, SettingsError
from bot.staff.accounts import StaffRole
from channels.desk.sessions import IDLE_LASTS, SESSION_LASTS
from channels.web import streaming
from channels.web.guards import address_of
from tests.unit.channels.desk_site import PASSWORD, Browser

OURS = {"X-Adempauze": "1"}


def client_of(site, address="203.0.113.5", **options):
    transport = httpx.ASGITransport(app=site.app, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url=site.base_url, **options)


@pytest.mark.parametrize("host", ["adempauze.example", "ADEMPAUZE.example:443", "adempauze.example.", "localhost:8080",
                                  "127.0.0.1", "[::1]:8080", "10.1.2.3:8080"])  # fmt: skip
async def test_we_answer_to_our_own_names(site, host):
    response = await client_of(site).get("/health", headers={"Host": host})
    assert response.status_code in (200, 503)


@pytest.mark.parametrize("host", ["elders.example", "adempauze.example.elders.example", "", "a@adempauze.example",
                                  "adempauze.example/x", "adempauze.example:x", "[::1", "x y"])  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/api/messages", "/desk/sign-in", "/adempauze.js"])
async def test_another_name_gets_nothing_but_whom_to_call(site, host, path):
    response = await client_of(site).get(path, headers={"Host": host})
    assert response.status_code == 421
    assert response.headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in response.headers


async def test_an_operator_can_name_more(site_with):
    site = site_with(hosts=("intern.ede.example",))
    assert (await client_of(site).get("/", headers={"Host": "intern.ede.example"})).status_code == 200


async def test_somebody_who_writes_her_own_address_is_not_believed(site_with):
    """Without proxies of ours the header is anybody's word: the fortieth start from one address is the last."""
    site = site_with()
    statuses = []
    for number in range(42):
        async with client_of(site, headers={**OURS, "X-Forwarded-For": f"198.51.100.{number}"}) as one:
            statuses.append((await one.post("/api/conversation", json={})).status_code)
    assert statuses[:40] == [200] * 40
    assert statuses[41] == 429


async def test_behind_a_proxy_everybody_has_her_own_address(site_with):
    site = site_with(proxies=1)
    statuses = []
    for number in range(42):
        async with client_of(site, headers={**OURS, "X-Forwarded-For": f"198.51.100.{number}"}) as one:
            statuses.append((await one.post("/api/conversation", json={})).status_code)
    assert set(statuses) == {200}


@pytest.mark.parametrize("header", ["1.1.1.{n}, 198.51.100.7", "{n}, 198.51.100.7", ",,{n},198.51.100.7"])
async def test_what_stands_before_the_word_of_our_proxy_is_not_read(site_with, header):
    site = site_with(proxies=1)
    for number in range(41):
        async with client_of(site, headers={**OURS, "X-Forwarded-For": header.format(n=number)}) as one:
            last = (await one.post("/api/conversation", json={})).status_code
    assert last == 429


@pytest.mark.parametrize("count", ["-1", "een", "10", "1.5", "²"])
def test_a_wrong_number_of_proxies_stops_the_start(tmp_path, count):
    with pytest.raises(SettingsError, match="ADEMPAUZE_PROXIES"):
        Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path), "ADEMPAUZE_PROXIES": count})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.5", "203.0.113.6", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:203.0.113.5", "203.0.113.5", True),
    ],
)
def test_who_has_one_address_of_a_network_has_them_all(one, other, same):
    keys = [address_of(Request({"type": "http", "headers": [], "client": (told, 1)})) for told in (one, other)]
    assert (keys[0] == keys[1]) is same


async def test_one_address_cannot_take_the_turns_of_all(site_with):
    site = site_with()
    talks = []
    for number in range(30):  # many people of one address, none of them too fast
        person = client_of(site, f"2001:db8:{number:x}::1", headers=OURS)
        await person.post("/api/conversation", json={})
        talks.append(person.cookies)
    answers = []
    for turn in range(12):
        for cookies in talks:
            async with client_of(site, "203.0.113.77", headers=OURS, cookies=cookies) as one:
                say = {"text": "hallo", "client_id": f"message-{turn}"}
                answers.append(await one.post("/api/messages", json=say))
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[0].json()["error"] == "too_many"
    assert refused[0].json()["text"]
    assert int(refused[0].headers["retry-after"]) >= 1


async def test_one_address_cannot_hold_all_streams(site, monkeypatch):
    monkeypatch.setattr(streaming, "MOST_STREAMS_THERE", 0)
    async with client_of(site, "203.0.113.78", headers=OURS) as one:
        await one.post("/api/conversation", json={})
        response = await one.get("/api/stream")
    assert (response.status_code, response.json()["error"]) == (429, "too_many")


async def test_guessing_passwords_from_one_address_is_slowed_in_words(site_with):
    site = site_with()
    browser = Browser(site)
    await browser.get("/desk/sign-in")
    answers = [await browser.post("/desk/sign-in", email=f"x{n}@ede.example", password="x") for n in range(31)]
    assert [answer.status_code for answer in answers[:30]] == [422] * 30
    assert answers[30].status_code == 429
    assert "Wacht een paar minuten" in answers[30].text


def cookie_of(browser):
    return next(cookie for cookie in browser.client.cookies.jar if cookie.name.endswith("adempauze-desk"))


async def test_coming_in_makes_a_new_session_and_a_new_form_token(site):
    person = site.people[StaffRole.EDITOR]
    site.staff.set_password(person.email, PASSWORD)
    browser = Browser(site)
    await browser.get("/desk/sign-in")
    before, token = cookie_of(browser).value, browser.token
    await browser.post("/desk/sign-in", email=person.email, password=PASSWORD)
    await browser.get("/desk/account")
    assert cookie_of(browser).value != before
    assert browser.token != token


@pytest.mark.parametrize(("step", "times", "there"), [(IDLE_LASTS * 0.9, 4, True), (IDLE_LASTS * 1.01, 1, False)])
async def test_who_works_stays_and_who_is_away_is_asked_again(site, clock, step, times, there):
    browser = await Browser(site).enter(site.people[StaffRole.COORDINATOR])
    for _ in range(times):
        clock.moment += step
        response = await browser.get("/desk/account")
    assert (response.status_code == 200) is there


async def test_a_page_that_refreshes_itself_keeps_nobody_in(site, clock):
    browser = await Browser(site).enter(site.people[StaffRole.COORDINATOR])
    for _ in range(13):
        clock.moment += IDLE_LASTS / 12
        await browser.get("/desk/inbox/list")
    assert (await browser.get("/desk/account")).status_code == 303


async def test_nobody_stays_longer_than_a_working_day(site, clock):
    browser = await Browser(site).enter(site.people[StaffRole.COORDINATOR])
    for _ in range(11):
        clock.moment += SESSION_LASTS / 10.5
        response = await browser.get("/desk/account")
    assert response.status_code == 303


async def test_another_role_counts_at_once_and_disabling_ends_it(site, open_house):
    person = open_house.staff.add("Wisselaar", "wisselaar@ede.example", StaffRole.COORDINATOR, "Ede")
    browser = await Browser(site).enter(person)
    assert (await browser.get("/desk/")).status_code == 200
    open_house.staff.change(person, name=person.name, role=StaffRole.EDITOR, municipality="Ede", team=None)
    assert (await browser.get("/desk/")).status_code in (303, 403)
    open_house.staff.disable(person.email)
    assert (await browser.get("/desk/account")).status_code == 303


async def test_cookies_are_for_our_own_pages_and_no_script(site):
    browser = Browser(site)
    desk = (await browser.get("/desk/sign-in")).headers["set-cookie"]
    async with client_of(site, "203.0.113.79", headers=OURS) as one:
        talk = (await one.post("/api/conversation", json={})).headers["set-cookie"]
    for cookie in (desk, talk):
        assert cookie.startswith("__Host-")
        for part in ("; HttpOnly", "; Secure", "; SameSite=lax", "; Path=/"):
            assert part.lower() in cookie.lower()
        assert "domain" not in cookie.lower()


async def test_a_talk_is_known_by_a_secret_that_cannot_be_guessed(open_house):
    ids = {open_house.conversations.start("web").id for _ in range(50)}
    assert len(ids) == 50
    assert min(map(len, ids)) >= 43  # 256 bits
