"""The understanding of the product: its trained model, without a conversation around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER

from bot.engine.processor import TurnProcessor
from bot.settings import ROOT
from bot.training import train

TRAINING_DATA = ROOT / "nlu_data" / "nlu"


class Understanding:
    """Reads a text with the model of the present sources; it is trained when it is missing."""

    def __init__(self, models_dir: Path = ROOT / "models") -> None:
        _, metadata, self._runner = TurnProcessor._load_model(train(models_dir))
        self._target = metadata.nlu_target

    def parse(self, text: str) -> dict[str, Any]:
        """The parse data of a text: ``intent``, ``intent_ranking``, ``reading``, ``weighed``, ``danger``."""
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: None}
        message = self._runner.run(inputs=inputs, targets=[self._target])[self._target][0]
        return message.as_dict(only_output_properties=True)
