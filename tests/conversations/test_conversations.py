"""Every conversation in this folder, played through the real assistant."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.root import House
from tests.conversations.conftest import KNOWN_GAP
from tests.conversations.runner import HERE, Written, every_file, play
from tests.house import SetClock

SCENARIOS = HERE / "scenarios"


@pytest.mark.parametrize("path", every_file(), ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_conversation_goes_as_written(
    path: Path, house: House, clock: SetClock, request: pytest.FixtureRequest
) -> None:
    talk = await play(path, house, clock)
    known = [*talk.gaps(), *talk.written.shortcomings]
    request.node.user_properties += [(KNOWN_GAP, gap) for gap in known]


def test_every_kind_of_conversation_is_there() -> None:
    kinds = {path.parent.name for path in every_file()}
    assert {"happy_path", "corrections", "digressions", "refusals", "cancellations"} <= kinds
    assert {"invalid_input", "crisis", "human", "repeat"} <= kinds
    assert len(every_file()) >= 15


def test_every_scenario_of_the_requirements_is_there_once_they_are_written() -> None:
    told = [Written.read(path).scenario for path in every_file()]
    missing = {f"S{number}" for number in range(1, 31)} - set(told)
    assert not missing or not SCENARIOS.is_dir(), sorted(missing)
