"""The pages about people: the second factor, who works here, and the audit log."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timezone

import pyotp
import pytest

from bot.audit.log import AuditFilter, AuditLog
from bot.staff.accounts import StaffRole
from bot.staff.sign_in_settings import SecondFactorRule, SignInSettings
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk_site import PASSWORD, Outline, open_site

FACTOR = "/desk/account/tweede-stap"


@pytest.fixture
def site(tmp_path):
    with open_site(tmp_path, sign_in=SignInSettings(SecondFactorRule.ADMINS)) as site:
        site.wim = site.staff.add("Wim", "wim@ede.example", StaffRole.ADMIN, "Ede")
        site.ada = site.staff.add("Ada", "ada@ede.example", StaffRole.AUDITOR, "Ede")
        yield site


def log_of(site) -> list[tuple[str, str, str, str]]:
    lines = AuditLog(site.staff.sessions, lambda: datetime.now(timezone.utc)).all(AuditFilter(), 1000)
    return [(one.name, one.act, one.subject, one.outcome.value) for one in reversed(lines)]


async def set_up(browser) -> tuple[pyotp.TOTP, list[str]]:
    """Switch the second factor on, as the page says."""
    page = await browser.get(FACTOR)
    key = re.search(r"Sleutel: <code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")
    sealed = re.search(r'name="sealed" value="([^"]+)"', page.text)[1]
    app = pyotp.TOTP(key)
    done = await browser.post(FACTOR, sealed=sealed, code=app.now())
    assert done.status_code == 200, done.text
    return app, re.findall(r"<li><code>([A-Z0-9-]+)</code></li>", done.text)


def next_code(app: pyotp.TOTP) -> str:
    """The code of the step after the one that was used: a telephone may be half a minute fast."""
    return app.at(datetime.now(timezone.utc), counter_offset=1)


async def manager(site):
    """Wim, with his second factor."""
    browser = await site.browser().enter(site.wim)
    await set_up(browser)
    await browser.get("/desk/medewerkers")
    return browser


class TestSecondFactor:
    async def test_an_administrator_sets_it_up_before_anything_else(self, site):
        browser = await site.browser().enter(site.wim)
        for path in ("/desk/", "/desk/medewerkers", "/desk/auditlog", "/desk/account"):
            turned = await browser.get(path)
            assert (turned.status_code, turned.headers["location"]) == (303, FACTOR), path
        _, codes = await set_up(browser)
        assert len(codes) == 10
        assert (await browser.get("/desk/medewerkers")).status_code == 200

    async def test_from_then_on_a_code_is_asked_after_password_and_link(self, site):
        browser = await site.browser().enter(site.petra)
        app, codes = await set_up(browser)
        request = sent(site.requests)
        wanted = f"/desk/requests/{request.reference}"
        other = site.browser()
        await other.get("/desk/sign-in")
        asked = await other.post("/desk/sign-in", email=site.petra.email, password=PASSWORD, next=wanted)
        assert asked.headers["location"].startswith("/desk/sign-in/code?next=")
        assert (await other.get(wanted)).status_code == 303, "half way is nobody"
        await other.get(asked.headers["location"])
        assert (await other.post("/desk/sign-in/code", code="000000", next=wanted)).status_code == 422
        entered = await other.post("/desk/sign-in/code", code=next_code(app), next=wanted)
        assert entered.headers["location"] == wanted
        assert (await other.get(wanted)).status_code == 200

        third = site.browser()
        link = f"/desk/enter/{site.staff.issue_sign_in(site.petra.email)}"
        await third.get(link)
        assert (await third.post(link)).headers["location"] == "/desk/sign-in/code"
        await third.get("/desk/sign-in/code")
        assert (await third.post("/desk/sign-in/code", code=codes[0], next="//elders")).headers["location"] == "/desk/"

    async def test_a_code_does_not_let_two_browsers_in(self, site):
        app, _ = await set_up(await site.browser().enter(site.petra))
        code, results = next_code(app), []
        for _ in range(2):
            browser = site.browser()
            await browser.get("/desk/sign-in")
            await browser.post("/desk/sign-in", email=site.petra.email, password=PASSWORD)
            await browser.get("/desk/sign-in/code")
            results.append((await browser.post("/desk/sign-in/code", code=code)).status_code)
        assert results == [303, 422]

    async def test_it_ends_other_sessions_and_needs_a_code_to_end(self, site):
        office, home = await site.browser().enter(site.petra), await site.browser().enter(site.petra)
        _, codes = await set_up(office)
        assert (await home.get("/desk/account")).status_code == 303
        await office.get(FACTOR)
        assert (await office.post(f"{FACTOR}/uit", code="nee")).status_code == 422
        renewed = await office.post(f"{FACTOR}/codes", code=codes[0])
        assert "Bewaar deze herstelcodes" in renewed.text
        fresh = re.findall(r"<li><code>([A-Z0-9-]+)</code></li>", renewed.text)
        assert (await office.post(f"{FACTOR}/uit", code=fresh[0])).headers[
            "location"
        ] == "/desk/account?done=factor_off"
        assert not site.staff.get(site.petra.id).second_factor
        assert (await office.get("/desk/account")).status_code == 200

    async def test_who_must_have_it_cannot_switch_it_off(self, site):
        browser = await site.browser().enter(site.wim)
        _, codes = await set_up(browser)
        await browser.get(FACTOR)
        refused = await browser.post(f"{FACTOR}/uit", code=codes[0])
        assert (refused.status_code, site.staff.get(site.wim.id).second_factor) == (422, True)

    async def test_its_pages_can_be_read_by_everybody(self, site):
        browser = await site.browser().enter(site.petra)
        page = await browser.get(FACTOR)
        outline = Outline(page.text)
        assert outline.inline == []
        assert set(outline.fields) <= outline.labels
        assert 'role="img" aria-label="QR-code' in page.text


class TestPassword:
    async def test_the_old_one_is_asked_and_other_browsers_are_out(self, site):
        browsers = []
        for _ in range(2):
            browser = site.browser()
            await browser.get("/desk/sign-in")
            await browser.post("/desk/sign-in", email=site.petra.email, password=PASSWORD)
            await browser.get("/desk/account")
            browsers.append(browser)
        new = "een heel andere lange zin"
        refused = await browsers[0].post("/desk/account/password", old="fout fout fout", password=new, again=new)
        assert (refused.status_code, "oude wachtwoord klopt niet" in refused.text) == (422, True)
        link = site.staff.issue_sign_in(site.petra.email)
        done = await browsers[0].post("/desk/account/password", old=PASSWORD, password=new, again=new)
        assert done.headers["location"] == "/desk/account?done=password"
        assert [(await browser.get("/desk/account")).status_code for browser in browsers] == [200, 303]
        assert site.staff.sign_in_with_token(link) is None, "a link that was open is worth nothing any more"
        assert log_of(site)[-2:] == [
            ("Petra", "account.password", "", "not_done"),
            ("Petra", "account.password", "", "done"),
        ]


class TestStaffPages:
    async def test_somebody_new_comes_in_by_the_link_that_is_shown_once(self, site):
        wim = await manager(site)
        added = await wim.post(
            "/desk/medewerkers",
            name="Noor",
            email="noor@ede.example",
            role="team_lead",
            municipality="Ede",
            team="Noord",
        )
        link = re.search(r"/desk/enter/[\w-]+", added.text)[0]
        noor = site.staff.by_address("noor@ede.example")
        assert (noor.role, noor.municipality, noor.team) == (StaffRole.TEAM_LEAD, "Ede", "Noord")
        assert link not in (await wim.get(f"/desk/medewerkers/{noor.id}")).text
        browser = site.browser()
        await browser.get(link)
        assert (await browser.post(link)).headers["location"] == "/desk/"

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            ({"name": " "}, "Vul een naam in"),
            ({"email": "geen adres"}, "Vul een e-mailadres in"),
            ({"email": "petra@ede.example"}, "heeft al een account"),
            ({"role": "baas"}, "Kies een rol"),
            ({"municipality": "Nergenshuizen"}, "officiële naam"),
            ({"municipality": "Assen"}, "officiële naam"),
            ({"municipality": ""}, "officiële naam"),
        ],
    )
    async def test_what_cannot_be_says_why_and_keeps_what_was_typed(self, site, change, word):
        wim = await manager(site)
        typed = {"name": "Noor", "email": "noor@ede.example", "role": "editor", "municipality": "Ede", "team": "Zuid"}
        refused = await wim.post("/desk/medewerkers", **{**typed, **change})
        assert (refused.status_code, word in refused.text, 'value="Zuid"' in refused.text) == (422, True, True)
        assert site.staff.by_address("noor@ede.example") is None

    async def test_change_shut_out_let_in_and_a_new_way_in(self, site):
        wim, karim = await manager(site), await site.browser().enter(site.karim)
        one = f"/desk/medewerkers/{site.karim.id}"
        await wim.post(one, name="Karim B.", role="editor", municipality="Ede", team="Zuid")
        assert (await karim.get("/desk/")).status_code == 403, "a role counts from the next page on"
        assert site.staff.get(site.karim.id).team == "Zuid"
        await wim.post(f"{one}/uitzetten")
        assert (await karim.get("/desk/account")).status_code == 303
        assert "staat uit" in (await wim.post(f"{one}/inloglink")).text
        await wim.post(f"{one}/aanzetten")
        assert "/desk/enter/" in (await wim.post(f"{one}/inloglink")).text

    async def test_a_second_factor_that_was_lost_is_taken_away(self, site):
        await set_up(await site.browser().enter(site.petra))
        wim = await manager(site)
        await wim.post(f"/desk/medewerkers/{site.petra.id}/tweede-stap-weg")
        assert not site.staff.get(site.petra.id).second_factor

    async def test_nobody_shuts_themselves_out_and_no_other_municipality_is_seen(self, site):
        wim = await manager(site)
        own = f"/desk/medewerkers/{site.wim.id}"
        assert (await wim.post(f"{own}/uitzetten")).status_code == 422
        assert (await wim.post(own, name="Wim", role="editor", municipality="Ede")).status_code == 422
        assert "Joost" not in (await wim.get("/desk/medewerkers")).text
        for staff_id in (site.joost.id, site.els.id, 9999, "x"):
            assert (await wim.get(f"/desk/medewerkers/{staff_id}")).status_code == 404
            assert (await wim.post(f"/desk/medewerkers/{staff_id}/uitzetten")).status_code == 404
        assert site.staff.get(site.wim.id).role is StaffRole.ADMIN


class TestAuditLog:
    async def test_every_view_and_act_is_there_without_a_word_of_hers(self, site):
        request = sent(site.requests)
        petra, joost = await site.browser().enter(site.petra), await site.browser().enter(site.joost)
        one = f"/desk/requests/{request.reference}"
        await petra.get("/desk/")
        await petra.get(one)
        await petra.post(f"{one}/accept")
        await petra.post(f"{one}/message", text="Zal ik u morgen bellen?")
        await joost.get(one)
        ref = request.reference
        assert log_of(site) == [
            ("Petra", "sign-in", "link", "done"),
            ("Joost", "sign-in", "link", "done"),
            ("Petra", "inbox", "", "done"),
            ("Petra", "requests.view", ref, "done"),
            ("Petra", "requests.accept", ref, "done"),
            ("Petra", "requests.message", ref, "done"),
            ("Joost", "requests.view", ref, "not_done"),
        ]
        ada = await site.browser().enter(site.ada)
        page = (await ada.get("/desk/auditlog")).text
        assert ref in page
        assert not [word for word in (request.question, "Ria", "morgen bellen") if word in page]

    async def test_a_refused_role_is_there_too(self, site):
        els = await site.browser().enter(site.els)
        await els.get("/desk/requests/AP-7K3M-2Q")
        assert log_of(site)[-1] == ("Els", "requests.view", "AP-7K3M-2Q", "not_done")

    async def test_what_was_typed_in_an_address_is_not(self, site):
        petra = await site.browser().enter(site.petra)
        await petra.get("/desk/requests/zij%20zei%20dat")
        assert log_of(site)[-1][:3] == ("Petra", "requests.view", "")

    async def test_the_filters_and_the_file_hold_the_same_lines(self, site):
        request = sent(site.requests)
        petra, ada = await site.browser().enter(site.petra), await site.browser().enter(site.ada)
        await petra.get(f"/desk/requests/{request.reference}")
        query = f"?wie={site.petra.id}&wat=requests.view&waarover={request.reference.lower()}"
        page = await ada.get(f"/desk/auditlog{query}")
        assert "1 regel." in page.text
        file = await ada.get(f"/desk/auditlog.csv{query}")
        rows = list(csv.reader(io.StringIO(file.text.lstrip("\ufeff")), delimiter=";"))
        assert [row[1:] for row in rows[1:]] == [
            ["Petra", "coördinator", "Ede", "aanvraag bekeken", request.reference, "gedaan"]
        ]
        assert "Niets gevonden" in (await ada.get("/desk/auditlog?tot=2001-01-01")).text
        for nonsense in ("?van=gisteren", "?wie=x&page=0", "?tot=9999-12-31", "?van=0001-01-01"):
            assert (await ada.get(f"/desk/auditlog{nonsense}")).status_code == 200

    async def test_a_name_that_is_a_formula_stays_a_name(self, site):
        for number, name in enumerate(("=1+1", "＝1+1", "'=1+1")):
            site.staff.add(name, f"som{number}@ede.example", StaffRole.AUDITOR, "Ede")
            som = await site.browser().enter(site.staff.by_address(f"som{number}@ede.example"))
            assert f";'{name};" in (await som.get("/desk/auditlog.csv")).text

    async def test_an_auditor_lands_there_and_sees_only_the_own_municipality(self, site):
        await site.browser().enter(site.joost)
        browser = site.browser()
        link = f"/desk/enter/{site.staff.issue_sign_in(site.ada.email)}"
        await browser.get(link)
        assert (await browser.post(link)).headers["location"] == "/desk/auditlog"
        assert "Joost" not in (await browser.get("/desk/auditlog")).text
