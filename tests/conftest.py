"""Shared by every test: the import order that keeps start-up fast, no telemetry, and one house with the real model."""

from __future__ import annotations

import os

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from collections.abc import Iterator

import pytest

import bot  # noqa: F401  - imports skops before anything imports TensorFlow


@pytest.fixture(scope="session")
def clock():  # type: ignore[no-untyped-def]
    """The clock of the shared house."""
    from tests.house import MONDAY_MORNING, SetClock

    return SetClock(MONDAY_MORNING)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, clock) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """The whole house with the trained model, shared by all tests that need it."""
    from tests.house import opened_house

    with opened_house(tmp_path_factory.mktemp("house"), clock) as ready:
        yield ready
