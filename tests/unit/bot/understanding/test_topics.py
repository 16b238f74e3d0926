"""What the reader of topics makes of a message besides its topic."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.signals import READING
from bot.understanding.topics import _is_told


def message(text: str, intent: str = "ask", **reading: object) -> Message:
    return Message({TEXT: text, INTENT: {"name": intent, "confidence": 0.7}, READING: reading})


TOLD = {"loved_ones": [{"relation": "parent"}]}


@pytest.mark.parametrize(
    ("text", "intent", "reading", "chance", "told"),
    [
        ("ze vonden het met mijn vader niet erg genoeg", "ask", TOLD, 0.6, True),
        ("ze vonden het met mijn vader niet erg genoeg, en nu?", "ask", TOLD, 0.6, False),
        ("ik wil iets weten over een pgb voor mijn vader", "ask", TOLD, 0.6, False),
        ("info pgb vader", "ask", TOLD, 0.95, False),
        ("het is wat", "ask", {}, 0.6, False),
        ("ze vonden het met mijn vader niet erg genoeg", "frustrated", TOLD, 0.6, False),
    ],
)
def test_a_story_that_asks_nothing_is_told(
    text: str, intent: str, reading: dict[str, object], chance: float, told: bool
) -> None:
    assert _is_told(message(text, intent, **reading), [{"topic": "refused", "chance": chance}]) is told
