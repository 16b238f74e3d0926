"""Whatever anybody says or presses, in whatever order, nobody is left without an answer or without a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from channels.root import House
from tests.conversations.walk import Move, Walk, moves
from tests.house import SetClock

Beginning = Callable[[], Awaitable[Walk]]


@pytest.fixture(scope="session")
def begin(house: House, clock: SetClock) -> Beginning:
    """Begins a walk; so that a failing example is shown without the whole house."""

    async def walk() -> Walk:
        return await Walk.begin(house, clock)

    return walk


@settings(max_examples=300, deadline=None, derandomize=True, phases=(Phase.generate, Phase.shrink))
@given(walked=st.lists(moves(), min_size=4, max_size=14), calls=st.booleans())
async def test_nobody_gets_lost(begin: Beginning, walked: list[Move], calls: bool) -> None:
    walk = await begin()
    try:
        for move in walked:
            faults = await walk.make(move)
            assert not faults, f"{faults}\n{walk.transcript()}"
        if calls:
            faults = await walk.call_for_a_person()
            assert not faults, f"{faults}\n{walk.transcript()}"
    finally:
        walk.erase()
