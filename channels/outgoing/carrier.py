"""What a carrier is: somebody who takes one letter to one kind of receiver, and says truthfully what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from bot.outbox.letters import Letter, Outcome
from bot.request.record import Request


@dataclass(frozen=True)
class Parcel:
    """A letter with the request it is about, and the two things a carrier may ask of the outbox.

    ``hand_over`` comes right before the step after which the receiver may have it; it raises when the letter is no
    longer ours, and then nothing may be sent. ``keep`` stores what is sent, so that every try sends the same.
    """

    letter: Letter
    request: Request
    hand_over: Callable[[], Awaitable[None]]
    keep: Callable[[dict[str, Any]], Awaitable[None]]


class Carrier(Protocol):
    """Carries letters of one kind. Anything it raises counts as not delivered, to be tried again."""

    async def carry(self, parcel: Parcel) -> Outcome: ...
