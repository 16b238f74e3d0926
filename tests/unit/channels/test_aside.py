"""A stop is heard at whatever moment it comes."""

from __future__ import annotations

import asyncio
import time

import pytest

from channels.aside import claimed, rest_until


@pytest.mark.parametrize("moments", range(6))
async def test_who_rests_is_stopped_also_as_the_bell_rings(moments):
    bell = asyncio.Event()

    async def rests_for_ever():
        while True:
            await rest_until(bell, 60)

    resting = asyncio.create_task(rests_for_ever())
    await asyncio.sleep(0.01)
    bell.set()
    for _ in range(moments):
        await asyncio.sleep(0)
    bell.clear()
    resting.cancel()
    done, _ = await asyncio.wait([resting], timeout=20)
    assert done, "it rests on"
    assert resting.cancelled()


async def test_the_bell_ends_the_rest_and_else_the_time_does():
    bell = asyncio.Event()
    began = time.monotonic()
    await rest_until(bell, 0.05)
    assert time.monotonic() - began >= 0.04
    asyncio.get_running_loop().call_later(0.01, bell.set)
    await asyncio.wait_for(rest_until(bell, 60), 20)


async def test_what_was_taken_up_as_the_wait_was_stopped_is_given_back():
    given_back = []

    def claim():
        time.sleep(0.1)
        return "letter"

    taking = asyncio.create_task(claimed(claim, given_back.append))
    await asyncio.sleep(0.02)
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    assert given_back == ["letter"]
