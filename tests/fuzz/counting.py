"""How far ``make fuzz`` is: a line now and then, and at the end how many inputs each channel got, and in what time."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.fuzz.inputs import FEW, how_many, share_of

EVERY = 30.0  # seconds between two lines


@dataclass
class Counts:
    """What was thrown, by channel. Lines go to ``show`` only when ``loud``: few inputs need no news."""

    loud: bool
    thrown: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    _began: dict[str, float] = field(default_factory=dict)
    _told: float = field(default_factory=time.monotonic)

    def count(self, channel: str, most: int, inputs: int = 1) -> None:
        """So many inputs more for this channel, of about ``most``."""
        now = time.monotonic()
        began = self._began.setdefault(channel, now)
        self.thrown[channel] += inputs
        self.seconds[channel] = now - began
        if self.loud and now - self._told >= EVERY:
            self._told = now
            sys.__stderr__.write(f"  {channel}: {self.thrown[channel]} of {most} ({now - began:.0f} s)\n")
            sys.__stderr__.flush()

    def summary(self) -> str:
        """One line with everything."""
        each = ", ".join(
            f"{channel} {count} in {self.seconds[channel]:.0f} s" for channel, count in self.thrown.items()
        )
        return f"{sum(self.thrown.values())} inputs: {each}"


COUNTS = Counts(loud=how_many() > FEW)


def threw(channel: str, inputs: int = 1) -> None:
    """So many inputs more were thrown at this channel."""
    COUNTS.count(channel, share_of(channel), inputs)
