"""Steps that pass a message on never pass it round in a circle: a call for a human always arrives."""

from __future__ import annotations

from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import SKILLS
from actions.turn import Turn
from bot.reading import Evidence, LovedOne, Reading
from knowledge.places.regions import Regions

REGIONS = Regions.load()
CALLS = Evidence("bel me", 0, 6)
LOVED = LovedOne("parent", "uw moeder", Evidence("ma", 0, 2))


@pytest.mark.parametrize("confidence", [0.1, 0.9])
@pytest.mark.parametrize("intent", ["tell", "ask", "ask_human", "stop", "skip"])
@pytest.mark.parametrize("pending", [None, "place", "wish", "name"])
@pytest.mark.parametrize("reading", [Reading(asks_human=CALLS), Reading(loved_ones=(LOVED,)), Reading()])
@pytest.mark.parametrize("text", ["bel me, Ede", "Ede"])
def test_a_message_settles_with_one_step(
    confidence: float, intent: str, pending: str | None, reading: Reading, text: str
) -> None:
    services: Any = SimpleNamespace(
        regions=REGIONS,
        now=lambda: datetime(2026, 11, 23, 9, tzinfo=timezone.utc),
        third_party=lambda conversation_id: False,
    )
    skills = {skill.skill: skill(services) for skill in SKILLS}
    message: dict[str, Any] = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "reading": reading.as_dict(),
    }
    phase = "contact" if pending == "name" else "listening"
    slots = {"thread": {"pending": pending, "phase": phase}}
    tracker = Tracker.from_dict({"sender_id": "c", "slots": slots, "latest_message": message})
    for start in skills:
        name, seen = start, [start]
        while other := skills[name].another(Turn(tracker, CollectingDispatcher(), services)):
            assert other not in seen, f"{' -> '.join([*seen, other])}"
            seen.append(other)
            name = other
