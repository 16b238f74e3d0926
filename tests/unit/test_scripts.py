"""A machine without Python 3.10 gets one clear line; an audit that cannot be done is never taken for one that was."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.settings import ROOT
from scripts.advisories import fault_of


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


def test_an_audit_without_a_source_of_advisories_says_so_and_fails() -> None:
    nowhere = dict.fromkeys(("https_proxy", "HTTPS_PROXY"), "http://127.0.0.1:1")
    own = {name: value for name, value in os.environ.items() if name.lower() != "no_proxy"}
    answer = subprocess.run(
        ["sh", "scripts/audit"], cwd=ROOT, env={**own, **nowhere}, capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stdout) == (3, "")
    said = answer.stderr.splitlines()
    assert [line.split(":")[0] for line in said] == ["no audit with pypi", "no audit with osv"]
    assert all("cannot be reached" in line for line in said)


@contextmanager
def source_that_says(content: bytes) -> Iterator[str]:
    class Source(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = HTTPServer(("127.0.0.1", 0), Source)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b'{"vulnerabilities": [{"id": "PYSEC-2014-8"}]}', ""),
        (b'{"vulnerabilities": []}', "knows no advisory"),
        (b'{"info": {}}', "knows no advisory"),
        (b"[]", "knows no advisory"),
        (b"<html>a mirror</html>", "not with advisories"),
    ],
)
def test_a_source_counts_only_when_it_knows_what_everybody_knows(content: bytes, fault: str) -> None:
    with source_that_says(content) as address:
        said = fault_of(address, None)
    assert fault in said
    assert bool(said) is bool(fault)


def test_ci_never_calls_a_lock_audited_that_was_not(tmp_path: Path) -> None:
    """The part of CI after the tests, with an audit that ends in each way."""
    part = (ROOT / ".ci" / "run").read_text(encoding="utf-8").partition("status=0\n")
    (tmp_path / "scripts").mkdir()
    said = {}
    for status in (0, 1, 2, 3):
        (tmp_path / "scripts" / "audit").write_text(f"exit {status}", encoding="ascii")
        command = ["bash", "-euo", "pipefail", "-c", part[1] + part[2]]
        answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        said[status] = answer.stderr.split(":")[0]
    assert said == {0: "AUDITED", 1: "AUDIT NOT PASSED", 2: "AUDIT NOT PASSED", 3: "NOT AUDITED"}
