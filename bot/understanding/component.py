"""What the trained components share: where their numbers are kept, and how Rasa makes and loads them."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.training_data import TrainingData

Own = TypeVar("Own", bound="TrainedComponent")


class TrainedComponent(GraphComponent):
    """A graph component that writes what it learned into a folder, and reads it back."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls: type[Own],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Own:
        """A new, untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[Own],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Own:
        """The trained component of a model."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.read(Path(folder))
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn, and keep what was learned."""
        self.learn(training_data)
        with self._storage.write_to(self._resource) as folder:
            self.write(Path(folder))
        return self._resource

    @abstractmethod
    def learn(self, training_data: TrainingData) -> None:
        """Fit on the training data."""

    @abstractmethod
    def write(self, folder: Path) -> None:
        """Keep what was learned."""

    @abstractmethod
    def read(self, folder: Path) -> None:
        """Back from ``write``."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data pass unchanged."""
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ``ValueError`` on a negative number."""
        for name in cls.get_default_config():
            if float(config[name]) < 0:
                raise ValueError(f"{name} must not be negative")
