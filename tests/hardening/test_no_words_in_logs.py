"""What people write reaches no log line, no figure and no screen of the operator, by whatever door it came, also when
everything behind the door breaks (invariant 10)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging

import httpx
import pytest

from bot.conversations.store import ConversationStore
from bot.reception import Reception
from bot.request.base import utc_now
from bot.staff.accounts import StaffRole
from channels.cli.terminal import Terminal
from channels.interface import FrontDoor
from channels.serving import application
from channels.telegram.building import build_telegram
from knowledge.curation.records import Records
from tests.house import opened_house
from tests.telegram_stub import TelegramStub
from tests.unit.channels.desk_site import Browser
from tests.unit.channels.test_who_may_come_where import address_of, routes_of

PLANTED = {
    "name": "Zwanenburger",
    "phone": "0687654321",
    "email": "anneke.z@voorbeeld.example",
    "health": "longontstekingkje",
    "street": "Kwikstaartlaan",
    "bsn": "123456782",
}
TOLD = " ".join(PLANTED.values())
FIELDS = ("text", "name", "phone", "email", "question", "when", "reason", "words", "who", "outcome", "note", "password",
          "municipality", "code", "old", "search", "q", "title", "body", "label", "agrees", "next_step")  # fmt: skip
OURS = {"X-Adempauze": "1"}


@pytest.fixture(scope="module")
def plain_house(tmp_path_factory):
    with opened_house(tmp_path_factory.mktemp("logs"), utc_now, with_model=False) as house:
        yield house


@pytest.fixture
def heard(caplog, capfd):
    """Everything that was logged or printed so far, at every level, by us and by every library."""
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).disabled = False

    def read() -> str:
        printed = capfd.readouterr()
        return "\n".join([caplog.text, *(str(record.__dict__) for record in caplog.records), printed.out, printed.err])

    return read


def planted_in(text: str) -> list[str]:
    return [kind for kind, word in PLANTED.items() if word in text]


def http_of(house) -> httpx.AsyncClient:
    # Our own client logs what it asks for; that is the test speaking, not the house.
    logging.getLogger("httpx").disabled = True
    transport = httpx.ASGITransport(app=application(house), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://house", headers=OURS)


def broken(*arguments, **named):
    raise RuntimeError(f"this names what was said: {arguments} {named} {TOLD}")


BREAKS = {
    "nothing": [],
    "the turn": [(Reception, "_answer")],
    "the store": [(ConversationStore, "add")],
    "reading back": [(ConversationStore, "since")],
    "the catalogue": [(Records, "all")],
}


async def _through_the_widget(house):
    async with http_of(house) as client:
        await client.post("/api/conversation", json={"municipality": TOLD[:70], "origin": TOLD[:70]})
        for number, body in enumerate(({"text": TOLD}, {"text": f"ik wil dood {TOLD}"}, {"button": TOLD}, {"x": TOLD})):
            await client.post("/api/messages", json={"client_id": f"mark-{number:06}", **body})
        await client.post("/api/messages", content=TOLD.encode(), headers={"Content-Type": "application/json"})
        await client.post("/api/reports", json={"offer": TOLD, "reason": TOLD})
        await client.post(
            "/api/request", json={"client_id": "mark-abcdef", "changes": {"contact_name": TOLD, TOLD: "x"}}
        )
        for path in ("/", "/g/x", "/api/messages", "/bel-mij", "/api/v1/offers", f"/{PLANTED['name']}"):
            await client.get(path, params={"via": TOLD, "gemeente": TOLD, "search": TOLD, "after": TOLD})
        form = dict.fromkeys(FIELDS, TOLD)
        await client.post("/bel-mij", data=form)
        whole = {**form, "municipality": "Ede", "phone": PLANTED["phone"], "email": PLANTED["email"], "mark": "a" * 20}
        await client.post("/bel-mij", data={**whole, "agree": "yes"})
        await client.request("DELETE", "/api/conversation", json={"why": TOLD})


async def _through_the_terminal(house):
    lines = iter([TOLD, "/zin{}" + TOLD, f"ik kan niet meer {TOLD}"])

    def ask():
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    with contextlib.suppress(RuntimeError):  # in a terminal the person herself sees what broke
        await Terminal(ask, lambda text: None).receive(FrontDoor(house.conversations, house.reception, house.erase))


async def _through_telegram(house):
    with TelegramStub(9_000_000) as stub:
        telegram = build_telegram(house, stub.settings(polling=True))
        anna = stub.person(990_001, name=PLANTED["name"])
        running = asyncio.create_task(telegram.run())
        anna.says("/start")
        anna.says(TOLD)
        anna.sends(contact={"phone_number": PLANTED["phone"], "first_name": PLANTED["name"]})
        anna.edits(TOLD)
        anna.press(1, TOLD[:60])
        stub.play({"message": {"text": TOLD}})
        for _ in range(60):
            await asyncio.sleep(0.05)
            if stub.waiting() == 0:
                break
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _through_the_desk(house):
    logging.getLogger("httpx").disabled = True
    site = type("Site", (), {"app": application(house), "base_url": "http://desk.test", "staff": house.staff})
    person = house.staff.by_address("planted@ede.example") or house.staff.add(
        PLANTED["name"], "planted@ede.example", StaffRole.COORDINATOR, "Ede"
    )
    browser = Browser(site)
    browser.client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=site.app, raise_app_exceptions=False), base_url=site.base_url
    )
    try:
        await browser.enter(person)
    except AssertionError:
        return  # what broke is before the door
    for key in routes_of(site.app.routes):
        if " /desk" not in key or "enter" in key or "sign-out" in key:
            continue
        method, path = address_of(key)
        if method == "POST":
            await browser.post(path, **dict.fromkeys(FIELDS, TOLD))
        else:
            await browser.get(path, params=dict.fromkeys(FIELDS, TOLD))
    await browser.get("/desk/sign-in")
    await browser.post("/desk/sign-in", email=PLANTED["email"], password=TOLD)


DOORS = {
    "widget": _through_the_widget,
    "terminal": _through_the_terminal,
    "telegram": _through_telegram,
    "desk": _through_the_desk,
}


@pytest.mark.parametrize("breaks", BREAKS)
@pytest.mark.parametrize("door", DOORS)
async def test_nothing_of_a_person_is_logged(plain_house, heard, monkeypatch, door, breaks):
    for owner, name in BREAKS[breaks]:
        monkeypatch.setattr(owner, name, broken)
    await DOORS[door](plain_house)
    said = heard()
    assert planted_in(said) == []


async def test_figures_and_health_name_nobody(plain_house):
    await _through_the_widget(plain_house)
    async with http_of(plain_house) as client:
        found = [await client.get(path) for path in ("/health", "/metrics")]
    for response in found:
        assert planted_in(response.text) == []
    json.loads(found[0].text)


def test_this_test_would_see_it(heard):
    logging.getLogger("somebody").debug("she said %s", TOLD)
    assert planted_in(heard()) == list(PLANTED)
