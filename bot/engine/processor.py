"""How one turn runs: Rasa's processor with our actions in-process and an output that keeps each reply whole."""

from __future__ import annotations

import copy
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.graph_runner import SerialGraphRunner
from bot.engine.in_process_actions import InProcessAction
from bot.engine.model_storage import ServingModelStorage

_REMEMBERED = 32


class TurnProcessor(MessageProcessor):
    """Rasa's message processor; custom actions are checked by a validator that is built once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parsed: OrderedDict[str, dict[str, Any]] = OrderedDict()

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        with tempfile.TemporaryDirectory() as folder:
            metadata, runner = load_predict_graph_runner(
                Path(folder), Path(model_path), ServingModelStorage, SerialGraphRunner
            )
        return Path(model_path).name, metadata, runner

    def _parse_message_with_graph(
        self, message: UserMessage, tracker: DialogueStateTracker, only_output_properties: bool = True
    ) -> dict[str, Any]:
        """The same text is read once: the gate listens to it before the turn begins. Our components know no tracker."""
        text = message.text or ""
        if text not in self._parsed:
            self._parsed[text] = super()._parse_message_with_graph(message, tracker, only_output_properties)
            while len(self._parsed) > _REMEMBERED:
                self._parsed.popitem(last=False)
        return copy.deepcopy(self._parsed[text])

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Rasa fills no slot of ours: both are set by the actions, from what the understanding read."""
        return tracker

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        """Rasa's next action; one of ours as it runs in this process."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if type(action) is RemoteAction:
            action = InProcessAction(action.name(), self.action_endpoint)
        return action, prediction

    async def _run_action(self, action: Action, tracker: DialogueStateTracker, *args: Any, **kwargs: Any) -> bool:
        """Run it, and end the turn unless it named a next step: the store begins every turn listening anyway."""
        another = await super()._run_action(action, tracker, *args, **kwargs)
        return bool(another and tracker.followup_action not in (None, ACTION_LISTEN_NAME))


class ReplyCollector(OutputChannel):
    """Keeps each uttered message as one mapping: Rasa's own collector cuts texts at blank lines."""

    def __init__(self) -> None:
        self.replies: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name as the tracker notes it."""
        return "reception"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collect ``text``, ``buttons``, ``custom`` (a card) and ``utter_action`` (the name of the sentence)."""
        self.replies.append(message)
