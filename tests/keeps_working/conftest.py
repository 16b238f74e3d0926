"""A machine with a house in good health, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.keeps_working.machine import Machine, set_up


@pytest.fixture(scope="package")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house in good health, to be copied and harmed."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        machine = set_up(folder, patch)
        assert machine.runs(("staff", "add", "els@ede.example", "--name", "Els", "--role", "admin")).code == 0
        assert machine.runs(("catalogue", "export", "{folder}/in.csv")).code == 0
    return folder


@pytest.fixture
def machine(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    folder = tmp_path / "machine"
    shutil.copytree(whole, folder)
    return set_up(folder, monkeypatch)
