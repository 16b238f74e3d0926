"""No library of ours reports to its makers: whole turns, and nobody tries to reach anything but this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from bot.settings import ROOT
from tests.hardening import listening


def test_whole_turns_reach_for_nothing_outside():
    environment = {name: value for name, value in os.environ.items() if "TELEMETRY" not in name}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.hardening.listening"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert told["attempts"] == []
    assert told["messages"] > len(listening.TURNS)


@pytest.mark.parametrize(("event", "arguments"), [("socket.connect", (None, ("203.0.113.9", 443))),
                                                   ("socket.getaddrinfo", ("telemetry.example", 443))])  # fmt: skip
def test_the_listener_hears_an_attempt(monkeypatch, event, arguments):
    monkeypatch.setattr(listening, "ATTEMPTS", [])
    with pytest.raises(OSError, match="no network"):
        listening._listen(event, arguments)
    assert len(listening.ATTEMPTS) == 1
