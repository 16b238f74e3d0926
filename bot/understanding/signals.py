"""The signals of a message as a Rasa graph component: its Reading, who is speaking, and what was weighed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.reading import Evidence, Role
from bot.understanding.component import TrainedComponent
from bot.understanding.features import MessageViews, views_of
from bot.understanding.labels import SIGNALS, role_of, signals_of, teaches_all
from bot.understanding.linear import Fit, LinearReader
from bot.understanding.readings import reading_of
from bot.understanding.text import evidence
from bot.understanding.vetting import vet
from bot.understanding.views import View, stack
from bot.understanding.weighing import likeliest_role, weigh

READING, WEIGHED = "reading", "weighed"
_WITH_CARE = (Role.CARER.value, Role.CARED_FOR.value, Role.FORMER_CARER.value, Role.UNKNOWN.value)
_CLAUSE = 0.9
"""What a clause's chance counts for beside the whole: it lacks what stands around it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SignalsReader(TrainedComponent, EntityExtractorMixin):
    """Sets ``reading`` and ``weighed`` in the parse data. Extracts no Rasa entities."""

    _roles: LinearReader | None = None
    _signals: LinearReader | None = None

    @classmethod
    def required_components(cls) -> list[type]:
        """The views must be there."""
        return [MessageViews]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See ``linear.Fit``; set on sentences of other writers (``tests/understanding/rehearsal.jsonl``)."""
        return {"roles_strength": 0.3, "roles_words": 0.8, "signals_strength": 0.3, "signals_words": 0.3}

    def learn(self, training_data: TrainingData) -> None:
        """Learn who is speaking and the signals from what editors wrote beside the examples."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT) and teaches_all(one)]
        features = stack([views_of(one)[0] for one in examples])
        roles = [role_of(one) for one in examples]
        self._roles = LinearReader.train_one_of(features, roles, self._fit("roles"))
        told = [signals_of(one) for one in examples]
        self._signals = LinearReader.train_any_of(features, told, SIGNALS, self._fit("signals"))

    def _fit(self, name: str) -> Fit:
        return Fit(float(self._config[f"{name}_strength"]), float(self._config[f"{name}_words"]))

    def write(self, folder: Path) -> None:
        """Keep both readers."""
        assert self._roles is not None
        assert self._signals is not None
        self._roles.save(folder, "roles")
        self._signals.save(folder, "signals")

    def read(self, folder: Path) -> None:
        """Back from ``write``."""
        self._roles, self._signals = LinearReader.load(folder, "roles"), LinearReader.load(folder, "signals")

    def process(self, messages: list[Message]) -> list[Message]:
        """Read the messages of a talk."""
        for message in messages:
            text = message.get(TEXT) or ""
            reading = reading_of(text)
            if self._roles is not None and self._signals is not None and text.strip():
                views = views_of(message)
                roles = self._roles.chances(views[0])
                heard = Heard(text, views, self._signals)
                speaks = sum(roles.get(role, 0.0) for role in _WITH_CARE)
                reading, weighed = weigh(reading, heard.chances, heard.locate, speaks)
                reading = vet(text, reading)
                chances = {role: round(chance, 4) for role, chance in roles.items()}
                reading = replace(reading, role=likeliest_role(chances, reading), role_probabilities=chances)
                message.set(WEIGHED, [one.as_dict() for one in weighed], add_to_output=True)
            message.set(READING, reading.as_dict(), add_to_output=True)
        return messages


class Heard:
    """What a reader hears in the views of a message: a label counts where it is loudest."""

    def __init__(self, text: str, views: tuple[View, ...], reader: LinearReader) -> None:
        self._text = text
        self._reader = reader
        self.chances: dict[str, float] = {}
        self._loudest: dict[str, View] = {}
        for number, view in enumerate(views):
            for label, chance in reader.chances(view).items():
                weighted = chance if number == 0 else chance * _CLAUSE
                if weighted > self.chances.get(label, -1.0):
                    self.chances[label], self._loudest[label] = weighted, view

    def locate(self, label: str) -> Evidence:
        """The words that speak most for a label."""
        start, end = self._reader.carrying_words(label, self._loudest[label])
        return evidence(self._text, start, end)
