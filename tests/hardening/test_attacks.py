"""Known ways to attack a site like this one, tried: each must do nothing, in words or in silence, and quickly."""

from __future__ import annotations

import re
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from bot.audit.log import AuditFilter
from bot.settings import ROOT
from bot.staff.accounts import StaffRole
from bot.staff.sign_in_settings import Provider
from bot.staff.ways_in import LOCK_LASTS
from channels.desk.identity_provider import IdentityProvider, ProviderError
from channels.outgoing.over_http import NotTakenError, required_success
from tests.hardening.test_threshold import OURS, client_of
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk_site import PASSWORD, Browser

HUGE = "9" * 400
WAYS_OUT = (
    "..",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "Ede%00",
    "....",
    "%5c..%5c",
    "Ede.css%2f..%2f..",
    "%c0%ae%c0%ae",
)


class TestAddresses:
    @pytest.mark.parametrize("way", WAYS_OUT)
    async def test_no_theme_or_page_of_a_municipality_leads_to_a_file(self, site, way):
        for path in (f"/thema/{way}.css", f"/thema/{way}", f"/g/{way}", f"/api/v1/offers/{way}", f"/print/{way}"):
            response = await client_of(site).get(path)
            assert response.status_code in (200, 404), path
            assert "root:" not in response.text
            assert "Traceback" not in response.text
            assert "text/css" not in response.headers["content-type"] or len(response.text) < 20_000

    async def test_numbers_that_no_database_holds_are_nobody(self, site, open_house):
        browser = await Browser(site).enter(site.people[StaffRole.ADMIN])
        for number in (HUGE, str(2**63), "-1", "0x1", "１", "1e9"):
            assert (await browser.get(f"/desk/medewerkers/{number}")).status_code == 404, number
            ended = await browser.post(f"/desk/account/sessies/{number}/beeindigen")
            assert ended.status_code in (303, 404), number
            again = await browser.post(f"/desk/post/{number}/again")
            assert again.status_code in (303, 404), number
            for query in (f"page={number}", f"wie={number}", f"van={number}", f"tot={number}"):
                assert (await browser.get(f"/desk/auditlog?{query}")).status_code == 200, query
            assert (await browser.get(f"/desk/?page={number}")).status_code == 200
            team = await browser.post("/desk/teams/GM0228", name="x", second=number, new="yes")
            assert team.status_code in (303, 404, 422), number
        async with client_of(site, "203.0.113.61", headers=OURS) as one:
            await one.post("/api/conversation", json={})
            for after in (HUGE, str(2**63), "-1", "x"):
                assert (await one.get(f"/api/messages?after={after}")).status_code == 200, after
            for after in (int(HUGE), 2**63, -1, 1.5, True, None, [], {}):
                say = {"text": "hallo", "client_id": f"huge-{hash(str(after)) % 10**6:08}", "after": after}
                assert (await one.post("/api/messages", json=say)).status_code in (200, 400, 429), after

    async def test_many_ranges_of_one_file_cost_nothing(self, site):
        began = time.process_time()
        ranges = "bytes=" + ",".join(f"{n}-{n + 1}" for n in range(0, 9_000, 3))
        for value in (ranges, "bytes=" + "0-," * 3_000, "bytes=-" + "9" * 3000, "bytes=5-1", "lines=1-2"):
            response = await client_of(site).get("/assets/widget.css", headers={"Range": value})
            assert response.status_code in (200, 206, 400, 416), value[:30]
            assert len(response.content) < 1_000_000
        assert time.process_time() - began < 5


class TestHeaders:
    @pytest.mark.parametrize("origin", ["null", "", "file://", "https://adempauze.example.elders.example",
                                        "https://adempauze.example@elders.example", "https://ADEMPAUZE.example.",
                                        "http://[", "https://elders.example/adempauze.example"])  # fmt: skip
    async def test_no_odd_origin_may_call_or_hears_yes(self, site, origin):
        async with client_of(site, "203.0.113.62", headers={**OURS, "Origin": origin}) as stranger:
            for method, path in (("POST", "/api/conversation"), ("OPTIONS", "/api/messages"), ("POST", "/bel-mij")):
                response = await stranger.request(method, path, json={} if method == "POST" else None)
                assert response.status_code == 403, (method, path)
                assert "access-control-allow-origin" not in response.headers
                assert "set-cookie" not in response.headers

    async def test_signs_of_other_alphabets_in_headers_break_nothing(self, site):
        odd = "\u202eżółć 😀 é\x7f".encode()
        names = (b"Cookie", b"User-Agent", b"Accept-Language", b"Authorization", b"If-None-Match", b"Referer",
                 b"X-Forwarded-For", b"Content-Type", b"Last-Event-ID", b"Sec-Fetch-Site", b"X-Adempauze")  # fmt: skip
        for path in ("/", "/api/messages", "/desk/", "/desk/sign-in", "/health", "/adempauze.js"):
            for name in names:
                response = await client_of(site).get(path, headers=[(name, odd), (name, b"\xff\xfe=\x80")])
                assert response.status_code < 500 or path == "/health", (path, name)

    async def test_a_cookie_of_somebody_else_beside_her_own_is_never_a_mix(self, site):
        """Cookie tossing: a neighbour under the same domain sets a second cookie by the same name."""
        async with (
            client_of(site, "203.0.113.63", headers=OURS) as her,
            client_of(site, "203.0.113.64", headers=OURS) as his,
        ):
            for one in (her, his):
                await one.post("/api/conversation", json={})
            mine, other = (next(iter(one.cookies.jar)) for one in (her, his))
            assert mine.name.startswith("__Host-"), "which a browser takes from this very host only"
        for pair in ((mine.value, "x.y.z"), ("x.y.z", mine.value), (mine.value, other.value)):
            sent_along = "; ".join(f"{mine.name}={value}" for value in pair)
            response = await client_of(site).get("/api/messages", headers={"Cookie": sent_along})
            assert response.status_code in (200, 401)

    async def test_a_mountain_of_cookies_is_nobody(self, site):
        for cookies in (
            "a=b; " * 12_000,
            "__Host-adempauze=" + "A" * 60_000,
            "__Host-adempauze-desk=" + "." * 60_000,
            "=;=;" * 9_000,
        ):
            began = time.process_time()
            for path in ("/api/messages", "/desk/"):
                response = await client_of(site).get(path, headers={"Cookie": cookies})
                assert response.status_code in (303, 401), path
            assert time.process_time() - began < 3


class TestSigningIn:
    async def test_whoever_tries_an_account_learns_nothing_from_how_long_it_takes(self, open_house, monkeypatch):
        """Unknown, without a password, locked, disabled or simply wrong: one slow comparison each."""
        staff, counted = open_house.staff, []
        known = {name: f"{name}@tijd.example" for name in ("wrong", "bare", "locked", "off")}
        for name, address in known.items():
            staff.add(name, address, StaffRole.EDITOR, password=None if name == "bare" else PASSWORD)
        for _ in range(5):
            staff.sign_in(known["locked"], "x")
        staff.disable(known["off"])
        verify = type(staff._hasher).verify

        def counting(hasher, *given):
            counted[-1] += 1
            return verify(hasher, *given)

        monkeypatch.setattr(type(staff._hasher), "verify", counting)
        for address in (*known.values(), "niemand@tijd.example", "", "x" * 5000, "geen adres"):
            counted.append(0)
            assert staff.sign_in(address, "iets heel anders") is None
        assert counted == [1] * len(counted)

    async def test_a_locked_account_is_locked_for_the_right_password_too_and_only_for_a_while(self, open_house, clock):
        person = open_house.staff.add("Slot", "slot@ede.example", StaffRole.EDITOR, password=PASSWORD)
        for _ in range(5):
            open_house.staff.sign_in(person.email, "x")
        assert open_house.staff.sign_in(person.email, PASSWORD) is None
        clock.moment += LOCK_LASTS + timedelta(seconds=1)
        assert open_house.staff.sign_in(person.email, PASSWORD) is not None


class TestAuditLog:
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    async def test_no_way_of_asking_shows_a_request_without_a_line(self, site, open_house, method):
        request = sent(open_house.requests)
        browser = await Browser(site).enter(site.people[StaffRole.COORDINATOR])
        one = f"/desk/requests/{request.reference}"
        for path in (one, one.lower(), f"{one}?x=1", f"{one}/print"):
            before = open_house.audit.count(AuditFilter())
            response = await browser.client.request(method, path, headers={"If-None-Match": "*"})
            shown = response.status_code < 300
            assert not shown or open_house.audit.count(AuditFilter()) > before, path

    async def test_what_is_in_an_address_never_becomes_a_line_of_its_own(self, site, open_house):
        browser = await Browser(site).enter(site.people[StaffRole.COORDINATOR])
        for forged in (
            "AP-1%0a2026-11-23;Petra;beheerder",
            "AP%0d%0aforged",
            "=HYPERLINK(1)",
            "%3Cscript%3E",
            "x" * 500,
        ):
            await browser.get(f"/desk/requests/{forged}")
        for line in open_house.audit.all(AuditFilter(), 1000):
            assert "\n" not in line.subject
            assert "forged" not in line.subject
            assert not line.subject.startswith(("=", "<"))
            assert len(line.subject) <= 120


async def test_a_team_lead_of_one_municipality_sees_no_other_by_a_wrong_name(site, open_house):
    """Found here: a name that is none showed where all other municipalities stood."""
    admin = open_house.staff.add("Overal", "overal@ede.example", StaffRole.ADMIN)
    everywhere = await Browser(site).enter(admin)
    await everywhere.post("/desk/teams", municipality="Assen")
    await everywhere.get("/desk/teams/GM0106")
    await everywhere.post("/desk/teams/GM0106", name="", email="wmo@assen.example", phone="", second="")
    lead = await Browser(site).enter(site.people[StaffRole.TEAM_LEAD])
    for typed in ("nergens", "", "Assen"):
        page = await lead.post("/desk/teams", municipality=typed)
        assert "Assen" not in page.text.replace('value="Assen"', ""), typed
        assert page.status_code == 200, "her own teams"


class _SendsOn(BaseHTTPRequestHandler):
    """Whatever is asked: go and ask somebody else."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(302)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/inside/secrets")
        self.end_headers()

    do_POST = do_GET  # noqa: N815

    def log_message(self, *arguments) -> None:
        pass


def test_nothing_that_goes_out_is_sent_on_to_somewhere_else():
    """Server-side request forgery: an answer of the provider or a register that sends us on is no answer."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _SendsOn) as other:
        other.asked = []
        threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        address = f"http://127.0.0.1:{other.server_port}"
        with pytest.raises(ProviderError):
            IdentityProvider(Provider(address, "x", "y"), f"{address}/back").begin()
        with pytest.raises(NotTakenError):
            required_success(httpx.post(f"{address}/hook", content=b"{}"))
        other.shutdown()
    assert other.asked
    assert "/inside/secrets" not in other.asked


def test_no_client_of_ours_is_told_to_follow():
    sources = (path.read_text(encoding="utf-8") for room in ("bot", "channels") for path in (ROOT / room).rglob("*.py"))
    assert not [
        source for source in sources if re.search(r"follow_redirects ?= ?True|allow_redirects ?= ?True", source)
    ]
