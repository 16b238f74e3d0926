"""Where somebody is signed in: a list with an end to each, for oneself and for an administrator, and audited."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import pytest
from itsdangerous import URLSafeSerializer
from sqlalchemy import func, select

from bot.audit.log import AuditFilter, AuditLog
from bot.privacy.retention import SESSION_KEPT, Retention
from bot.staff.accounts import StaffRole
from bot.staff.sessions import IDLE_LASTS, Device, OpenSessions
from bot.staff.sign_in_settings import SecondFactorRule, SignInSettings
from bot.staff.tables import staff_sessions
from channels.desk.devices import device_of
from channels.desk.sessions import BY_LINK
from tests.unit.channels.desk_site import open_site

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML) Version/18.1 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0"
FACTOR = "/desk/account/tweede-stap"


@pytest.fixture
def site(tmp_path):
    with open_site(tmp_path, sign_in=SignInSettings(SecondFactorRule.OFF)) as site:
        site.wim = site.staff.add("Wim", "wim@ede.example", StaffRole.ADMIN, "Ede")
        site.anja = site.staff.add("Anja", "anja@assen.example", StaffRole.ADMIN, "Assen")
        yield site


def entered(site, who, agent=FIREFOX):
    browser = site.browser()
    browser.client.headers["user-agent"] = agent
    return browser.enter(who)


def numbers(page, path="account"):
    return re.findall(rf'action="/desk/{path}/sessies/(\d+)/beeindigen"', page.text)


def acts(site):
    lines = AuditLog(site.staff.sessions, lambda: datetime.now(timezone.utc)).all(AuditFilter(), 100)
    return [(one.name, one.act, one.subject, one.outcome.value) for one in lines]


async def test_the_account_lists_every_browser_in_plain_words_and_marks_this_one(site):
    office, phone = await entered(site, site.petra), await entered(site, site.petra, PHONE)
    page = (await office.get("/desk/account")).text
    assert "Firefox op Windows <span" in page
    assert "Safari op iPhone" in page
    assert page.count("dit apparaat") == 1
    assert len(numbers(await phone.get("/desk/account"))) == 2
    assert "Nergens" not in page


async def test_one_is_ended_and_the_others_go_on(site):
    office, phone = await entered(site, site.petra), await entered(site, site.petra, PHONE)
    page = (await office.get("/desk/account")).text
    there = re.search(r"Safari op iPhone.*?sessies/(\d+)/", page, re.DOTALL)[1]
    done = await office.post(f"/desk/account/sessies/{there}/beeindigen")
    assert done.headers["location"] == "/desk/account?done=session"
    assert (await phone.get("/desk/account")).headers["location"].startswith("/desk/sign-in")
    assert (await office.get("/desk/account?done=session")).status_code == 200
    assert ("Petra", "account.sessies.beeindigen", there, "done") in acts(site)


async def test_ending_that_of_this_browser_is_signing_out_here_only(site):
    office, phone = await entered(site, site.petra), await entered(site, site.petra, PHONE)
    page = (await office.get("/desk/account")).text
    here = re.search(r"dit apparaat.*?sessies/(\d+)/", page, re.DOTALL)[1]
    assert (await office.post(f"/desk/account/sessies/{here}/beeindigen")).headers["location"] == "/desk/sign-in"
    assert (await office.get("/desk/account")).status_code == 303
    assert (await phone.get("/desk/account")).status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "1e3", "١"])
async def test_nobody_ends_what_is_not_theirs(site, number):
    petra, karim = await entered(site, site.petra), await entered(site, site.karim)
    theirs = numbers(await karim.get("/desk/account"))[0]
    for each in (theirs, number):
        done = await petra.post(f"/desk/account/sessies/{each}/beeindigen")
        assert done.headers["location"].endswith("done=session_gone")
    assert (await karim.get("/desk/account")).status_code == 200


async def test_an_administrator_sees_and_ends_those_of_the_own_municipality_only(site):
    petra = await entered(site, site.petra, EDGE)
    wim, anja = await entered(site, site.wim), await entered(site, site.anja)
    one = f"/desk/medewerkers/{site.petra.id}"
    page = await wim.get(one)
    assert "Edge op Windows" in page.text
    (number,) = numbers(page, f"medewerkers/{site.petra.id}")
    for path in (f"{one}/sessies/{number}/beeindigen", f"{one}/overal-uitloggen"):
        assert (await anja.post(path)).status_code == 404
        assert (await petra.post(path)).status_code == 403
    of_wim = f"/desk/medewerkers/{site.wim.id}/sessies/{number}/beeindigen"
    assert (await wim.post(of_wim)).headers["location"].endswith("session_gone"), "a number belongs to its person"
    assert (await petra.get("/desk/account")).status_code == 200
    assert (await wim.post(f"{one}/sessies/{number}/beeindigen")).headers["location"].endswith("done=session")
    assert (await petra.get("/desk/account")).status_code == 303
    assert ("Wim", "medewerkers.sessies.beeindigen", f"{site.petra.id}/{number}", "done") in acts(site)


async def test_an_administrator_signs_somebody_out_everywhere(site):
    browsers = [await entered(site, site.petra), await entered(site, site.petra, PHONE)]
    wim = await entered(site, site.wim)
    await wim.post(f"/desk/medewerkers/{site.petra.id}/overal-uitloggen")
    for browser in browsers:
        assert (await browser.get("/desk/account")).status_code == 303
    assert "Nergens op dit moment" in (await wim.get(f"/desk/medewerkers/{site.petra.id}")).text
    assert (await wim.get("/desk/account")).status_code == 200
    assert ("Wim", "medewerkers.overal-uitloggen", str(site.petra.id), "done") in acts(site)


async def test_a_cookie_of_before_is_worth_nothing_after_its_session_ended(site):
    """Replaying the cookie of a session that was ended, also with its form token."""
    browser = await entered(site, site.petra)
    kept, token = dict(browser.client.cookies), browser.token
    await browser.post("/desk/sign-out")
    thief = site.browser()
    thief.client.cookies.update(kept)
    assert (await thief.get("/desk/")).status_code == 303
    assert (await thief.post("/desk/account/password", form_token=token, password="x")).status_code == 303


async def test_a_session_that_somebody_was_given_never_becomes_theirs(site):
    """Session fixation: what the browser held before signing in is replaced, and was nobody's."""
    attacker = site.browser()
    await attacker.get("/desk/sign-in")
    victim = site.browser()
    victim.client.cookies.update(dict(attacker.client.cookies))
    await victim.enter(site.petra)
    assert (await attacker.get("/desk/")).status_code == 303


async def test_the_cookie_is_signed_with_sha_256(site):
    """One that is signed with the right secret, as it was until now, by SHA-1."""
    real = await entered(site, site.petra)
    older = URLSafeSerializer("a secret of the tests", salt="desk-session")
    said = [site.petra.id, datetime.now(timezone.utc).timestamp(), "x" * 22, BY_LINK, False, 9e9]
    forged = site.browser()
    forged.client.cookies.set("adempauze-desk", str(older.dumps(said)), path="/desk")
    assert (await forged.get("/desk/account")).status_code == 303
    signature = real.client.cookies["adempauze-desk"].rsplit(".", 1)[1]
    assert len(signature) == 43, "256 bits"


class TestSecondFactorForEverybody:
    async def test_by_default_everybody_sets_it_up_first(self, tmp_path):
        with open_site(tmp_path, sign_in=SignInSettings()) as site:
            for who in (site.petra, site.els):
                browser = await site.browser().enter(who)
                for path in ("/desk/", "/desk/account", "/desk/static/../account"):
                    assert (await browser.get(path)).headers["location"] == FACTOR
                assert (await browser.get(FACTOR)).status_code == 200

    @pytest.mark.parametrize(
        ("base_url", "asked"),
        [("http://localhost:8080", False), ("http://127.0.0.1:8080", False), ("https://adempauze.ede.example", True)],
    )
    async def test_who_tries_it_on_the_own_machine_comes_in_by_the_link_of_the_start(self, tmp_path, base_url, asked):
        with open_site(tmp_path, base_url, SignInSettings()) as site:
            with site.engine.begin() as connection:
                connection.exec_driver_sql("DELETE FROM staff_accounts")
            (coordinator, _), (editor, _) = site.staff.ensure_local_staff()
            for who in (coordinator, editor):
                page = await (await site.browser().enter(who)).get("/desk/account")
                assert (page.status_code == 303) is asked
            another = site.staff.add("Ines", "ines@localhost", StaffRole.COORDINATOR)
            assert (await (await site.browser().enter(another)).get("/desk/account")).status_code == 303


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, Device("Firefox", "Windows")),
        (PHONE, Device("Safari", "iPhone")),
        (EDGE, Device("Edge", "Windows")),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", Device("Chrome", "Linux")),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/131 Mobile SamsungBrowser/27", Device("Samsung Internet", "Android")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18 Safari/605", Device("Safari", "Mac")),
        ("<script>alert(1)</script>", Device()),
        ("", Device()),
        ("x" * 100_000 + " Firefox/1 Windows", Device()),
    ],
)
def test_a_browser_is_known_by_what_people_call_it(agent, device):
    assert device_of(agent) == device


async def test_what_is_over_leaves_the_list_and_then_the_database(site):
    await entered(site, site.petra)
    later = [datetime.now(timezone.utc) + IDLE_LASTS + timedelta(minutes=1)]
    rows = OpenSessions(site.staff.sessions, lambda: later[0])
    assert rows.of(site.petra.id) == []
    assert kept(site) == 1
    later[0] += SESSION_KEPT
    Retention(site.staff.sessions, lambda: later[0]).tidy()
    assert kept(site) == 0


def kept(site) -> int:
    with site.staff.sessions() as session:
        return session.execute(select(func.count()).select_from(staff_sessions)).scalar_one()
