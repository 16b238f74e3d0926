"""Every conversation in this folder, played through the real assistant."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.root import House
from tests.conversations.runner import every_file, play
from tests.house import MONDAY_MORNING, SetClock


@pytest.mark.parametrize("path", every_file(), ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_conversation_goes_as_written(path: Path, house: House, clock: SetClock) -> None:
    clock.moment = MONDAY_MORNING
    await play(path, house, clock)


def test_every_kind_of_conversation_is_there() -> None:
    kinds = {path.parent.name for path in every_file()}
    assert {"happy_path", "corrections", "digressions", "refusals", "cancellations"} <= kinds
    assert {"invalid_input", "crisis", "human", "repeat"} <= kinds
    assert len(every_file()) >= 15
