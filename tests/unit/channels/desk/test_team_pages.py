"""Teams at the desk: who may keep which, what is said of a set-up that is empty, and what becomes of bad input."""

from __future__ import annotations

import pytest

from bot.request.team_management import TeamManagement
from bot.request.teams import RequestTeam, RequestTeams
from bot.staff.accounts import StaffRole
from bot.staff.sign_in_settings import SecondFactorRule, SignInSettings
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk_site import Outline, open_site

EDE, ASSEN = "/desk/teams/GM0228", "/desk/teams/GM0106"
NOBODY = "Er is nog geen tweede persoon voor "


@pytest.fixture
def site(tmp_path):
    with open_site(tmp_path, sign_in=SignInSettings(SecondFactorRule.OFF)) as site:
        site.lea = site.staff.add("Lea", "lea@ede.example", StaffRole.TEAM_LEAD, "Ede", team="Wmo")
        site.wim = site.staff.add("Wim", "wim@ede.example", StaffRole.ADMIN)
        site.teams = RequestTeams(site.staff.sessions)
        yield site


async def test_a_lead_reads_that_nobody_is_named_and_names_somebody(site):
    browser = await site.browser().enter(site.lea)
    assert f"{NOBODY}Ede" in (await browser.get("/desk/")).text
    page = await browser.get("/desk/teams")
    assert f"{NOBODY}Ede" in page.text
    assert page.text.count("<section") == 3, "the whole desk, her team, the hours"
    outline = Outline(page.text)
    assert (set(outline.fields) - outline.labels, outline.inline) == (set(), [])
    assert len(outline.ids) == len(set(outline.ids))
    form = {"name": "", "second": str(site.karim.id), "email": "desk@ede.example", "phone": "0318 12 34 56"}
    saved = await browser.post(EDE, **form)
    assert (saved.status_code, saved.headers["location"]) == (303, f"{EDE}?done=saved")
    after = await browser.get(saved.headers["location"])
    assert "Bewaard." in after.text
    assert NOBODY not in after.text + (await browser.get("/desk/")).text
    kept = RequestTeam("Ede", "", "desk@ede.example", "0318 12 34 56", site.karim.id, "Karim")
    assert site.teams.of("Ede") == (kept,)


async def test_who_cannot_mend_it_is_not_told(site):
    browser = await site.browser().enter(site.petra)
    assert NOBODY not in (await browser.get("/desk/")).text
    assert (await browser.get("/desk/teams")).status_code == 403
    assert "/desk/teams" not in (await browser.get("/desk/")).text


async def test_a_lead_keeps_the_teams_of_the_own_municipality_only(site):
    browser = await site.browser().enter(site.lea)
    assert (await browser.get(ASSEN)).status_code == 404
    for path in (ASSEN, f"{ASSEN}/weg"):
        assert (await browser.post(path, name="", email="a@b.nl")).status_code == 404
    assert site.teams.of("Assen") == ()
    assert (await browser.get("/desk/teams/GM9999")).status_code == 404


async def test_an_administrator_sees_every_municipality_and_can_open_another(site):
    browser = await site.browser().enter(site.wim)
    page = await browser.get("/desk/teams")
    assert [f'href="{path}"' in page.text for path in (EDE, ASSEN)] == [True, True]
    assert page.text.count("nog niemand") == 2
    opened = await browser.post("/desk/teams", municipality="zwolle")
    assert opened.headers["location"] == "/desk/teams/GM0193"
    assert "Teams van Zwolle" in (await browser.get("/desk/teams/GM0193")).text
    refused = await browser.post("/desk/teams", municipality="Nergens<b>")
    assert (refused.status_code, "Nergens&lt;b&gt;" in refused.text) == (422, True)


@pytest.mark.parametrize(
    ("field", "typed", "leads_to"),
    [
        ("email", "geen adres", "email-again"),
        ("phone", "bel maar", "phone-again"),
        ("second", "joost", "second-again"),
        ("name", "x" * 121, "name-again"),
        ("name", " ", "name-again"),
    ],
)
async def test_bad_input_is_said_at_the_field_and_what_was_typed_stays(site, field, typed, leads_to):
    browser = await site.browser().enter(site.lea)
    await browser.get("/desk/teams")
    if typed == "joost":
        typed = str(site.joost.id)  # of another municipality
    new = {"new": "yes", "name": "Jeugd"} if field == "name" else {"name": "Wmo"}
    page = await browser.post(EDE, **{"email": "wmo@ede.example", "phone": "", "second": "", **new, field: typed})
    assert page.status_code == 422
    assert f'href="#{leads_to}"' in page.text
    assert leads_to in Outline(page.text).ids or f'id="{leads_to}"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert field == "email" or 'value="wmo@ede.example"' in page.text
    assert site.teams.of("Ede") == ()


async def test_a_team_is_added_and_taken_away(site):
    browser = await site.browser().enter(site.lea)
    await browser.get("/desk/teams")
    await browser.post(EDE, new="yes", name="Jeugd  en gezin", email="jeugd@ede.example", phone="", second="")
    assert [team.name for team in site.teams.of("Ede")] == ["Jeugd en gezin"]
    page = await browser.get(EDE)
    assert "Haal dit team weg" in page.text, "nobody works in it"
    await browser.post(f"{EDE}/weg", name="Jeugd en gezin")
    assert site.teams.of("Ede") == ()
    assert "Weggehaald." in (await browser.get(f"{EDE}?done=gone")).text


async def test_a_second_person_who_left_is_named_as_such(site):
    browser = await site.browser().enter(site.lea)
    management = TeamManagement(site.staff.sessions, lambda name: name)
    site.teams.put(RequestTeam("Ede", second_id=site.karim.id, second="Karim"))
    site.staff.disable(site.karim.email)
    page = await browser.get("/desk/teams")
    assert "Karim kan geen aanvragen meer behandelen." in page.text
    assert f"{NOBODY}Ede" in page.text
    assert management.without_second("Ede") == ("Ede",)


async def test_what_is_typed_stays_text(site):
    browser = await site.browser().enter(site.wim)
    sent(site.requests)
    site.teams.put(RequestTeam("Ede", "<script>alert(1)</script>", "x@ede.example"))
    for path in ("/desk/teams", EDE):
        assert "<script>alert" not in (await browser.get(path)).text
