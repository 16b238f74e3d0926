"""A fresh talk for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.actions.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """A talk that has just begun."""
    return Stage.open(tmp_path)
