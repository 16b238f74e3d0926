"""What a person may ask of us, from the talk and at the desk: all of it to read, all of it gone, by who may (R115)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.audit.log import AuditFilter
from bot.conversations.tables import conversations
from bot.request.record import Agreement, Request
from bot.staff.accounts import StaffRole
from bot.staff.sign_in_settings import SecondFactorRule
from channels.cli.main import main
from channels.root import House
from channels.serving import application
from tests.house import MONDAY_MORNING, SetClock, opened_house
from tests.unit.bot.request.conftest import drafted
from tests.unit.channels.desk_site import Browser, Outline
from tests.unit.channels.widget_api import Widget

EXPORT = "/api/export"
PEOPLE = {
    "lead": (StaffRole.TEAM_LEAD, "Ede"),
    "coordinator": (StaffRole.COORDINATOR, "Ede"),
    "elsewhere": (StaffRole.TEAM_LEAD, "Assen"),
}


@dataclass
class Lived:
    """A house, her browser, and the conversation and request she has in it."""

    house: House
    app: Any
    hers: Widget
    talk: str
    request: Request
    base_url: str = "http://desk.test"

    @property
    def staff(self) -> Any:
        return self.house.staff

    @property
    def address(self) -> str:
        return f"/desk/requests/{self.request.reference}"

    async def desk(self, who: str) -> Browser:
        return await Browser(self).enter(self.staff.by_address(f"{who}@ede.example"))  # type: ignore[arg-type]

    def acts(self) -> list[tuple[str, str, str, str]]:
        lines = self.house.audit.read(AuditFilter(subject=self.request.reference))
        return [(line.name, line.act, line.subject, line.outcome.value) for line in lines]


@pytest.fixture
async def lived(tmp_path: Path) -> AsyncIterator[Lived]:
    with opened_house(tmp_path, SetClock(MONDAY_MORNING), with_model=False) as house:
        sign_in = replace(house.settings.sign_in, second_factor=SecondFactorRule.OFF)
        house = replace(house, settings=replace(house.settings, sign_in=sign_in))
        for name, (role, place) in PEOPLE.items():
            house.staff.add(name, f"{name}@ede.example", role, place)
        app = application(house)
        hers = Widget(app)
        await hers.start()
        with house.sessions() as session:
            talk = session.execute(conversations.select()).one().id
        house.conversations.add(talk, "person", "Mijn man heet <b>Bertus</b>.")
        request = house.requests.send(drafted(house.requests, talk).stored_id, Agreement("2026-12", "gemeente Ede"))
        karim = house.staff.by_address("coordinator@ede.example")
        house.requests.accept(request.reference, karim)
        house.requests.add_note(request.reference, karim, "Een notitie van het loket.")
        yield Lived(house, app, hers, talk, request)
        await hers.http.aclose()


async def test_she_reads_all_of_it_in_her_own_browser_only(lived: Lived) -> None:
    page = await lived.hers.http.get(EXPORT)
    assert page.status_code == 200
    for words in (
        "Mijn man heet &lt;b&gt;Bertus",
        "Mijn man vergeet steeds meer",
        "dementie of vergeetachtigheid",
        "Ria",
    ):
        assert words in page.text
    assert lived.request.reference in page.text
    assert "Een notitie van het loket" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "<style" not in page.text
    assert " style=" not in page.text
    stranger = Widget(lived.app)
    assert (await stranger.http.get(EXPORT)).status_code == 303
    await stranger.http.aclose()


async def test_the_file_holds_everything_and_not_the_key_to_the_talk(lived: Lived) -> None:
    answer = await lived.hers.http.get(f"{EXPORT}?als=json")
    found = answer.json()
    assert answer.headers["content-disposition"].endswith('"adempauze-gegevens.json"')
    assert lived.talk not in answer.text
    (request,) = found["requests"]
    assert request["agreement"] == {
        "at": request["sent_at"], "version": "2026-12", "recipient": "gemeente Ede", "loved_one_health": True,
    }  # fmt: skip
    assert [one["what"] for one in request["history"]] == ["drafted", "sent", "accepted"]
    assert "notes" not in request


async def test_whoever_leads_the_team_gives_and_erases_and_it_is_written_down(lived: Lived) -> None:
    lead = await lived.desk("lead")
    page = await lead.get(f"{lived.address}/gegevens")
    assert page.status_code == 200
    assert Outline(page.text).inline == []
    given = (await lead.get(f"{lived.address}/gegevens.json")).json()
    assert given["requests"][0]["notes"][0]["text"] == "Een notitie van het loket."
    assert set(given) == {"format", "made", "requests"}, "her talk is not the desk's to read"

    await lead.get(f"{lived.address}/gegevens")
    refused = await lead.post(f"{lived.address}/wissen/asked", typed="AP-0000-00")
    assert refused.status_code == 422
    assert "Er is niets gewist" in refused.text
    assert lived.house.requests.get(lived.request.reference) is not None
    done = await lead.post(f"{lived.address}/wissen/asked", typed=f" {lived.request.reference.lower()} ")
    assert done.status_code == 200
    assert "Alles is gewist" in done.text
    assert lived.house.requests.get(lived.request.reference) is None
    assert lived.house.conversations.get(lived.talk) is None
    assert lived.acts()[:2] == [
        ("lead", "requests.wissen.asked", lived.request.reference, "done"),
        ("lead", "requests.wissen.asked", lived.request.reference, "not_done"),
    ]
    assert (await lived.hers.http.get(EXPORT)).status_code == 303


@pytest.mark.parametrize(("who", "status"), [("coordinator", 403), ("elsewhere", 404)])
async def test_others_may_not(lived: Lived, who: str, status: int) -> None:
    browser = await lived.desk(who)
    assert (await browser.get(f"{lived.address}/gegevens")).status_code == status
    assert (await browser.get(f"{lived.address}/gegevens.json")).status_code == status
    erased = await browser.post(f"{lived.address}/wissen/asked", typed=lived.request.reference)
    assert erased.status_code == status
    assert lived.house.requests.get(lived.request.reference) is not None


async def test_what_she_took_back_is_not_the_desks_to_give(lived: Lived) -> None:
    lived.house.requests.withdraw(lived.request.stored_id)
    lead = await lived.desk("lead")
    assert "ingetrokken" in (await lead.get(f"{lived.address}/gegevens")).text
    assert (await lead.get(f"{lived.address}/gegevens.json")).status_code == 409
    assert "dementie" in (await lived.hers.http.get(EXPORT)).text, "but it is hers"


async def test_the_operator_has_both_verbs(lived: Lived, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("ADEMPAUZE_DATA", str(lived.house.settings.data_dir))
    monkeypatch.setenv("ADEMPAUZE_DATABASE", lived.house.settings.database_url)
    assert main(["privacy", "export", lived.request.reference.lower().replace("-", "")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["requests"][0]["notes"]
    assert found["messages"]
    assert main(["privacy", "erase", lived.request.reference]) == 0
    assert lived.house.conversations.get(lived.talk) is None
    assert main(["privacy", "erase", lived.request.reference]) == 2


async def test_the_page_about_privacy_is_the_document_itself(lived: Lived) -> None:
    page = (await lived.hers.http.get("/privacy")).text
    assert "<h1>Uw privacy bij Adempauze</h1>" in page
    assert "90 dagen na het laatste bericht" in page
