"""Coming in with the account of the municipality, by a real provider over HTTP."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.audit.log import AuditFilter, AuditLog
from bot.staff.accounts import StaffRole
from bot.staff.sign_in_settings import ClaimMapping, Provider, SecondFactorRule, SignInSettings
from tests.unit.channels.desk_site import PASSWORD, Browser, open_site
from tests.unit.channels.openid_provider import CLIENT, SECRET, Code, OpenIdProvider

NOOR = {
    "sub": "noor-1",
    "name": "Noor",
    "email": "Noor@Ede.example",
    "groups": ["iedereen", "wmo-teamleiders"],
    "gemeente": "Ede",
    "afdeling": "Team Noord",
}
MAPPING = (
    "role=groups; coordinator=wmo-consulenten; team_lead=wmo-teamleiders; admin=beheer; "
    "municipality=claim:gemeente; team=afdeling"
)


@pytest.fixture(scope="module")
def running():
    provider = OpenIdProvider(redirect_uri="http://desk.test/desk/sign-in/gemeente/terug").start()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running):
    running.claims, running.wrong, running.says_little, running.published = dict(NOOR), "", False, {}
    return running


@pytest.fixture
def site(tmp_path, provider):
    known = Provider(provider.issuer, CLIENT, SECRET, ClaimMapping.parse(MAPPING))
    with open_site(tmp_path, sign_in=SignInSettings(SecondFactorRule.ALL, known)) as site:
        yield site


async def asked(browser: Browser, query: str = "") -> str:
    """Press the button; gives the address at the provider."""
    away = await browser.get(f"/desk/sign-in/gemeente{query}")
    assert away.status_code == 303
    return away.headers["location"]


async def answered(address: str) -> str:
    """The provider recognises who it is; gives the address to come back to."""
    async with httpx.AsyncClient() as client:
        back = await client.get(address)
    assert back.status_code == 302, back.text
    return back.headers["location"].removeprefix("http://desk.test")


async def come_in(site, query: str = "") -> tuple[Browser, httpx.Response]:
    browser = site.browser()
    return browser, await browser.get(await answered(await asked(browser, query)))


class TestComingIn:
    async def test_the_first_visit_makes_an_account_with_the_place_of_the_claims(self, site):
        browser, entered = await come_in(site)
        assert entered.headers["location"] == "/desk/"
        assert (await browser.get("/desk/")).status_code == 200
        noor = site.staff.by_address("noor@ede.example")
        assert (noor.name, noor.role, noor.municipality, noor.team) == (
            "Noor",
            StaffRole.TEAM_LEAD,
            "Ede",
            "Team Noord",
        )
        assert not noor.has_password

    async def test_the_next_visit_is_the_same_person_with_the_place_of_now(self, site, provider):
        await come_in(site)
        provider.claims.update(groups=["wmo-consulenten"], email="noor.nieuw@ede.example", afdeling=None)
        await come_in(site)
        assert [one.email for one in site.staff.list() if one.name == "Noor"] == ["noor@ede.example"]
        noor = site.staff.by_address("noor@ede.example")
        assert (noor.role, noor.team) == (StaffRole.COORDINATOR, None)

    async def test_it_leads_to_the_page_that_was_asked_for_and_never_elsewhere(self, site):
        _, entered = await come_in(site, "?next=/desk/account")
        assert entered.headers["location"] == "/desk/account"
        _, entered = await come_in(site, "?next=https://elders.example")
        assert entered.headers["location"] == "/desk/"

    async def test_what_stands_in_userinfo_only_counts_too(self, site, provider):
        provider.says_little = True
        _, entered = await come_in(site)
        assert entered.status_code == 303
        assert site.staff.by_address("noor@ede.example").role is StaffRole.TEAM_LEAD

    async def test_no_second_factor_of_ours_is_asked_and_no_password_can_be_chosen(self, site):
        browser, _ = await come_in(site)
        assert "account van uw gemeente" in (await browser.get("/desk/account")).text
        refused = await browser.post("/desk/account/password", password=PASSWORD, again=PASSWORD)
        assert refused.status_code == 422
        assert not site.staff.by_address("noor@ede.example").has_password

    async def test_signing_out_leads_to_signing_out_there_as_well(self, site, provider):
        browser, _ = await come_in(site)
        await browser.get("/desk/account")
        out = await browser.post("/desk/sign-out")
        assert out.headers["location"] == "/desk/uitgelogd"
        page = await browser.get("/desk/uitgelogd")
        assert f"{provider.issuer}/logout?post_logout_redirect_uri=" in page.text
        assert (await browser.get("/desk/")).status_code == 303

    async def test_it_is_in_the_audit_log(self, site):
        await come_in(site)
        lines = AuditLog(site.staff.sessions, lambda: None).read(AuditFilter(act="sign-in"))
        assert [(line.name, line.subject, line.role) for line in lines] == [("Noor", "provider", StaffRole.TEAM_LEAD)]


class TestQuestion:
    async def test_it_asks_with_pkce_state_and_nonce(self, site, provider):
        address = await asked(site.browser())
        query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{provider.issuer}/authorize?")
        assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
        assert min(len(query[name]) for name in ("state", "nonce", "code_challenge")) >= 20
        assert query["redirect_uri"] == provider.redirect_uri
        assert "openid" in query["scope"].split()

    async def test_its_cookie_gives_nothing_away(self, site):
        browser = site.browser()
        query = parse_qs(urlsplit(await asked(browser)).query)
        cookie = browser.client.cookies["adempauze-desk-question"]
        assert query["state"][0] not in cookie
        assert query["nonce"][0] not in cookie


class TestRefused:
    @pytest.mark.parametrize("wrong", ["nonce", "no nonce", "audience", "issuer", "expired", "signature", "userinfo"])
    async def test_an_answer_that_is_not_as_it_should_be(self, site, provider, wrong):
        provider.wrong = wrong
        browser, refused = await come_in(site)
        assert (refused.status_code, "Inloggen is niet gelukt" in refused.text) == (400, True)
        assert site.staff.by_address("noor@ede.example") is None
        assert (await browser.get("/desk/")).status_code == 303

    async def test_a_changed_state(self, site):
        browser = site.browser()
        back = await answered(await asked(browser))
        changed = back.replace("state=", "state=x")
        assert (await browser.get(changed)).status_code == 400

    async def test_an_answer_to_the_question_of_another_browser(self, site):
        theirs, mine = site.browser(), site.browser()
        await asked(mine)
        assert (await mine.get(await answered(await asked(theirs)))).status_code == 400

    async def test_an_answer_nobody_asked_for_and_one_that_came_twice(self, site):
        browser = site.browser()
        assert (await browser.get("/desk/sign-in/gemeente/terug?code=x&state=y")).status_code == 400
        back = await answered(await asked(browser))
        assert (await browser.get(back)).status_code == 303
        assert (await browser.get(back)).status_code == 400

    async def test_a_code_of_another_conversation_has_another_verifier(self, site):
        """PKCE: a code that was stolen is worth nothing in another conversation."""
        theirs, mine = site.browser(), site.browser()
        stolen = parse_qs(urlsplit(await answered(await asked(theirs))).query)["code"][0]
        own = await answered(await asked(mine))
        code = parse_qs(urlsplit(own).query)["code"][0]
        assert (await mine.get(own.replace(code, stolen))).status_code == 400

    async def test_a_provider_that_says_it_is_another(self, tmp_path, provider):
        provider.published = {"issuer": "https://elders.example"}
        known = Provider(provider.issuer, CLIENT, SECRET)
        with open_site(tmp_path, sign_in=SignInSettings(provider=known)) as site:
            page = await site.browser().get("/desk/sign-in/gemeente")
        assert (page.status_code, "lukt nu niet" in page.text) == (502, True)

    async def test_a_provider_that_does_not_answer(self, tmp_path):
        known = Provider("http://127.0.0.1:9", CLIENT, SECRET)
        with open_site(tmp_path, sign_in=SignInSettings(provider=known)) as site:
            page = await site.browser().get("/desk/sign-in/gemeente")
            assert (page.status_code, "lukt nu niet" in page.text) == (502, True)
            assert "Opnieuw inloggen" in (await site.browser().get("/desk/uitgelogd")).text

    async def test_a_provider_that_signs_with_what_we_know_too(self, tmp_path, provider):
        provider.published = {"id_token_signing_alg_values_supported": ["HS256", "none"]}
        known = Provider(provider.issuer, CLIENT, SECRET, ClaimMapping.parse(MAPPING))
        with open_site(tmp_path, sign_in=SignInSettings(provider=known)) as site:
            assert (await site.browser().get("/desk/sign-in/gemeente")).status_code == 502


class TestStrangers:
    @pytest.mark.parametrize(
        ("change", "word"),
        [
            ({"groups": ["iedereen"]}, "nog geen rol"),
            ({"groups": None}, "nog geen rol"),
            ({"gemeente": None}, "voor welke gemeente"),
            ({"gemeente": "Nergenshuizen"}, "voor welke gemeente"),
            ({"email": None}, "zonder e-mailadres"),
        ],
    )
    async def test_somebody_without_a_place_here_is_told_kindly(self, site, provider, change, word):
        provider.claims.update(change)
        browser, refused = await come_in(site)
        assert (refused.status_code, word in refused.text) == (403, True)
        assert (await browser.get("/desk/")).status_code == 303

    async def test_a_disabled_account_stays_out(self, site):
        await come_in(site)
        site.staff.disable("noor@ede.example")
        _, refused = await come_in(site)
        assert (refused.status_code, "uitgezet" in refused.text) == (403, True)

    async def test_an_address_that_is_somebodys_is_taken_over_only_when_it_was_verified(self, site, provider):
        provider.claims["email"] = site.petra.email
        _, refused = await come_in(site)
        assert (refused.status_code, "al een account" in refused.text) == (403, True)
        provider.claims["email_verified"] = True
        _, entered = await come_in(site)
        assert entered.status_code == 303
        petra = site.staff.get(site.petra.id)
        assert (petra.role, petra.has_password) == (StaffRole.TEAM_LEAD, False)
        assert site.staff.sign_in(site.petra.email, PASSWORD) is None


async def test_without_a_provider_there_is_no_such_way(tmp_path):
    with open_site(tmp_path) as site:
        assert "account van de gemeente" not in (await site.browser().get("/desk/sign-in")).text
        for path in ("/desk/sign-in/gemeente", "/desk/sign-in/gemeente/terug"):
            assert (await site.browser().get(path)).status_code == 404


def test_a_secret_is_not_shown_by_accident(provider):
    known = Provider(provider.issuer, CLIENT, SECRET)
    assert SECRET not in repr(replace(SignInSettings(), provider=known))


class TestStrength:
    """How strongly the provider asked, where the operator says what is enough (ASVS 6.8.4)."""

    @pytest.mark.parametrize(
        ("told", "comes_in"),
        [
            ({"acr": "loa3", "amr": ["pwd", "otp"]}, True),
            ({"acr": "loa4", "amr": ["otp"]}, True),
            ({"acr": "loa1", "amr": ["otp"]}, False),
            ({"acr": "loa3", "amr": ["pwd"]}, False),
            ({"acr": "loa3"}, False),
            ({}, False),
        ],
    )
    async def test_less_than_what_is_asked_is_refused_in_words(self, tmp_path, provider, told, comes_in):
        provider.claims = {**NOOR, **told}
        known = Provider(provider.issuer, CLIENT, SECRET, ClaimMapping.parse(MAPPING), ("loa3", "loa4"), ("otp", "hwk"))
        with open_site(tmp_path, sign_in=SignInSettings(provider=known)) as site:
            browser = site.browser()
            address = await asked(browser)
            assert parse_qs(urlsplit(address).query)["acr_values"] == ["loa3 loa4"]
            page = await browser.get(await answered(address))
            assert (page.status_code == 303) is comes_in
            assert ("Log bij uw gemeente in met een tweede stap" in page.text) is not comes_in
            assert (site.staff.by_address("noor@ede.example") is not None) is comes_in

    async def test_it_is_read_from_the_signed_token_only(self, tmp_path, provider, monkeypatch):
        """What the provider tells beside it (userinfo) is not what it signed for this sign-in."""
        monkeypatch.setattr(Code, "get_acr", lambda code: None)
        provider.claims, provider.says_little = {**NOOR, "acr": "loa3"}, True
        known = Provider(provider.issuer, CLIENT, SECRET, ClaimMapping.parse(MAPPING), ("loa3",))
        with open_site(tmp_path, sign_in=SignInSettings(provider=known)) as site:
            browser = site.browser()
            page = await browser.get(await answered(await asked(browser)))
            assert page.status_code == 403
