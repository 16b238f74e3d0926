"""What an operator sees, and nobody else: the health page, refusals counted, and the log as JSON for another system."""

from __future__ import annotations

import json
import logging
import socket

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.audit.log import AuditLog, Outcome
from bot.settings import Settings, SettingsError
from bot.staff.accounts import StaffRole
from channels.logbook import JsonLines, audit_teller, open_logbook
from channels.refused import DOORS, KINDS, PAGE, door_of
from tests.hardening.test_threshold import OURS, client_of

TOKEN = "a token of the tests"
WHOLE = {"database", "model", "conversations", "letters_dead"}


def figures(page: str) -> dict[str, float]:
    lines = (line.rsplit(" ", 1) for line in page.splitlines() if line.startswith("adempauze_refusals_total"))
    return {name: float(count) for name, count in lines}


@pytest.mark.parametrize(
    ("address", "headers", "whole"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("10.0.4.7", {}, True),
        ("::ffff:192.168.1.9", {}, True),
        ("203.0.113.5", {}, False),
        ("2001:db8::1", {}, False),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.5"}, False),
        ("127.0.0.1", {"X-Real-IP": "127.0.0.1"}, False),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, False),
        ("127.0.0.1", {"Via": "1.1 proxy"}, False),
        ("127.0.0.1", {"Origin": "https://elders.example"}, False),
        ("203.0.113.5", {"X-Forwarded-For": "127.0.0.1"}, False),
        ("203.0.113.5", {"Authorization": f"Bearer {TOKEN}"}, True),
        ("203.0.113.5", {"Authorization": f"Bearer {TOKEN}x"}, False),
        ("203.0.113.5", {"Authorization": "Bearer "}, False),
        ("", {}, False),
    ],
)
async def test_health_says_one_word_to_whoever_is_not_inside(site_with, address, headers, whole):
    site = site_with(metrics_token=TOKEN)
    said = (await client_of(site, address).get("/health", headers=headers)).json()
    assert said["status"] in ("ok", "degraded", "failing")
    assert set(said).issuperset(WHOLE) is whole
    assert whole or set(said) == {"status"}


async def test_behind_our_own_proxy_nobody_is_inside_by_address(site_with):
    site = site_with(proxies=1)
    for told in ("127.0.0.1", "10.0.0.1"):
        said = (await client_of(site, "127.0.0.1").get("/health", headers={"X-Forwarded-For": told})).json()
        assert set(said) == {"status"}


async def test_without_a_token_that_is_set_no_token_opens_anything(site):
    for given in ("Bearer ", "Bearer None", ""):
        answer = await client_of(site, "203.0.113.5").get("/health", headers={"Authorization": given})
        assert set(answer.json()) == {"status"}
        assert (await client_of(site).get("/metrics", headers={"Authorization": given})).status_code == 404


async def test_refusals_are_counted_by_door_and_kind_and_never_by_person(site_with):
    site = site_with(metrics_token=TOKEN)
    async with client_of(site, "203.0.113.99") as stranger:
        await stranger.post("/api/messages", json={"text": "mijn naam is Zwanenburger"})  # without our header
        await stranger.post("/api/messages", json={"text": "x"}, headers=OURS)  # without a talk
        json_of_ours = {**OURS, "Content-Type": "application/json"}
        await stranger.post("/api/conversation", content=b"x" * 70_000, headers=json_of_ours)
        await stranger.get("/", headers={"Host": "elders.example"})
        await stranger.get("/Zwanenburger-0612345678")
        await stranger.post("/telegram/updates", json={})
        await stranger.post("/desk/sign-in", data={"form_token": "x"})
        for _ in range(42):
            await stranger.post("/api/conversation", json={}, headers=OURS)
            stranger.cookies.clear()
    told = (await client_of(site).get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})).text
    found = figures(told)
    for door, kind in (
        ("api", "not_allowed"), ("api", "nobody"), ("api", "too_big"), ("api", "too_many"), ("page", "another_name"),
        ("page", "not_there"), ("telegram", "not_there"), ("desk", "not_allowed"),
    ):  # fmt: skip
        assert found[f'adempauze_refusals_total{{door="{door}",kind="{kind}"}}'] >= 1, (door, kind)
    for secret in ("Zwanenburger", "0612345678", "203.0.113", "elders"):
        assert secret not in told
    assert len(found) <= (len(DOORS) + 1) * (len(KINDS) + 1), "no caller makes a new line"


@pytest.mark.parametrize("path", ["/api", "/api/x", "/desk/../x", "//api//x", "", "/", "/\n", "/API/x", "/x" * 500])
def test_a_label_is_a_word_of_ours_whatever_was_called(path):
    assert door_of(path) in (*DOORS, PAGE)


def test_a_line_of_the_log_is_one_json_object_whatever_is_in_it():
    record = logging.LogRecord("x", logging.ERROR, "f", 1, 'at %s"}\n{"level": "forged', ("/a\r\nb\u2028",), None)
    written = JsonLines().format(record)
    assert "\n" not in written
    assert "\u2028" not in written
    assert json.loads(written)["level"] == "error"
    assert json.loads(written)["said"].startswith("at /a\r\nb")


def test_of_an_error_the_kind_and_place_are_written_and_not_what_it_quotes():
    try:
        raise ValueError("Zwanenburger typed this")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), (ValueError, error, error.__traceback__))
    written = JsonLines().format(record)
    assert "Zwanenburger" not in written
    assert "ValueError" in json.loads(written)["failed"]


@pytest.fixture
def root_as_it_was():
    root, audit = logging.getLogger(), logging.getLogger("adempauze.audit")
    before, level = list(root.handlers), audit.level
    yield root
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    audit.setLevel(level)


def test_the_log_and_the_audit_log_go_to_syslog_when_asked(open_house, people, clock, root_as_it_was):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as syslog:
        syslog.bind(("127.0.0.1", 0))
        syslog.settimeout(5)
        where = f"syslog://127.0.0.1:{syslog.getsockname()[1]}"
        open_logbook(where)
        audit = AuditLog(open_house.sessions, clock, tell=audit_teller(where))
        audit.write(people[StaffRole.EDITOR], "sign-in", "password", Outcome.NOT_DONE)
        line = json.loads(syslog.recv(4096).partition(b">")[2].rstrip(b"\x00"))
        logging.getLogger("adempauze.x").warning("hello")
        other = json.loads(syslog.recv(4096).partition(b">")[2].rstrip(b"\x00"))
    editor = people[StaffRole.EDITOR]
    assert line["audit"] == {
        "at": clock().isoformat(timespec="seconds"), "staff_id": editor.id, "name": editor.name, "role": "editor",
        "municipality": "Ede", "act": "sign-in", "subject": "password", "outcome": "not_done",
    }  # fmt: skip
    assert (other["said"], other["level"]) == ("hello", "warning")


def test_what_was_rolled_back_is_told_to_nobody(open_house, people, clock):
    told = []
    audit = AuditLog(open_house.sessions, clock, tell=told.append)
    editor = people[StaffRole.EDITOR]
    fails = text("insert into staff_accounts (id) values (null)")
    with pytest.raises(IntegrityError), audit.under_way(editor, "x.y", "1"), open_house.sessions.begin() as session:
        session.execute(fails)
    assert [(line["act"], line["outcome"]) for line in told] == [("x.y", "not_done")]


@pytest.mark.parametrize("wrong", ["yes", "syslog:", "syslog://", "http://x", "syslog://x:port", "JSON"])
def test_a_log_that_is_nowhere_stops_the_start(tmp_path, wrong):
    with pytest.raises(SettingsError, match="ADEMPAUZE_LOG"):
        Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path), "ADEMPAUZE_LOG": wrong})


def test_a_syslog_that_is_not_there_stops_the_start_with_one_line(tmp_path):
    with pytest.raises(SettingsError, match="no syslog answers"):  # a socket file that is not there
        open_logbook(f"syslog://{tmp_path}/nothing")


async def test_json_on_standard_output_is_what_a_platform_reads(capsys, root_as_it_was):
    open_logbook("json")
    logging.getLogger("adempauze.x").error("request failed at %s", "/x")
    printed = capsys.readouterr().out.strip()
    assert json.loads(printed)["said"] == "request failed at /x"
