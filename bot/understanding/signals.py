"""The signals of a message as a Rasa graph component: its Reading, and who is speaking."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.reading import Role
from bot.understanding.encoder import SentenceEncoder, sentence_vector
from bot.understanding.linear import LinearReader, Weights
from bot.understanding.readings import reading_of
from bot.understanding.signs import signs_of

READING = "reading"
_FILE = "roles"
_WEIGHTS = ("vector", "pieces", "signs", "strength")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SignalsReader(GraphComponent, EntityExtractorMixin):
    """Sets ``reading`` in the parse data (``tracker.latest_message["reading"]``). Extracts no Rasa entities."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, roles: LinearReader | None = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._roles = roles

    @classmethod
    def required_components(cls) -> list[type]:
        """The sentence vectors must be there."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Tuned by cross-validation on the training data; see ``linear.Weights``."""
        return {"vector": 2.0, "pieces": 1.0, "signs": 1.0, "strength": 4.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SignalsReader:
        """A new component with untrained roles."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the roles from the ``role`` in the examples' metadata; an example without one tells no role."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        texts = [one.get(TEXT) for one in examples]
        self._roles = LinearReader.train(
            texts,
            [sentence_vector(one) for one in examples],
            [signs_of(text, reading_of(text)) for text in texts],
            [role_of_example(one) for one in examples],
            Weights(**{name: float(self._config[name]) for name in _WEIGHTS}),
        )
        with self._storage.write_to(self._resource) as folder:
            self._roles.save(Path(folder), _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SignalsReader:
        """The trained component of a model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearReader.load(Path(folder), _FILE))

    def process(self, messages: list[Message]) -> list[Message]:
        """Read the messages of a talk."""
        for message in messages:
            text = message.get(TEXT) or ""
            reading = reading_of(text)
            if self._roles is not None and text.strip():
                chances = self._roles.probabilities(text, sentence_vector(message), signs_of(text, reading))
                role = next(iter(chances), Role.UNKNOWN.value)
                reading = replace(reading, role=role, role_probabilities={k: round(v, 4) for k, v in chances.items()})
            message.set(READING, reading.as_dict(), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data need no reading."""
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ``ValueError`` on a negative weight."""
        for name in _WEIGHTS:
            if float(config[name]) < 0:
                raise ValueError(f"{name} must not be negative")


def role_of_example(message: Message) -> str:
    """The role an editor gave to a training example, or to its whole block; "unknown" when none.

    Raises ``ValueError`` on a role that does not exist, so that a slip of the pen stops the training.
    """
    metadata = message.get("metadata") or {}
    for part in ("example", "intent"):
        given = metadata.get(part) or {}
        if isinstance(given, dict) and given.get("role"):
            return Role(given["role"]).value
    return Role.UNKNOWN.value
