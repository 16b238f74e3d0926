"""After the conversations: what a human reader hears in them and the product does not, as a list to work through."""

from __future__ import annotations

import pytest

KNOWN_GAP = "not heard"
"""The property of a test that holds one value of ``niet_gehoord``, or one ``tekort``."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a gap; nothing when there are none."""
    gaps = [
        f"{report.nodeid.rpartition('[')[2].rstrip(']')}: {value}"
        for report in terminalreporter.getreports("passed")
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == KNOWN_GAP
    ]
    if gaps:
        terminalreporter.section(f"{len(gaps)} known gaps: what a human reader would hear or do better")
        terminalreporter.write_line("\n".join(gaps))
