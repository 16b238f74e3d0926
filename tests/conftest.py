"""Shared by every test: no telemetry, and one house with the real model."""

from __future__ import annotations

import os

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from collections.abc import Iterator

import pytest
from hypothesis import settings

from bot.engine.without_tensorflow import leave_out_tensorflow
from tests.house import MONDAY_MORNING, SetClock, opened_house

leave_out_tensorflow()  # as serving does, whichever test comes first

# What hypothesis draws is the same each time and has no deadline: whether a change is good may not hang on the dice,
# nor on how busy the machine is. For new dice: pytest --hypothesis-profile=default.
settings.load_profile("ci")


@pytest.fixture(scope="session")
def clock() -> SetClock:
    """The clock of the shared house."""
    return SetClock(MONDAY_MORNING)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Iterator[object]:
    """The whole house with the trained model, shared by all tests that need it."""
    with opened_house(tmp_path_factory.mktemp("house"), clock) as ready:
        yield ready
