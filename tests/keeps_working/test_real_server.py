"""The real server: killed in mid-turn, many people at once, its database taken away, and what it says about itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.database import postgresql
from tests.keeps_working.crowd import talk_at_once
from tests.keeps_working.server import Server, Someone

DANGER = "ik wil niet meer leven"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for this file: starting takes seconds."""
    ready = Server(tmp_path_factory.mktemp("served")).start()
    yield ready
    ready.stop()


async def test_many_people_at_once_are_all_answered(server: Server) -> None:
    crowd = await talk_at_once(server, 25)
    assert crowd.lost == []
    assert len(crowd.seconds) == 75
    assert crowd.p95 < 30  # the figure for 200 people is in docs/beheer.md
    figures = server.figures()
    assert figures['adempauze_messages_total{outcome="answered"}'] >= 75
    assert figures["adempauze_turn_seconds_count"] >= 75


async def test_health_and_metrics_have_a_line_for_every_part(server: Server) -> None:
    health = server.health()
    parts = {"database", "keeping", "disk", "model", "catalogue", "mail", "worker", "telegram", "clock", "background"}
    assert parts <= set(health)
    assert health["status"] == "ok", health
    figures = server.figures()
    for part in parts:
        assert figures[f'adempauze_part_well{{part="{part}"}}'] == 1, part
    assert figures["adempauze_well"] == 1
    for wrong in ({}, {"Authorization": "Bearer no"}, {"Authorization": "Bearer é"}):
        headers = {name: value.encode("latin-1") for name, value in wrong.items()}
        assert server.get("/metrics", headers).status_code == 404


async def test_killed_in_mid_turn_it_answers_once_when_the_message_comes_again(server: Server) -> None:
    await killed_in_mid_turn(server)


async def test_killed_in_mid_turn_on_postgresql(tmp_path: Path) -> None:
    with postgresql() as address:
        server = Server(tmp_path, ADEMPAUZE_DATABASE=address).start()
        try:
            await killed_in_mid_turn(server)
        finally:
            server.stop()


async def killed_in_mid_turn(server: Server) -> None:
    """A message that was under way when the power went is there once, with one answer."""
    async with httpx.AsyncClient(timeout=60) as client:
        someone = Someone(server, 77, client)
        await someone.begin()
        await someone.say("mijn vader heeft parkinson", "mark-before")
        under_way = asyncio.create_task(someone.once("hij valt vaak en ik durf niet meer weg", "mark-killed"))
        await asyncio.sleep(0.03)  # stored, and not answered yet
        server.kill()
        await asyncio.gather(under_way, return_exceptions=True)
        await asyncio.to_thread(server.start)
        again = [await someone.say("hij valt vaak en ik durf niet meer weg", "mark-killed") for _ in range(2)]
        assert [answer.status_code for answer in again] == [200, 200]
        assert [m["id"] for m in again[0].json()["messages"]] == [m["id"] for m in again[1].json()["messages"]]
        there = await someone.everything()
        assert [m["text"] for m in there if m["author"] == "person"] == [
            "mijn vader heeft parkinson",
            "hij valt vaak en ik durf niet meer weg",
        ]
        assert there[-1]["author"] == "assistant"
        assert len(there) == len({m["id"] for m in there})


async def test_without_its_database_it_answers_danger_and_says_so(server: Server) -> None:
    file = server.folder / "adempauze.db"
    away = file.with_suffix(".away")
    async with httpx.AsyncClient(timeout=60) as client:
        someone, stranger = Someone(server, 78, client), Someone(server, 79, client)
        await someone.begin()
        file.rename(away)
        try:
            answer = await someone.say(DANGER, "mark-danger")
            told = answer.json()
            assert (answer.status_code, told["error"], told["danger"]) == (503, "not_kept", True)
            assert any("0800-0113" in each["text"] for each in told["unsaved"])
            assert int(answer.headers["retry-after"]) > 0
            first = await stranger._post("conversation", {"waiting": ["hallo", DANGER]})
            assert first.status_code == 503
            assert any("0800-0113" in each["text"] for each in first.json()["unsaved"])
            plain = (await someone.say("mijn man heeft dementie", "mark-plain")).json()
            assert plain["danger"] is False
            assert "nu niet bewaren" in plain["text"]
            page, script = (server.get(path) for path in ("/", "/adempauze.js"))
            assert (page.status_code, script.status_code) == (200, 200)
            assert "0800-0113" in page.text
            health = server.health()
            assert (health["status"], health["database"], health["keeping"]) == ("failing", "failing", "failing")
            assert server.figures()['adempauze_part_well{part="keeping"}'] == 0
            assert DANGER not in server.log()
        finally:
            away.rename(file)
        for _ in range(50):
            kept = await someone.say(DANGER, "mark-danger")
            if kept.status_code == 200:
                break
            await asyncio.sleep(0.2)
        assert kept.status_code == 200
        assert [m["text"] for m in await someone.everything() if m["author"] == "person"] == [DANGER]
        assert server.health()["status"] == "ok"


@pytest.mark.parametrize("content", [None, b"half an archive"])
def test_without_a_model_that_works_it_serves_danger_and_numbers(tmp_path: Path, content: bytes | None) -> None:
    from bot.training import model_path

    models = tmp_path / "models"
    models.mkdir()
    if content is not None:
        model_path(models).write_bytes(content)
    served = Server(tmp_path, ADEMPAUZE_MODELS=str(models)).start()
    try:
        health = served.health()
        assert (health["status"], health["model"]) == ("degraded", "broken" if content else "missing")
        assert served.figures()['adempauze_part_well{part="model"}'] == 0
        asyncio.run(_talk_without_a_model(served))
        assert "adempauze train" in served.log()
    finally:
        served.stop()


async def _talk_without_a_model(served: Server) -> None:
    async with httpx.AsyncClient(timeout=60) as client:
        someone = Someone(served, 80, client)
        await someone.begin()
        danger = (await someone.say(DANGER, "mark-danger")).json()["messages"]
        assert any("0800-0113" in message["text"] for message in danger)
        other = (await someone.say("mijn man heeft dementie", "mark-other")).json()["messages"]
        assert "niet goed verstaan" in other[-1]["text"]
