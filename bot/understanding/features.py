"""The first component of the pipeline: gives every message its views (see ``views``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.component import TrainedComponent
from bot.understanding.encoder import shared_encoder
from bot.understanding.pieces import Pieces
from bot.understanding.text import fold
from bot.understanding.views import View, Viewer

VIEWS = "views"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MessageViews(TrainedComponent):
    """Sets ``views`` on every message: the whole, and the clauses of a long one. A training example is seen whole."""

    _viewer: Viewer | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``signs``: what a sign weighs beside the sentence vector and the pieces, which have length one."""
        return {"signs": 0.5}

    def learn(self, training_data: TrainingData) -> None:
        """Learn which pieces there are."""
        pieces = Pieces.fit(fold(one.get(TEXT)) for one in training_data.training_examples if one.get(TEXT))
        self._viewer = self._with(pieces)

    def write(self, folder: Path) -> None:
        """Keep the pieces."""
        assert self._viewer is not None
        self._viewer.pieces.save(folder)

    def read(self, folder: Path) -> None:
        """Back from ``write``."""
        self._viewer = self._with(Pieces.load(folder))

    def _with(self, pieces: Pieces) -> Viewer:
        return Viewer(shared_encoder(), pieces, float(self._config["signs"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages of a talk."""
        assert self._viewer is not None
        for message in messages:
            message.set(VIEWS, self._viewer.views(message.get(TEXT) or ""))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The training examples; encoded together, which is faster."""
        assert self._viewer is not None
        spoken = [one for one in training_data.training_examples if one.get(TEXT)]
        for message, view in zip(spoken, self._viewer.whole([one.get(TEXT) for one in spoken]), strict=True):
            message.set(VIEWS, (view,))
        return training_data


def views_of(message: Message) -> tuple[View, ...]:
    """The views of a message that went through ``MessageViews``: the whole first."""
    views: tuple[View, ...] = message.get(VIEWS)
    return views
