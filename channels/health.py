"""How the house is doing, one line a part, for an operator. It never raises, never waits long, and names no person.

``status``: *ok*; *degraded* when people are helped but a part is not well; *failing* when what they say cannot be kept.
Danger is answered in all three.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.keeping import STORING_FAILS, Outage

LOW_DISK = 500 * 1024 * 1024
FULL_DISK = 20 * 1024 * 1024
OFF, OK = "off", "ok"
STILL = 3.0
"""Work beside the serving that did not come round for so many times its pause stands still."""


class Chats(Protocol):
    """What is asked of a channel that another company carries."""

    @property
    def reachable(self) -> bool:
        """Did the last call succeed?"""
        ...


@dataclass
class Rounds:
    """When each piece of work in the background came round last. Written from the loop, read from any thread."""

    seconds: Callable[[], float] = time.monotonic
    _due: dict[str, float] = field(default_factory=dict)

    def came_round(self, name: str, again_in: float) -> None:
        """It did its work, and will again in so many seconds."""
        self._due[name] = self.seconds() + again_in * STILL + 30

    def late(self) -> list[str]:
        """What stands still."""
        now = self.seconds()
        return sorted(name for name, due in self._due.items() if now > due)


@dataclass(frozen=True)
class HealthReport:
    """The parts, and where to ask them. ``stored`` counts what is in the database; it raises when that is away."""

    model: str
    stored: Callable[[], dict[str, int]]
    outage: Outage
    disk: Path
    mail: bool
    municipalities: int
    clock_trusted: Callable[[], bool]
    rounds: Rounds
    chats: Chats | None = None

    def __call__(self) -> dict[str, Any]:
        """The report, ready for JSON: words for parts, numbers for figures."""
        figures, database = self._figures()
        free = _free(self.disk)
        parts = {
            "database": database,
            "keeping": "failing" if self.outage.on else OK,
            "disk": _disk(free),
            "model": self.model,
            "catalogue": OK if figures.get("offers", 1) else "empty",
            "mail": self._mail(figures),
            "worker": "behind" if figures.get("letters_overdue") else OK,
            "telegram": OFF if self.chats is None else OK if self.chats.reachable else "unreachable",
            "clock": OK if self.clock_trusted() else "jumped",
            "background": "standing_still" if self.rounds.late() else OK,
        }
        failing = database != OK or self.outage.on or parts["disk"] == "full"
        degraded = any(part not in (OK, OFF) for part in parts.values())
        return {
            "status": "failing" if failing else "degraded" if degraded else OK,
            **parts,
            "municipalities": self.municipalities,
            "disk_free_mb": -1 if free is None else free // 2**20,
            "times_not_keeping": self.outage.times,
            **figures,
        }

    def _figures(self) -> tuple[dict[str, int], str]:
        try:
            return self.stored(), OK
        except STORING_FAILS:
            return {}, "failing"

    def _mail(self, figures: dict[str, int]) -> str:
        if not self.mail:
            return OFF
        return "waiting" if figures.get("letters_tried_again") or figures.get("letters_dead") else OK


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _disk(free: int | None) -> str:
    if free is None:
        return "gone"
    return OK if free > LOW_DISK else "low" if free > FULL_DISK else "full"
