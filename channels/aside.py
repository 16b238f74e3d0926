"""Waiting that can be stopped at any moment: a stop is always heard, and work off the event loop is then neither left
half done nor taken up for nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

_Result = TypeVar("_Result")


def aside(work: Callable[..., _Result], *arguments: Any) -> Awaitable[_Result]:
    """Do it in a thread, and bring it to its end also when somebody cancels the wait."""
    return asyncio.shield(asyncio.to_thread(work, *arguments))


async def claimed(claim: Callable[[], _Result | None], release: Callable[[_Result], None]) -> _Result | None:
    """Take something up; when the wait is cancelled meanwhile it is given back, so that nobody waits for its lease."""
    taking = asyncio.ensure_future(asyncio.to_thread(claim))
    try:
        return await asyncio.shield(taking)
    except asyncio.CancelledError:
        taken = await taking
        if taken is not None:
            await asyncio.to_thread(release, taken)
        raise


async def together(*work: Awaitable[None]) -> None:
    """All of it, until it is cancelled or one of it fails; then the others are ended too, each told so once."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def rest_until(bell: asyncio.Event, seconds: float) -> None:
    """Until the bell rings, and at most this long. Not with ``asyncio.wait_for``: before Python 3.12 it forgets a stop
    that comes just as the bell rings, and whoever rests in a loop would never end."""
    ringing = asyncio.ensure_future(bell.wait())
    try:
        await asyncio.wait((ringing,), timeout=seconds)
    finally:
        ringing.cancel()
