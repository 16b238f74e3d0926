"""A machine without Python 3.10 gets one clear line, from both commands."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import ROOT


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH with a shell, make and what the scripts need, and no Python, pyenv or uv."""
    for tool in ("sh", "make", "touch", "grep", "sed", "rm"):
        found = shutil.which(tool)
        assert found, tool
        os.symlink(found, tmp_path / tool)
    return str(tmp_path)


@pytest.mark.parametrize("target", ["run", "test"])
def test_without_python_310_one_line_says_what_to_install(bare_path: str, tmp_path: Path, target: str) -> None:
    work = tmp_path / "clone"
    work.mkdir()
    for name in ("Makefile", "scripts", "requirements.lock", "requirements-dev.lock"):
        os.symlink(ROOT / name, work / name)
    answer = subprocess.run(
        ["make", target], cwd=work, env={"PATH": bare_path, "HOME": str(tmp_path)}, capture_output=True, text=True
    )
    assert answer.returncode != 0
    said = [line for line in answer.stderr.splitlines() if not line.startswith("make")]
    assert len(said) == 1, answer.stderr
    assert "Python 3.10" in said[0]
    assert "uv python install 3.10" in said[0]


def test_the_python_of_this_machine_is_found() -> None:
    answer = subprocess.run(["sh", "scripts/find-python"], cwd=ROOT, capture_output=True, text=True, check=True)
    version = subprocess.run([answer.stdout.strip(), "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("Python 3.10")
