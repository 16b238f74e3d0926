"""The whole house for tests: the real assistant on a database of its own, with a clock that a test can set."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.settings import ROOT, Settings
from channels.root import House, build_house


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: float) -> None:
        """Move on, as ``timedelta`` takes it."""
        self.moment += timedelta(**amount)


_STAFF = {"ADEMPAUZE_SECOND_FACTOR": "admins"}  # else every visit to the desk would begin with setting one up
CALLED = "house desk.test"  # how tests call a house that is not on a port
MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)


@contextmanager
def opened_house(folder: Path, clock: SetClock, *, with_model: bool = True) -> Iterator[House]:
    """A house in ``folder``; the model is the one of the present sources, trained here if it is missing."""
    database = os.environ.get("ADEMPAUZE_TEST_DATABASE", f"sqlite:///{folder / 'test.db'}")
    told = {"ADEMPAUZE_DATA": str(folder), "ADEMPAUZE_HOSTS": CALLED, **_STAFF, **_models()}
    settings = Settings.from_environment(told)
    settings = replace(settings, database_url=database)
    if with_model:  # in a process of its own: this one leaves TensorFlow out
        subprocess.run([sys.executable, "-m", "channels.cli.main", "train"], cwd=ROOT, check=True, capture_output=True)
    house = build_house(settings, now=clock, with_model=with_model)
    try:
        yield house
    finally:
        house.engine.dispose()


def _models() -> dict[str, str]:
    return {"ADEMPAUZE_MODELS": os.environ["ADEMPAUZE_MODELS"]} if "ADEMPAUZE_MODELS" in os.environ else {}
