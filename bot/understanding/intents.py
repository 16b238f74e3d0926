"""What a message wants: the intent classifier, a linear reader as a Rasa graph component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.encoder import SentenceEncoder, sentence_vector
from bot.understanding.linear import LinearReader, Weights
from bot.understanding.readings import reading_of
from bot.understanding.signs import signs_of
from bot.understanding.wordless import wordless_intent

_FILE = "intents"
_RANKING = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentReader(IntentClassifier, GraphComponent):
    """Sets ``intent`` and ``intent_ranking``."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, reader: LinearReader | None = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._reader = reader

    @classmethod
    def required_components(cls) -> list[type]:
        """The sentence vectors must be there."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Tuned by cross-validation on the training data; see ``linear.Weights``."""
        return {"vector": 2.0, "pieces": 1.0, "signs": 1.0, "strength": 5.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentReader:
        """A new, untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example with an intent."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT) and one.get(INTENT)]
        texts = [one.get(TEXT) for one in examples]
        self._reader = LinearReader.train(
            texts,
            [sentence_vector(one) for one in examples],
            [signs_of(text, reading_of(text)) for text in texts],
            [one.get(INTENT) for one in examples],
            Weights(**{name: float(self._config[name]) for name in ("vector", "pieces", "signs", "strength")}),
        )
        with self._storage.write_to(self._resource) as folder:
            self._reader.save(Path(folder), _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentReader:
        """The trained classifier of a model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearReader.load(Path(folder), _FILE))

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify the messages; one without words means what its signs mean."""
        for message in messages:
            chances = self._chances(message)
            ranking = [{"name": name, "confidence": chance} for name, chance in list(chances.items())[:_RANKING]]
            message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _chances(self, message: Message) -> dict[str, float]:
        text = message.get(TEXT) or ""
        wordless = wordless_intent(text)
        if wordless is not None:
            return {wordless: 1.0}
        if self._reader is None:
            return {}
        return self._reader.probabilities(text, sentence_vector(message), signs_of(text, reading_of(text)))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data need no predictions."""
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ``ValueError`` on a weight that is not a positive number."""
        for name in ("vector", "pieces", "signs", "strength"):
            if float(config[name]) < 0:
                raise ValueError(f"{name} must not be negative")
