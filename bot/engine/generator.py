"""Rasa's seam for wording: responses come from ``bot.wording``, with checked facts and without chance."""

from __future__ import annotations

import json
from typing import Any

from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.wording import Wording
from knowledge.facts import Facts

_CALL_KEYS = {"text", "buttons", "elements", "custom", "template", "image", "attachment", "choices"}


class WordingGenerator(NaturalLanguageGenerator):
    """Fills a response by name; every other key of the action's message is a value for the sentence.

    Plain Rasa tools construct it through ``endpoints.yml`` with Rasa's own arguments; the assistant passes ``wording``.
    """

    def __init__(
        self,
        endpoint_config: EndpointConfig | None = None,
        domain: Domain | None = None,
        wording: Wording | None = None,
    ) -> None:
        self._wording = wording or Wording.load(Facts.load().values())

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response as Rasa expects it: ``text`` and, if it has any, ``buttons``."""
        values = {key: value for key, value in kwargs.items() if key not in _CALL_KEYS}
        wording = self._wording.in_je() if values.pop("informal", False) else self._wording
        said = wording.say(utter_action, int(values.pop("variant", 0)), **values)
        choices = [choice_button(title, choice) for title, choice in kwargs.get("choices") or ()]
        return {"text": said.text, "buttons": choices + [dict(button) for button in said.buttons]}


def choice_button(title: str, choice: str) -> dict[str, str]:
    """A button for one of our own choices, such as ``place_which:Laren``."""
    return {"title": title, "payload": "/choose" + json.dumps({"choice": choice}, ensure_ascii=False)}
