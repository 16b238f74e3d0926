"""Talking to the assistant without a browser: for people (``talk``), for evaluation (``converse``, ``understand``).

All of them go through the reception, so danger is heard here as everywhere. ``talk`` and ``converse`` practise: they
use a database of their own that is thrown away, so that nothing reaches a desk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import Settings
from channels.cli.problem import NO_MODEL, Problem

if TYPE_CHECKING:
    from channels.root import House


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this room to the parser."""
    understand = verbs.add_parser("understand", help='JSON lines {"id","text"} in, what was understood out')
    understand.add_argument("--file", type=argparse.FileType("r", encoding="utf-8"), default=sys.stdin)
    understand.add_argument("--explain", action="store_true", help="also say why: chances, phrases, decisions")
    understand.set_defaults(run=_understand)
    converse = verbs.add_parser("converse", help="user turns in (one a line), one JSON line a turn out")
    converse.add_argument("--seed-time", help="the clock at the start, such as 2026-11-23T09:00:00+01:00")
    converse.add_argument("--file", type=argparse.FileType("r", encoding="utf-8"), default=sys.stdin)
    converse.set_defaults(run=_converse)
    verbs.add_parser("talk", help="talk in the terminal, as a person would").set_defaults(run=_talk)


@contextmanager
def practice_house(settings: Settings, seed_time: str | None = None, *, with_model: bool = True) -> Iterator[House]:
    """A whole house on a throw-away database. ``seed_time`` sets its clock, which runs on from there."""
    from bot.request.base import utc_now
    from channels.root import build_house

    with tempfile.TemporaryDirectory(prefix="adempauze-") as folder:
        database = f"sqlite:///{Path(folder) / 'practice.db'}"
        now = _clock_from(seed_time) if seed_time else utc_now
        house = build_house(replace(settings, database_url=database), now=now, with_model=with_model)
        if with_model and house.assistant is None:
            raise Problem(NO_MODEL[house.model])
        try:
            yield house
        finally:
            house.engine.dispose()


def _understand(options: argparse.Namespace, settings: Settings) -> int:
    from bot.safety.detection import detect_danger, hearing
    from bot.safety.judgement import judge
    from bot.safety.kinds import Hunch
    from bot.understanding.report import describe_understanding, explain_understanding

    async def run(house: House) -> int:
        failures = 0
        for number, line in enumerate(options.file, start=1):
            if not line.strip():
                continue
            try:
                item = _item(line)
            except ValueError as error:
                print(f"line {number}: {error}", file=sys.stderr)
                failures += 1
                continue
            assert house.assistant is not None
            parsed = await house.assistant.understand(item["text"])
            found = detect_danger(item["text"])
            danger = judge(found, Hunch.from_dict(parsed.get("danger")), hearing().explains(item["text"]))
            result = describe_understanding(item["id"], parsed, danger)
            if options.explain:
                result["why"] = explain_understanding(parsed, found)
            print(json.dumps(result, ensure_ascii=False), flush=True)
        return 1 if failures else 0

    with practice_house(settings) as house:
        return asyncio.run(run(house))


def _item(line: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg})") from None
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise ValueError('needs {"id": …, "text": "…"}')
    return {"id": item.get("id"), "text": item["text"]}


def _converse(options: argparse.Namespace, settings: Settings) -> int:
    from channels.cli.practice import Practice

    async def run(house: House) -> int:
        practice = await Practice.begin(house)
        for number, line in enumerate(options.file, start=1):
            started = time.perf_counter()
            turn = await practice.take(line.rstrip("\n"))
            elapsed = round((time.perf_counter() - started) * 1000, 1)
            print(json.dumps({"turn": number, **turn, "elapsed_ms": elapsed}, ensure_ascii=False), flush=True)
        return 0

    with practice_house(settings, options.seed_time) as house:
        return asyncio.run(run(house))


def _talk(options: argparse.Namespace, settings: Settings) -> int:
    from channels.cli.terminal import Terminal
    from channels.interface import FrontDoor

    async def run(house: House) -> int:
        if house.assistant is not None:
            await house.assistant.warm_up()
        door = FrontDoor(house.conversations, house.reception, house.erase)
        await Terminal(lambda: input("\nU: "), print).receive(door)
        print()
        return 0

    with practice_house(settings) as house:
        return asyncio.run(run(house))


def _clock_from(text: str) -> Any:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        raise Problem(f"--seed-time wants a moment such as 2026-11-23T09:00:00+01:00, not {text!r}") from None
    start = start if start.tzinfo else start.replace(tzinfo=timezone.utc)
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)
