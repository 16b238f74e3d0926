"""A house with the trained model and a clock that runs, for what is thrown at it; and a loop that outlives an input."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.request.base import utc_now
from bot.staff.sign_in_settings import SecondFactorRule
from channels.root import House
from channels.web.guards import TokenBuckets
from tests.fuzz.counting import COUNTS
from tests.house import opened_house


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The house. The second factor is off: it has tests of its own."""
    with opened_house(tmp_path_factory.mktemp("fuzz"), utc_now) as house:
        sign_in = replace(house.settings.sign_in, second_factor=SecondFactorRule.OFF)
        yield replace(house, settings=replace(house.settings, sign_in=sign_in))


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop for one file."""
    made = asyncio.new_event_loop()
    yield made
    made.run_until_complete(made.shutdown_default_executor())
    made.close()


@pytest.fixture(scope="module")
def in_haste() -> Iterator[None]:
    """Nobody is slowed down: limits have tests of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TokenBuckets, "take", lambda self, key: 0.0)
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many inputs each channel got, and in what time."""
    if COUNTS.thrown:
        terminalreporter.write_line(COUNTS.summary())
