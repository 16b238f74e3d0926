"""What a message asks, or throws at us: its topic, so that the right answer is found at any moment of the talk.

Editors give a block of examples its topic. Whether a message asks at all is for the intents to say; among some hundred
topics the likeliest three are told, so that what is unsure can be asked. A question for which no topic is likely is
kept for the editors, in words that everybody uses: names, places and figures never stand in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.component import TrainedComponent
from bot.understanding.everyday import asks, everyday_words, question_in
from bot.understanding.features import MessageViews, views_of
from bot.understanding.labels import teaches_all, topic_of
from bot.understanding.linear import Fit, LinearReader
from bot.understanding.signals import READING, Heard
from bot.understanding.views import stack

TOPICS, ASKS, QUESTION = "topics", "asks", "question"
_LEAST, _MOST = 0.05, 3
_SURELY = 0.9
_TELLS = ("loved_ones", "conditions", "tasks", "load_cues")
_FILE, _WORDS = "topics", "everyday_words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class TopicsReader(TrainedComponent, EntityExtractorMixin):
    """Sets ``topics`` (at most three: ``topic``, ``chance``, ``words``), ``asks``, and ``question``, fit to be kept."""

    _reader: LinearReader | None = None
    _everyday: frozenset[str] = frozenset()

    @classmethod
    def required_components(cls) -> list[type]:
        """The views must be there."""
        return [MessageViews]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See ``linear.Fit``."""
        return {"strength": 0.3, "words": 0.2, "common": 0.0}

    def learn(self, training_data: TrainingData) -> None:
        """Learn the topics, and which words are everybody's."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT) and teaches_all(one)]
        asking = [(one, topic) for one in examples if (topic := topic_of(one)) is not None]
        features = stack([views_of(one)[0] for one, _ in asking])
        fit = Fit(*(float(self._config[name]) for name in ("strength", "words", "common")))
        self._reader = LinearReader.train_one_of(features, [topic for _, topic in asking], fit)
        self._everyday = everyday_words(one.get(TEXT) for one in examples)

    def write(self, folder: Path) -> None:
        """Keep the reader and the words."""
        assert self._reader is not None
        self._reader.save(folder, _FILE)
        words = json.dumps(sorted(self._everyday), ensure_ascii=False)
        (folder / _WORDS).write_text(words, encoding="utf-8")

    def read(self, folder: Path) -> None:
        """Back from ``write``."""
        self._reader = LinearReader.load(folder, _FILE)
        self._everyday = frozenset(json.loads((folder / _WORDS).read_text(encoding="utf-8")))

    def process(self, messages: list[Message]) -> list[Message]:
        """Name the topics of the messages of a talk; the likeliest first."""
        for message in messages:
            text = message.get(TEXT) or ""
            if self._reader is None or not text.strip():
                continue
            heard = Heard(text, views_of(message), self._reader)
            chances = heard.chances
            likeliest = sorted(chances, key=lambda topic: -chances[topic])[:_MOST]
            topics = [
                {"topic": topic, "chance": round(chances[topic], 4), "words": heard.locate(topic).words}
                for topic in likeliest
                if chances[topic] >= _LEAST
            ]
            message.set(TOPICS, topics, add_to_output=True)
            message.set(ASKS, asks(text), add_to_output=True)
            if _is_told(message, topics):
                certainty = (message.get(INTENT) or {}).get("confidence", 0.0)
                message.set(INTENT, {"name": "tell", "confidence": certainty}, add_to_output=True)
            message.set(QUESTION, question_in(text, self._everyday), add_to_output=True)
        return messages


def _is_told(message: Message, topics: list[dict[str, Any]]) -> bool:
    """A story that sounds like a question and asks nothing, by the form of its words, is told."""
    if (message.get(INTENT) or {}).get("name") != "ask" or asks(message.get(TEXT) or ""):
        return False
    sure = bool(topics) and topics[0]["chance"] >= _SURELY
    reading = message.get(READING) or {}
    return not sure and any(reading.get(name) for name in _TELLS)
