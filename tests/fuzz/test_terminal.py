"""Anything typed in a terminal: stored, answered, and the talk goes on."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given

from bot.conversations.records import storable
from channels.cli.terminal import Terminal
from channels.interface import FrontDoor
from tests.fuzz.counting import threw
from tests.fuzz.inputs import SECONDS_AT_MOST, nasty, thrown
from tests.fuzz.judging import check_turn

TOO_LONG = 10_000


@pytest.fixture(scope="module")
def typed(target, loop):
    """Types one line in a talk of its own; gives the conversation's messages after the greeting, and what was shown."""

    def run(line: str):
        door, shown, began = FrontDoor(target.conversations, target.reception, target.erase), [], []
        lines = iter([line])

        def ask() -> str:
            return next(lines, None) or _no_more()

        terminal = Terminal(ask if line else _no_more, shown.append)
        begin = door.begin

        async def begun(*arguments):
            began.append(await begin(*arguments))
            return began[0]

        door.begin = begun
        loop.run_until_complete(asyncio.wait_for(terminal.receive(door), SECONDS_AT_MOST))
        return target.conversations.since(began[0])[1:], shown

    return run


def _no_more() -> str:
    raise EOFError


@thrown("terminal")
@given(line=nasty())
def test_whatever_is_typed_is_kept_and_answered(typed, line):
    threw("terminal")
    new, shown = typed(line)
    if not line:
        assert new == []
        return
    assert len(shown) == 2
    assert shown[1].strip()
    if len(storable(line)) > TOO_LONG:
        assert [one.author for one in new] == ["assistant"]
        return
    check_turn(line, new)
