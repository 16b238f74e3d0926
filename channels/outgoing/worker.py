"""The worker: takes letters from the outbox one by one, each kind in a lane of its own, until it is told to stop.

Lanes are apart so that one receiver that does not answer holds up no other. Any number of workers may run, beside each
other and in different processes; the outbox sees to it that each letter is in one pair of hands.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import Any

from bot.outbox.carrying import LostClaimError, Outbox
from bot.outbox.letters import Letter, LetterKind, NotWanted, Outcome, TryLater, Unsure
from channels.aside import aside, rest_until
from channels.outgoing.carrier import Carrier, Parcel

log = logging.getLogger(__name__)

LONGEST_DELIVERY = 60.0
"""Seconds; half of the lease, so that nobody else takes a letter that is still being carried."""
PAUSE = 2.0
"""Seconds between looking, when there was nothing to do."""
GRACE = 10.0
"""Seconds that a letter in hand gets when the worker stops."""


class Worker:
    """Carries letters by the carriers it was given."""

    def __init__(self, outbox: Outbox, carriers: Mapping[LetterKind, Carrier], *, longest: float = LONGEST_DELIVERY):
        self._outbox = outbox
        self._carriers = dict(carriers)
        self._longest = longest
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Take nothing new; ``run`` ends when the letters in hand are settled."""
        self._stopping.set()

    async def run(self) -> None:
        """Work until ``stop``. When it is cancelled, a letter in hand gets ``GRACE`` seconds, then it is given back."""
        lanes = [asyncio.create_task(self._lane(kind)) for kind in self._carriers]
        if not lanes:
            return
        try:
            await asyncio.wait(lanes)
        except asyncio.CancelledError:
            self._stopping.set()
            await asyncio.wait(lanes, timeout=GRACE)
            raise
        finally:
            for lane in lanes:
                lane.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)

    async def deliver_due(self) -> int:
        """Carry everything that is due now, of every kind; gives how many letters were taken up."""
        taken = 0
        for kind in self._carriers:
            while await self._one(kind):
                taken += 1
        return taken

    async def _lane(self, kind: LetterKind) -> None:
        while not self._stopping.is_set():
            try:
                busy = await self._one(kind)
            except Exception as error:  # the database is away: the lane waits for it, it does not end
                log.error("letters of kind %s wait: %s", kind, type(error).__name__)
                busy = False
            if not busy:
                await rest_until(self._stopping, PAUSE)

    async def _one(self, kind: LetterKind) -> bool:
        letter = await aside(self._outbox.claim, (kind,))
        if letter is None:
            return False
        try:
            outcome = await self._carried(letter)
            await aside(self._outbox.settle, letter, outcome)
        except LostClaimError:
            log.warning("letter %s is in other hands", letter.id)
        except asyncio.CancelledError:
            if letter.handed_over_at is None:
                with contextlib.suppress(LostClaimError):
                    self._outbox.release(letter)
            raise
        return True

    async def _carried(self, letter: Letter) -> Outcome:
        request = await aside(self._outbox.request_of, letter)
        if request is None:
            return NotWanted()

        async def hand_over() -> None:
            await aside(self._outbox.hand_over, letter)

        async def keep(content: dict[str, Any]) -> None:
            await aside(self._outbox.keep, letter, content)

        carrier = self._carriers[letter.kind]
        try:
            return await asyncio.wait_for(carrier.carry(Parcel(letter, request, hand_over, keep)), self._longest)
        except LostClaimError:
            raise
        except Exception as error:  # somebody else's server and library: whatever it is, the letter is kept
            code = "timeout" if isinstance(error, (asyncio.TimeoutError, TimeoutError)) else type(error).__name__
            log.warning("letter %s (%s) not delivered: %s", letter.id, letter.kind, code)
            return TryLater(code) if letter.handed_over_at is None else Unsure(code)
