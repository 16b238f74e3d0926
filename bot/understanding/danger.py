"""A trained ear for danger beside the fixed patterns of ``bot.safety``: it hears what no pattern was written for.

The patterns work without any model and come first; the ear adds a chance, from which the gate asks one gentle question.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.component import TrainedComponent
from bot.understanding.features import MessageViews, views_of
from bot.understanding.labels import DANGER, DANGERS, DOUBT, OTHER, dangers_of
from bot.understanding.linear import Fit, LinearReader
from bot.understanding.signals import Heard
from bot.understanding.views import stack

EAR = "danger"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class DangerReader(TrainedComponent, EntityExtractorMixin):
    """Sets ``danger`` in the parse data: ``chance``, the likeliest ``kind``, ``other``, ``doubt``, and the words."""

    _ear: LinearReader | None = None

    @classmethod
    def required_components(cls) -> list[type]:
        """The views must be there."""
        return [MessageViews]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See ``linear.Fit``."""
        return {"strength": 1.0, "words": 0.6}

    def learn(self, training_data: TrainingData) -> None:
        """Learn from the examples with ``danger`` beside them; every other example is a contrast."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        features = stack([views_of(one)[0] for one in examples])
        told = [dangers_of(one) for one in examples]
        fit = Fit(float(self._config["strength"]), float(self._config["words"]))
        self._ear = LinearReader.train_any_of(features, told, DANGERS, fit)

    def write(self, folder: Path) -> None:
        """Keep the ear."""
        assert self._ear is not None
        self._ear.save(folder, EAR)

    def read(self, folder: Path) -> None:
        """Back from ``write``."""
        self._ear = LinearReader.load(folder, EAR)

    def process(self, messages: list[Message]) -> list[Message]:
        """Listen to the messages of a talk."""
        for message in messages:
            text = message.get(TEXT) or ""
            if self._ear is not None and text.strip():
                heard = Heard(text, views_of(message), self._ear)
                kind = max(set(heard.chances) - {DANGER, OTHER, DOUBT}, key=heard.chances.__getitem__)
                words = heard.locate(kind)
                told = {
                    "chance": round(heard.chances[DANGER], 4),
                    "kind": kind,
                    "other": heard.chances[OTHER] > _HALF,
                    "doubt": heard.chances[DOUBT] > _DOUBTED,
                }
                message.set(EAR, {**told, "words": words.words, "start": words.start, "end": words.end}, True)
        return messages


_HALF, _DOUBTED = 0.5, 0.3
