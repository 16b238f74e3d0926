"""What a message wants: the intent classifier, a linear reader as a Rasa graph component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.component import TrainedComponent
from bot.understanding.features import MessageViews, views_of
from bot.understanding.labels import teaches_all
from bot.understanding.linear import Fit, LinearReader
from bot.understanding.views import stack
from bot.understanding.wordless import wordless_intent

_FILE = "intents"
_RANKING = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentReader(TrainedComponent, IntentClassifier):
    """Sets ``intent`` and ``intent_ranking``."""

    _reader: LinearReader | None = None

    @classmethod
    def required_components(cls) -> list[type]:
        """The views must be there."""
        return [MessageViews]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See ``linear.Fit``. Set on xSID, by cross-validation: with few examples a label the words add nothing."""
        return {"strength": 3.0, "words": 0.0, "common": 0.0}

    def learn(self, training_data: TrainingData) -> None:
        """Fit on every example with an intent."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT) and teaches_all(one)]
        features = stack([views_of(one)[0] for one in examples])
        fit = Fit(*(float(self._config[name]) for name in ("strength", "words", "common")))
        self._reader = LinearReader.train_one_of(features, [one.get(INTENT) for one in examples], fit)

    def write(self, folder: Path) -> None:
        """Keep the reader."""
        assert self._reader is not None
        self._reader.save(folder, _FILE)

    def read(self, folder: Path) -> None:
        """Back from ``write``."""
        self._reader = LinearReader.load(folder, _FILE)

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify the messages; one without words means what its signs mean."""
        for message in messages:
            chances = self._chances(message)
            ranking = [{"name": name, "confidence": chance} for name, chance in list(chances.items())[:_RANKING]]
            message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _chances(self, message: Message) -> dict[str, float]:
        wordless = wordless_intent(message.get(TEXT) or "")
        if wordless is not None:
            return {wordless: 1.0}
        return {} if self._reader is None else self._reader.chances(views_of(message)[0])
