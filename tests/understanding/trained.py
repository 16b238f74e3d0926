"""The understanding, trained on the real training data: the same components in their order, without a Rasa graph."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.encoder import SentenceEncoder
from bot.understanding.intents import IntentReader
from bot.understanding.signals import SignalsReader

TRAINING_DATA = Path(__file__).parents[2] / "nlu_data" / "nlu"


@dataclass
class Understanding:
    """Reads a text with components that were trained, stored and loaded again."""

    components: list[Any]

    @classmethod
    def train(cls, folder: Path) -> Understanding:
        """Train on ``nlu_data/nlu`` and load what was stored in ``folder``."""
        data: TrainingData = load_data(str(TRAINING_DATA))
        storage = LocalModelStorage(folder)
        context = ExecutionContext(GraphSchema({}), node_name="understanding")
        encoder = SentenceEncoder.create({}, storage, Resource("encoder"), context)
        encoder.process_training_data(data)
        components: list[Any] = [encoder]
        for kind, name in ((IntentReader, "intents"), (SignalsReader, "signals")):
            config, resource = kind.get_default_config(), Resource(name)
            kind.create(config, storage, resource, context).train(data)
            components.append(kind.load(config, storage, resource, context))
        return cls(components)

    def parse(self, text: str) -> dict[str, Any]:
        """The parse data of a text: ``intent``, ``intent_ranking``, ``reading``."""
        message = Message({TEXT: text})
        for component in self.components:
            component.process([message])
        return message.as_dict(only_output_properties=True)
