"""What an operator sets: read once, and refused in one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError


def test_no_questionnaire_is_on_by_default(tmp_path: Path) -> None:
    for environment in ({}, {"ADEMPAUZE_INSTRUMENTS": ""}):
        assert Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path), **environment}).instruments_dir is None


def test_the_folder_of_the_questionnaires_is_named(tmp_path: Path) -> None:
    environment = {"ADEMPAUZE_DATA": str(tmp_path), "ADEMPAUZE_INSTRUMENTS": str(tmp_path)}
    assert Settings.from_environment(environment).instruments_dir == tmp_path.resolve()


def test_a_folder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    environment = {"ADEMPAUZE_DATA": str(tmp_path), "ADEMPAUZE_INSTRUMENTS": str(tmp_path / "absent")}
    with pytest.raises(SettingsError, match=r"ADEMPAUZE_INSTRUMENTS must be a folder that exists, not .*absent"):
        Settings.from_environment(environment)
